import type { Api, DebtView } from '../api.js';

/** What reads the API: over the network, or within the process. */
type Reading = Pick<Api, 'get' | 'debts'>;

/** An entry of a debt's ledger as the API shows it. Money in minor units. */
export interface LedgerEntry {
  readonly kind: string;
  readonly amountMinor: number;
  readonly effectMinor: number;
  readonly effectiveOn: string;
  readonly bookedOn: string;
  readonly source: string;
  readonly recordedAt: string;
}

export interface StopView {
  readonly id: string;
  readonly scope: string;
  readonly kind: string;
  readonly startsOn: string;
  readonly liftedOn: string | null;
  readonly source: string;
}

export interface ReferralView {
  readonly id: string;
  readonly act: string;
  readonly connectorId: string;
  readonly madeBy: string;
  readonly withdrawnOn: string | null;
}

export interface PositionView {
  readonly connector: string;
  readonly reference: string;
  readonly desired: string;
  readonly known: string;
  readonly knownMinor: number;
  /** Records that were sent and are not answered. */
  readonly inFlight: number;
  readonly outcome: string;
  readonly releaseOwedOn: string | null;
  readonly releaseDueOn: string | null;
  readonly parked: string | null;
}

export interface SuspenseView {
  readonly connectorId: string;
  readonly kind: string;
  readonly reference: string;
  readonly naturalKey: string;
  readonly amountMinor: number;
  readonly code: string;
  readonly reason: string;
  readonly state: string;
  readonly exchangeId: string;
}

export interface ProposalView {
  readonly connectorId: string;
  readonly kind: string;
  readonly reference: string;
  readonly state: string;
}

export interface ExchangeView {
  readonly connector: string;
  readonly direction: 'out' | 'in';
  readonly kind: string;
  readonly date: string;
  readonly state: string;
  readonly file: string | null;
  readonly records: number;
  readonly startedAt: string;
}

/** Everything that the API says of one debt. */
export interface DebtRecord {
  readonly debt: Omit<DebtView, 'parties'>;
  readonly ledger: readonly LedgerEntry[];
  readonly stops: readonly StopView[];
  readonly referrals: readonly ReferralView[];
  readonly positions: readonly PositionView[];
}

/** Debts of an office with everything about them, by the office's own references, in their order. */
export async function debtRecords(api: Reading, office: string): Promise<DebtRecord[]> {
  const records: DebtRecord[] = [];
  for (const debt of await debtsInOrder(api, office)) {
    const [ledger, stops, referrals, { positions }] = await Promise.all([
      api.get<LedgerEntry[]>(`/debts/${debt.id}/ledger`),
      api.get<StopView[]>(`/stops?debt=${debt.id}`),
      api.get<ReferralView[]>(`/referrals?debt=${debt.id}`),
      api.get<{ positions: PositionView[] }>(`/positions?subject=${debt.id}`),
    ]);
    records.push({ debt, ledger, stops, referrals, positions });
  }
  return records;
}

export async function debtsInOrder(api: Reading, office: string): Promise<Omit<DebtView, 'parties'>[]> {
  const debts = await api.debts(office);
  return debts.sort((one, other) => (one.sourceReference < other.sourceReference ? -1 : 1));
}

/** Whether a stop holds on a day. */
export function isInForce({ startsOn, liftedOn }: StopView, date: string): boolean {
  return startsOn <= date && (liftedOn === null || liftedOn > date);
}
