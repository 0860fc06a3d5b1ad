import type {
  DebtSnapshot,
  IsoDate,
  LedgerSnapshot,
  PartySnapshot,
  ProofSnapshot,
  StopSnapshot,
} from '@concord/plugin-sdk';
import { itemisationOf, ledgerOf, reportableDebt } from '../domain/testing/reportable-debt.js';

/** The day on which most examples are judged: a Monday. */
export const TODAY: IsoDate = '2026-03-16';

/** An account of $500, paid in full, or settled for less with a rest that the account still shows. */
export const PAID: LedgerSnapshot = ledgerOf({ assessedMinor: 50_000, paidMinor: 50_000 });
export const SETTLED: LedgerSnapshot = ledgerOf({ assessedMinor: 50_000, paidMinor: 30_000, settled: true });

const [DEBTOR] = reportableDebt().parties;

/** The debtor without any identifier on file, the debtor as a business, and somebody who owes the debt with the debtor. */
export const UNNUMBERED: readonly PartySnapshot[] = [{ ...DEBTOR!, identifiers: {} }];
export const BUSINESS: readonly PartySnapshot[] = [{ ...DEBTOR!, kind: 'business', firstName: null }];
const CO_DEBTOR: PartySnapshot = { ...DEBTOR!, id: 'party-2', number: '2000002', role: 'co-debtor' };
export const WITH_CO_DEBTOR: readonly PartySnapshot[] = [DEBTOR!, CO_DEBTOR];

/** A stop of the co-debtor's own. */
export function ofCoDebtor(stop: StopSnapshot): StopSnapshot {
  return { ...stop, partyId: CO_DEBTOR.id };
}

/** A hearing, and how it left what it was about. */
export function hearing(
  on: IsoDate,
  outcome: NonNullable<ProofSnapshot['outcome']>,
  subject: string | null,
): ProofSnapshot {
  return { kind: 'hearing-outcome', on, subject, outcome };
}

/** Another itemisation than that of the account. */
export function itemisedOn(on: IsoDate, ledger: LedgerSnapshot): DebtSnapshot['itemisation'] {
  return { ...itemisationOf(ledger), on };
}
