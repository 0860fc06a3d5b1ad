import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { bankruptcyDates, DISCHARGE, hasHappened } from './bankruptcy-dates.js';

/**
 * A debt that is paid, settled or discharged in bankruptcy is not placed, and is recalled at once from an agency that
 * has it. A discharge holds until a person lifts the stop, because which debts survive one is not judged here.
 */
export const usRegf08: Rule<{ releaseBusinessDays: number }> = {
  id: 'US-REGF-08',
  title: 'No placement of a debt that is paid, settled or discharged',
  jurisdictions: { countries: ['US'] },
  acts: ['place'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '12 CFR 1006.30(b)',
  confirmed: 'no',
  note: 'The register asks for a recall at once; that this is within one business day is chosen here. An exception for secured debts is not used.',
  parameters: { releaseBusinessDays: 1 },
  judge: (debt, _act, date, { releaseBusinessDays }) =>
    endings(debt, date).map((ending) => ({
      outcome: 'close',
      ...ending,
      release: { withinBusinessDays: releaseBusinessDays },
    })),
  turningDates: (debt) => bankruptcyDates(debt, [DISCHARGE]),
};

function endings(debt: DebtSnapshot, date: IsoDate): readonly Pick<Objection, 'reason' | 'earliestOn'>[] {
  const { ledger } = debt;
  const discharges = stopsInForce(debt, date, 'insolvency').filter((stop) => hasHappened(stop, DISCHARGE, date));
  return [
    ...(isPaid(ledger) || ledger.settled ? [{ reason: endingInWords(ledger), earliestOn: null }] : []),
    ...discharges.map((stop) => ({
      reason: 'A bankruptcy court has discharged this debt. It may not be with a collection agency.',
      earliestOn: dayAfterEnd(stop),
    })),
  ];
}
