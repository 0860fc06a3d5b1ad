import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Objection } from '../../rule.js';

/** Why a fine is not unpaid yet: its time to pay has not passed, or is not on record. */
export function notOverdue(debt: DebtSnapshot, date: IsoDate): readonly Objection[] {
  const earliestOn = overdueFrom(debt);
  if (earliestOn !== null && earliestOn <= date) return [];
  if (earliestOn !== null) {
    return [{ outcome: 'block', reason: `This fine is not overdue before ${earliestOn}.`, earliestOn }];
  }
  const reason = 'It is not on record when this fine had to be paid.';
  return [{ outcome: 'block', reason, earliestOn, missing: 'the date by which the fine had to be paid' }];
}

/** First day on which a fine is overdue; null where nobody has said. */
export function overdueFrom({ debt }: DebtSnapshot): IsoDate | null {
  const { dueOn, delinquentOn } = debt;
  return dueOn === null || dueOn === undefined ? delinquentOn : addDays(dueOn, 1);
}
