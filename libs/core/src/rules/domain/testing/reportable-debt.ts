import type {
  DebtSnapshot,
  IsoDate,
  ItemisationSnapshot,
  LedgerSnapshot,
  StopKind,
  StopSnapshot,
} from '@concord/plugin-sdk';

/** The day on which {@link reportableDebt} and {@link placeableDebt} pass every rule for their acts. */
export const REPORTABLE_ON: IsoDate = '2026-03-16';

/** The day from which {@link reportableDebt} is too old to be on a credit report. */
export const TOO_OLD_FROM: IsoDate = '2032-11-11';

/** A made-up debt with nothing in the way of reporting it, to be varied one fact at a time. */
export function reportableDebt(changes: Partial<DebtSnapshot> = {}): DebtSnapshot {
  const ledger = changes.ledger ?? ledgerOf({ assessedMinor: 50_000, feesMinor: 2_500 });
  return {
    caseId: 'case-1',
    caseVersion: 1,
    jurisdiction: { id: 'us-tx-example', country: 'US', currency: 'USD' },
    debt: {
      id: 'debt-1',
      number: '1000001',
      sourceReference: 'WATER-7781',
      type: 'utility',
      aroseFromContract: true,
      originalCreditor: { name: 'EXAMPLE WATER DEPARTMENT', classification: '04' },
      incurredOn: '2025-05-01',
      delinquentOn: '2025-06-15',
    },
    itemisation: itemisationOf(ledger),
    parties: [
      {
        id: 'party-1',
        number: '2000001',
        role: 'debtor',
        kind: 'person',
        surname: 'Sample',
        firstName: 'Robin',
        middleName: null,
        generation: null,
        address: {
          line1: '1 Example Street',
          line2: null,
          city: 'Exampleton',
          region: 'TX',
          postalCode: '75001',
          country: 'US',
        },
        telephone: null,
        identifiers: { ssn: { identifier: 'identifier-1' } },
      },
    ],
    ledger,
    stops: [],
    proofs: [{ kind: 'notice-sent', on: '2025-09-01' }],
    referral: { id: 'referral-1', madeOn: '2026-01-02', capMinor: null, expiresOn: null },
    endedReferral: null,
    ...changes,
  };
}

/**
 * A made-up debt with nothing in the way of placing it with an agency, to be varied one fact at a time: a parking ticket
 * of which nobody has written to the debtor, so that no rule on reporting would let it pass.
 */
export function placeableDebt(changes: Partial<DebtSnapshot> = {}): DebtSnapshot {
  const base = reportableDebt(changes);
  const debt = { ...base.debt, type: 'parking', aroseFromContract: false, originalCreditor: null, delinquentOn: null };
  return { ...base, debt, proofs: [], ...changes };
}

/** What was assessed was owed on a day last year, and the rest of the ledger came to it since. */
export function itemisationOf(ledger: LedgerSnapshot): ItemisationSnapshot {
  return {
    on: '2025-06-01',
    balanceMinor: ledger.assessedMinor,
    interestSinceMinor: ledger.interestMinor,
    feesSinceMinor: ledger.feesMinor,
    paymentsSinceMinor: ledger.paidMinor,
    creditsSinceMinor: ledger.adjustedMinor + ledger.writtenOffMinor,
  };
}

/** A ledger whose balance is the sum of its entries, unless a balance is given. */
export function ledgerOf(sums: Partial<LedgerSnapshot>): LedgerSnapshot {
  const ledger = {
    assessedMinor: 0,
    interestMinor: 0,
    feesMinor: 0,
    paidMinor: 0,
    adjustedMinor: 0,
    writtenOffMinor: 0,
    settled: false,
    lastPayment: null,
    ...sums,
  };
  const owed = ledger.assessedMinor + ledger.interestMinor + ledger.feesMinor;
  return { balanceMinor: owed - ledger.paidMinor - ledger.adjustedMinor - ledger.writtenOffMinor, ...ledger };
}

export function stopOf(
  kind: StopKind,
  startsOn: IsoDate = '2026-03-01',
  endsOn: IsoDate | null = null,
  details: StopSnapshot['details'] = {},
): StopSnapshot {
  return { id: `stop-${kind}-${startsOn}`, kind, startsOn, endsOn, details };
}
