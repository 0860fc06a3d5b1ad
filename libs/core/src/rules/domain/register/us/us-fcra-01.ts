import type { DebtSnapshot, IsoDate, LedgerSnapshot } from '@concord/plugin-sdk';
import type { Objection, Rule } from '../../rule.js';

/** A furnisher may not report what it knows, or has reasonable cause to believe, to be inaccurate. */
export const usFcra01: Rule<{ currency: string }> = {
  id: 'US-FCRA-01',
  title: 'Nothing known to be inaccurate',
  jurisdictions: { countries: ['US'] },
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: '15 USC 1681s-2(a)(1)',
  confirmed: 'yes',
  note: 'The signs of inaccuracy looked for are chosen here; the Act names none.',
  parameters: { currency: 'USD' },
  judge: (debt, _act, date, { currency }) => [
    ...moneyFaults(debt, currency).map((reason): Objection => ({ outcome: 'block', reason, earliestOn: null })),
    ...dateFaults(debt, date),
  ],
  turningDates: (debt) => datedFacts(debt).map(({ on }) => on),
};

function moneyFaults(debt: DebtSnapshot, currency: string): readonly string[] {
  const { ledger } = debt;
  const faults: string[] = [];
  if (debt.jurisdiction.currency !== currency) {
    faults.push(`The debt is kept in ${debt.jurisdiction.currency}, but must be reported in ${currency}.`);
  }
  const never = [
    ledger.assessedMinor,
    ledger.interestMinor,
    ledger.feesMinor,
    ledger.paidMinor,
    ledger.writtenOffMinor,
  ];
  if (never.some((sum) => sum < 0)) faults.push('The account has a sum below zero that can only be zero or more.');
  if (!isWhole(ledger)) faults.push('The account has a sum that is not a whole number of cents.');
  else if (ledgerSum(ledger) !== ledger.balanceMinor) {
    faults.push('The balance of the account differs from the sum of its entries.');
  }
  return faults;
}

function isWhole(ledger: LedgerSnapshot): boolean {
  return [
    ledger.assessedMinor,
    ledger.interestMinor,
    ledger.feesMinor,
    ledger.paidMinor,
    ledger.adjustedMinor,
    ledger.writtenOffMinor,
    ledger.balanceMinor,
  ].every(Number.isSafeInteger);
}

function ledgerSum(ledger: LedgerSnapshot): number {
  const owed = ledger.assessedMinor + ledger.interestMinor + ledger.feesMinor;
  return owed - ledger.paidMinor - ledger.adjustedMinor - ledger.writtenOffMinor;
}

function dateFaults(debt: DebtSnapshot, date: IsoDate): readonly Objection[] {
  const future = datedFacts(debt)
    .filter(({ on }) => on > date)
    .map(({ what, on }): Objection => ({
      outcome: 'block',
      reason: `${what} is in the future: ${on}.`,
      earliestOn: on,
    }));
  const { incurredOn, delinquentOn } = debt.debt;
  if (incurredOn === null || delinquentOn === null || delinquentOn >= incurredOn) return future;
  return [...future, { outcome: 'block', reason: 'The debt is dated as overdue before it arose.', earliestOn: null }];
}

function datedFacts(debt: DebtSnapshot): readonly { readonly what: string; readonly on: IsoDate }[] {
  const facts = [
    { what: 'The date on which the debt arose', on: debt.debt.incurredOn },
    { what: 'The date from which the debt is overdue', on: debt.debt.delinquentOn },
    { what: 'The date of the last payment', on: debt.ledger.lastPayment?.on ?? null },
  ];
  return facts.flatMap(({ what, on }) => (on === null ? [] : [{ what, on }]));
}
