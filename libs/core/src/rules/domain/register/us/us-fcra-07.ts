import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import type { Rule } from '../../rule.js';
import { PASS } from '../../rule.js';
import { anniversary } from './anniversary.js';

interface Age {
  readonly [name: string]: number;
  readonly years: number;
  readonly anchorDays: number;
  readonly leadDays: number;
}

/**
 * A collection account leaves the credit report when its time has run: seven years that begin 180 days after the first
 * delinquency. It is withdrawn 31 days before, because what goes with the monthly file after that day goes too late.
 * First overdue on 15 January 2019, it may be reported until 14 July 2026 and is withdrawn from 13 June.
 */
export const usFcra07: Rule<Age> = {
  id: 'US-FCRA-07',
  title: 'Nothing older than seven years',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '15 USC 1681c(a)(4),(c)(1)',
  confirmed: 'no',
  note: 'The lead before the last day is chosen here, as long as the longest month. A debt without a date of first delinquency is kept from reports by US-FCRA-04.',
  parameters: { years: 7, anchorDays: 180, leadDays: 31 },
  judge(debt, _act, date, age) {
    const endsOn = reportableUntil(debt, age);
    if (endsOn === null || date < addDays(endsOn, -age.leadDays)) return PASS;
    const reason = `This debt may not be on a credit report after ${endsOn}, so it is taken off.`;
    return [{ outcome: 'withdraw', reason, earliestOn: null }];
  },
  turningDates(debt, age) {
    const endsOn = reportableUntil(debt, age);
    return endsOn === null ? [] : [addDays(endsOn, -age.leadDays)];
  },
};

/** Last day on which the debt may be on a report; null where its first delinquency is not known. */
function reportableUntil({ debt }: DebtSnapshot, { years, anchorDays }: Age): IsoDate | null {
  return debt.delinquentOn === null ? null : anniversary(addDays(debt.delinquentOn, anchorDays), years);
}
