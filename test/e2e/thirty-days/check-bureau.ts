import type { Tradeline } from '../bureau.js';
import type { BureauAccount } from '../bureau.js';
import type { DebtRecord, ExchangeView, LedgerEntry, PositionView } from './office-api.js';
import { isInForce } from './office-api.js';
import { accountNumber, BUREAU, connectorId, FINE_TYPE } from './offices.js';
import type { Office } from './offices.js';

/** The bureau's last cutoff, as the API's list of exchanges tells it. */
export interface Cutoff {
  readonly date: string;
  /** When its records were chosen: what was posted later is for the next one. */
  readonly chosenAt: string;
}

export function lastCutoff(exchanges: readonly ExchangeView[], office: Office): Cutoff {
  const [last] = exchanges
    .filter(({ connector, direction }) => connector === connectorId(office.id, BUREAU) && direction === 'out')
    .sort((one, other) => (one.date < other.date ? 1 : -1));
  if (last === undefined) throw new Error(`${office.id} sent nothing to its bureau`);
  return { date: last.date, chosenAt: last.startedAt };
}

/**
 * What is wrong between a bureau's books and the case as of its last cutoff: balances in whole dollars, marks of disputes
 * and bankruptcies, what is paid, and what must not be there at all.
 */
export function bureauFaults(
  office: Office,
  records: readonly DebtRecord[],
  bureau: BureauAccount,
  cutoff: Cutoff,
): string[] {
  const { tradelines, history } = bureau.books();
  const faults = bureau
    .arrivals()
    .flatMap(({ name, result }) => (result === 'processed' ? [] : [`${name}: ${result}`]));
  const accounts = new Set(records.map(({ debt }) => accountNumber(office, debt.number)));
  for (const number of Object.keys(tradelines)) {
    if (!accounts.has(number)) faults.push(`${number}: no debt has this account number`);
  }
  for (const record of records) {
    const number = accountNumber(office, record.debt.number);
    const position = record.positions.find(({ connector }) => connector === connectorId(office.id, BUREAU));
    const say = (fault: string) => faults.push(`${record.debt.sourceReference} at the bureau: ${fault}`);
    if (record.debt.type === FINE_TYPE) {
      if (history[number] !== undefined) say('a fine was reported');
      continue;
    }
    const last = history[number]?.at(-1);
    if (position?.parked != null && last === undefined) continue; // The bureau never took it in.
    tradelineFaults(record, tradelines[number], position, cutoff).forEach(say);
    if (last !== undefined && last.date > cutoff.date) say(`told on ${last.date}, after the cutoff`);
  }
  return faults;
}

function tradelineFaults(
  { debt, ledger, stops, referrals }: DebtRecord,
  line: Tradeline | undefined,
  position: PositionView | undefined,
  cutoff: Cutoff,
): string[] {
  const standing = stops.filter((stop) => isInForce(stop, cutoff.date));
  const has = (kind: string) => standing.some((stop) => stop.kind === kind);
  if (has('deceased'))
    return line === undefined ? [] : [`the debtor is dead, but it stands with ${line.currentBalance}`];
  const balance = sum(ledger.filter(({ recordedAt }) => recordedAt <= cutoff.chosenAt));
  if (balance <= 0) {
    if (line === undefined || (line.paid && line.currentBalance === 0)) return [];
    return [`nothing is owed, but it stands with ${line.currentBalance}, status ${line.status}`];
  }
  const isReferred = referrals.some(({ act, withdrawnOn }) => act === 'report' && withdrawnOn === null);
  if (!isReferred) return line === undefined ? [] : ['it stands without a referral'];
  // A stop keeps a new tradeline from being opened, and none that was not there is marked.
  if (line === undefined) return position?.known === 'absent' && position.outcome !== 'allow' ? [] : ['it is missing'];
  const faults: string[] = [];
  const dollars = Math.floor(balance / 100);
  const mayLag = position?.outcome === 'block' && line.currentBalance < dollars;
  if (line.paid) faults.push(`it is owed (${debt.balanceMinor}), but paid there`);
  if (line.currentBalance !== dollars && !mayLag)
    faults.push(`${dollars} are owed, ${line.currentBalance} stand there`);
  if (has('dispute') !== (line.complianceConditionCode === 'XB')) {
    faults.push(`disputed ${has('dispute')}, marked '${line.complianceConditionCode}'`);
  }
  if (has('insolvency') !== /^[A-HWXYZ]$/.test(line.consumerInformationIndicator)) {
    faults.push(`bankrupt ${has('insolvency')}, marked '${line.consumerInformationIndicator}'`);
  }
  return faults;
}

function sum(entries: readonly LedgerEntry[]): number {
  return entries.reduce((total, { effectMinor }) => total + effectMinor, 0);
}
