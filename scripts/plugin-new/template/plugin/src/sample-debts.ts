import type { DebtSnapshot, PartySnapshot } from '@concord/plugin-sdk';

/** Invented debts, for the samples. */

export const person: PartySnapshot = {
  id: 'party-1',
  number: '000000000101',
  role: 'debtor',
  kind: 'person',
  surname: 'Okonkwo',
  firstName: 'Ada',
  middleName: null,
  generation: null,
  address: {
    line1: '12 Lampwick Ave',
    line2: null,
    city: 'Springfield',
    region: 'IL',
    postalCode: '62701',
    country: 'US',
  },
  telephone: null,
  identifiers: { ssn: { identifier: 'ssn-1' } },
};

/** A debt of 1,234.56 with a referral in force. */
export const debt: DebtSnapshot = {
  caseId: 'case-1',
  caseVersion: 1,
  jurisdiction: { id: 'springfield', country: 'US', currency: 'USD' },
  debt: {
    id: 'debt-21',
    number: '000000000021',
    sourceReference: 'W-1001',
    type: 'water',
    aroseFromContract: true,
    originalCreditor: null,
    incurredOn: '2025-01-15',
    delinquentOn: '2025-03-01',
  },
  itemisation: null,
  parties: [person],
  ledger: {
    assessedMinor: 123_456,
    interestMinor: 0,
    feesMinor: 0,
    paidMinor: 0,
    adjustedMinor: 0,
    writtenOffMinor: 0,
    balanceMinor: 123_456,
    settled: false,
    lastPayment: null,
  },
  stops: [],
  proofs: [],
  referral: { id: 'referral-1', madeOn: '2026-06-01', capMinor: null, expiresOn: null },
  endedReferral: null,
};

export const paid: DebtSnapshot = {
  ...debt,
  debt: { ...debt.debt, id: 'debt-22', number: '000000000022' },
  ledger: {
    ...debt.ledger,
    paidMinor: 123_456,
    balanceMinor: 0,
    lastPayment: { on: '2026-11-10', amountMinor: 123_456 },
  },
};

/** Nothing is known of its debtor's name that the partner's characters could say. */
export const unwritable: DebtSnapshot = {
  ...debt,
  debt: { ...debt.debt, id: 'debt-23', number: '000000000023' },
  parties: [{ ...person, surname: '\u738b' }],
};
