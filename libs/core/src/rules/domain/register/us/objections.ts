import type { IsoDate } from '@concord/plugin-sdk';
import { decimalFromMoney } from '../../../../money/domain/format-money.js';
import type { Objection } from '../../rule.js';

/** What is known of when an objection falls away. */
interface FallsAway {
  readonly earliestOn?: IsoDate | null;
  readonly missing?: string;
}

/** Nothing may be opened or made more adverse. Where nothing is said, only a fact can remove it. */
export function block(reason: string, falls: FallsAway = {}): Objection {
  return { outcome: 'block', reason, earliestOn: null, ...falls };
}

/** An amount of minor units as people write it, in the currency of the United States. */
export function dollars(minor: number): string {
  return `$${decimalFromMoney(minor, 'USD')}`;
}
