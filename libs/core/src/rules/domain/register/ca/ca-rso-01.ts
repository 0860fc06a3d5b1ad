import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';
import { dayAfterEnd, stopsInForce } from '../../stops-in-force.js';
import { endingInWords, isPaid } from '../debt-ending.js';

/** Until an office has set the reference of its agreement. */
const NO_AGREEMENT = 'none';

/**
 * A debt is listed for refund set-off where it is owed to the Crown, under an agreement with the Canada Revenue Agency, and
 * the debtor is a person known by a social insurance number; otherwise it is blocked. It is cancelled (`close`) when it is
 * paid, settled or disputed; insolvency is CA-BIA-01's.
 *
 * Parameters that an office sets for its jurisdiction: `creditor` is `crown` where its debts are owed to the Crown in right
 * of Canada or of a province or territory; `agreement` is the reference of the agreement.
 */
export const caRso01: Rule<{ creditor: string; agreement: string; releaseBusinessDays: number }> = {
  id: 'CA-RSO-01',
  title: 'Refund set-off for Crown debts under an agreement only',
  jurisdictions: { countries: ['CA'] },
  acts: ['intercept'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'ITA 164(2), 237, 241(4)(d)(xiii); FAA 155(1)',
  confirmed: 'partly',
  note: 'The duty to cancel is not confirmed; that it is met within one business day is chosen here. The programme for individuals is meant: what a business owes is not listed. That data from the agency serves set-off alone is for the office to keep.',
  parameters: { creditor: 'unknown', agreement: NO_AGREEMENT, releaseBusinessDays: 1 },
  judge: (debt, _act, date, { creditor, agreement, releaseBusinessDays }) => [
    ...cancelled(debt, date, releaseBusinessDays),
    ...lacking(debt, creditor, agreement),
  ],
};

function cancelled(debt: DebtSnapshot, date: IsoDate, releaseBusinessDays: number): readonly Objection[] {
  const release = { withinBusinessDays: releaseBusinessDays };
  const { ledger } = debt;
  const over = isPaid(ledger) || ledger.settled;
  return [
    ...(over ? [{ outcome: 'close' as const, reason: endingInWords(ledger), earliestOn: null, release }] : []),
    ...stopsInForce(debt, date, 'dispute').map((stop) => ({
      outcome: 'close' as const,
      reason: 'You dispute this debt. Until that is settled, no refund of yours is taken for it.',
      earliestOn: dayAfterEnd(stop),
      release,
    })),
  ];
}

function lacking(debt: DebtSnapshot, creditor: string, agreement: string): readonly Objection[] {
  const blocked = (reason: string, missing: string): Objection => ({
    outcome: 'block',
    reason,
    earliestOn: null,
    missing,
  });
  const debtors = debt.parties.filter(({ role }) => role === 'debtor');
  const isListed = debtors.length > 0 && debtors.every(({ kind }) => kind === 'person');
  const hasNumber = debtors.every(({ identifiers }) => identifiers.sin !== undefined);
  return [
    ...(creditor === 'crown'
      ? []
      : [blocked('Only a debt to the Crown may be taken from a refund.', 'that the debt is owed to the Crown')]),
    ...(agreement !== NO_AGREEMENT
      ? []
      : [
          blocked(
            'The office has no agreement with the Canada Revenue Agency on record.',
            'the agreement with the Canada Revenue Agency',
          ),
        ]),
    ...(isListed
      ? []
      : [{ outcome: 'block' as const, reason: 'Only refunds of a person may be taken for a debt.', earliestOn: null }]),
    ...(hasNumber
      ? []
      : [
          blocked(
            'It is not certain whose refund would be taken for this debt.',
            "the debtor's social insurance number",
          ),
        ]),
  ];
}
