import type { AgencyBooks } from '../../partners/launch.js';
import { isStranger } from './agency-day.js';
import type { DebtRecord, ExchangeView, LedgerEntry, ProposalView, SuspenseView } from './office-api.js';
import { AGENCIES, connectorId } from './offices.js';
import type { AgencyName, Office } from './offices.js';

/** What the API has of one office beside its debts. */
export interface OfficeWork {
  readonly suspense: readonly SuspenseView[];
  readonly proposals: readonly ProposalView[];
  readonly exchanges: readonly ExchangeView[];
}

const SIGN: Readonly<Record<string, number>> = {
  ...{ assessment: 1, interest: 1, fee: 1, reversal: 1 },
  ...{ payment: -1, adjustment: -1, 'write-off': -1 },
};

/** What is wrong with the money: each debt's sum, each agency's remittances, and what was taken at the counter. */
export function moneyFaults(
  office: Office,
  records: readonly DebtRecord[],
  books: { readonly [agency in AgencyName]: AgencyBooks },
  { suspense }: OfficeWork,
  counterMinor: ReadonlyMap<string, number>,
): string[] {
  const faults: string[] = [];
  for (const { debt, ledger } of records) {
    const balance = ledger.reduce((total, { kind, amountMinor }) => total + SIGN[kind]! * amountMinor, 0);
    if (balance !== debt.balanceMinor) faults.push(`${debt.sourceReference}: ${balance} is not ${debt.balanceMinor}`);
    const counter = paid(ledger, 'api');
    const taken = counterMinor.get(debt.sourceReference) ?? 0;
    if (counter !== taken) faults.push(`${debt.sourceReference}: ${taken} taken at the counter, ${counter} posted`);
  }
  for (const agency of AGENCIES) {
    const connector = connectorId(office.id, agency);
    const { payments } = books[agency];
    const untold = payments.filter(({ reversed, remittedIn }) => remittedIn === null && !reversed);
    if (untold.length > 0) faults.push(`${connector}: ${untold.length} payments were never remitted`);
    const remitted = payments.reduce(
      (total, { amountMinor, remittedIn, reversalRemittedIn }) =>
        total + (remittedIn === null ? 0 : amountMinor) - (reversalRemittedIn === null ? 0 : amountMinor),
      0,
    );
    const posted = records.reduce((total, { ledger }) => total + paid(ledger, `partner:${connector}`), 0);
    const waiting = suspense
      .filter(({ connectorId: of }) => of === connector)
      .reduce((total, { kind, amountMinor }) => total + (kind === 'payment' ? amountMinor : -amountMinor), 0);
    if (remitted !== posted + waiting) {
      faults.push(`${connector}: ${remitted} remitted, ${posted} posted, ${waiting} in suspense`);
    }
  }
  return faults;
}

/** What in suspense, or before a person, nobody provoked, or is not explained. */
export function unexplained({ suspense, proposals, exchanges }: OfficeWork): string[] {
  const arrived = new Set(exchanges.filter(({ direction }) => direction === 'in').map(({ connector }) => connector));
  const faults = suspense
    .filter(
      ({ code, reason, reference, exchangeId, connectorId: of }) =>
        !(code === 'reference-unknown' && reason !== '' && isStranger(reference) && exchangeId && arrived.has(of)),
    )
    .map(({ connectorId: of, naturalKey, code, reason }) => `${of} ${naturalKey}: ${code} ${reason}`);
  const differences = proposals.filter(({ kind, reference }) => kind === 'balance-differs' && !isStranger(reference));
  return [...faults, ...differences.map(({ connectorId: of, reference }) => `${of} ${reference}: the balance differs`)];
}

/** Payments of one source less what was taken back. */
function paid(ledger: readonly LedgerEntry[], source: string): number {
  return ledger
    .filter((entry) => entry.source === source && (entry.kind === 'payment' || entry.kind === 'reversal'))
    .reduce((total, { effectMinor }) => total - effectMinor, 0);
}
