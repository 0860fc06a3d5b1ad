import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { endingInWords, isPaid } from '../debt-ending.js';
import { lastProvedOn, ordersStanding, proofDays } from '../proofs-about.js';
import { notOverdue, overdueFrom } from './overdue-fine.js';
import { CA_SUBJECTS } from './proof-subjects.js';

/**
 * While a fine is overdue, a driver's licence and a vehicle's registration are not renewed (the act `hold`). A licence is
 * suspended only after an arrangement was breached (`arrangement-breached`), and only where the request was approved after
 * that (`suspension-approved`). Both end (`close`) when the fine is paid or an arrangement is in force.
 */
export const caNl01: Rule<{ releaseBusinessDays: number }> = {
  id: 'CA-NL-01',
  title: 'Licences and renewals held for unpaid fines',
  jurisdictions: { ids: ['ca-nl'] },
  acts: ['hold', 'suspend'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'Government of NL, Fines Administration; seed 003',
  confirmed: 'yes',
  note: 'A fine is taken for unpaid once its time to pay has passed; one without that date is held to it as well. An approval counts from the day of the breach on. The register has no deadline for the release: one business day is chosen here.',
  parameters: { releaseBusinessDays: 1 },
  judge(debt, act, date, { releaseBusinessDays }) {
    const { family } = debt.debt;
    const released = releases(debt, date, releaseBusinessDays);
    if (family === 'fine') {
      return [...released, ...notOverdue(debt, date), ...(act === 'suspend' ? unapproved(debt, date) : [])];
    }
    const reason = 'A licence or a renewal is refused for unpaid fines only.';
    const kind = family === null || family === undefined ? { missing: 'that the debt is a fine' } : {};
    return [...released, { outcome: 'block', reason, earliestOn: null, ...kind }];
  },
  turningDates: (debt) => [...proofDays(debt), overdueFrom(debt) ?? []].flat(),
};

function releases(debt: DebtSnapshot, date: IsoDate, withinBusinessDays: number): readonly Objection[] {
  const release = { withinBusinessDays };
  const { ledger } = debt;
  const over = isPaid(ledger) || ledger.settled;
  return [
    ...(over ? [{ outcome: 'close' as const, reason: endingInWords(ledger), earliestOn: null, release }] : []),
    ...stopsInForce(debt, date, 'arrangement').map((stop) => ({
      outcome: 'close' as const,
      reason:
        'You keep a payment arrangement with the office. Your licence and your renewals are not held for this fine.',
      earliestOn: dayAfterEnd(stop),
      release,
    })),
  ];
}

function unapproved(debt: DebtSnapshot, date: IsoDate): readonly Objection[] {
  const breachedOn = lastProvedOn(debt, [CA_SUBJECTS.arrangementBreached], date);
  if (breachedOn === null) {
    return [
      {
        outcome: 'block',
        reason: 'A licence is suspended only after a payment arrangement for the fine was not kept.',
        earliestOn: null,
        missing: 'the breach of a payment arrangement',
      },
    ];
  }
  if (ordersStanding(debt, CA_SUBJECTS.suspensionApproved, date).some((on) => on >= breachedOn)) return [];
  return [
    {
      outcome: 'block',
      reason: 'The suspension of your licence has not been approved.',
      earliestOn: null,
      missing: 'the approval of the request to the Motor Registration Division',
    },
  ];
}
