import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { isFrozen } from '../interest/exact-interest.js';
import type { FrozenPeriod } from '../interest/terms.js';
import { standingAt } from './charges-to-post.js';
import type { ChargeableDebt } from './charges-to-post.js';

/**
 * Whether a charge that was posted for a day would not have been, had all that is known now been known then: its day is
 * frozen, or nothing was owed at the end of the day before. What it would have come to is not asked again.
 */
export function isWronglyCharged(debt: ChargeableDebt, on: IsoDate, frozen: readonly FrozenPeriod[]): boolean {
  return isFrozen(on, frozen) || standingAt(debt, addDays(on, -1)).balanceMinor <= 0;
}
