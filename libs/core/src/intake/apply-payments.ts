import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { writeEntries } from '../cases/ledger/ledger-store.js';
import type { NewEntry } from '../cases/ledger/ledger-store.js';
import { lockCases } from '../cases/lock-cases.js';
import type { HostStatement } from './domain/read-record.js';
import { latest, latestMinor, merge } from './domain/host-state.js';
import { hostSource } from './host-place.js';
import type { HostWork } from './host-place.js';
import { loadRecords, saveRecords } from './record-store.js';
import type { HostRecord } from './record-store.js';

interface OwingDebt {
  readonly id: string;
  readonly source_reference: string;
  readonly case_id: string;
  readonly currency: string;
}

interface PostedRow {
  readonly id: string;
  readonly debt_id: string;
  readonly case_id: string;
  readonly amount_minor: number;
  readonly effective_on: string;
}

/**
 * Takes in what a file says of payments, in the caller's transaction: what stands posted is made to be what was said last.
 * A payment that is corrected is reversed and posted anew; one for a debt that no file named yet waits for it.
 *
 * @returns ids of the debts whose ledgers have other payments now
 */
export async function applyPayments(
  manager: EntityManager,
  work: HostWork,
  statements: readonly HostStatement[],
): Promise<readonly string[]> {
  const records = await loadRecords(
    manager,
    work,
    'payment',
    statements.map(({ key }) => key),
  );
  for (const { line, key, action, facts } of statements) {
    const record = records.get(key)!;
    const { paymentReference: _, ...said } = facts;
    const at = { date: work.date, sequence: work.sequence, line };
    record.state = merge(record.state, { ...said, standing: action === 'payment' }, at).state;
  }
  return settle(manager, work, [...records.values()]);
}

/** Posts payments that waited for debts that are on file by now. @returns ids of the debts, and whether more may wait */
export async function postWaiting(
  manager: EntityManager,
  work: HostWork,
  most: number,
): Promise<{ readonly debtIds: readonly string[]; readonly more: boolean }> {
  const waiting = await rows<{ key: string }>(
    manager,
    `select r.key from cases.host_record r
     join cases.debt d on d.jurisdiction_id = r.jurisdiction_id and d.source_reference = r.debt_key
     where r.jurisdiction_id = $1 and r.system_id = $2 and r.kind = 'payment' and r.subject_id is null and r.present
     order by r.key limit $3`,
    [work.jurisdiction.id, work.systemId, most],
  );
  if (waiting.length === 0) return { debtIds: [], more: false };
  const records = await loadRecords(
    manager,
    work,
    'payment',
    waiting.map(({ key }) => key),
  );
  return { debtIds: await settle(manager, work, [...records.values()]), more: waiting.length === most };
}

async function settle(
  manager: EntityManager,
  work: HostWork,
  records: readonly HostRecord[],
): Promise<readonly string[]> {
  const owing = await owingDebts(
    manager,
    work,
    records.map(({ state }) => String(latest(state, 'debtReference') ?? '')),
  );
  const known = await postedPayments(manager, records);
  await lockCases(manager, [
    ...[...owing.values()].map((debt) => debt.case_id),
    ...[...known.values()].map((entry) => entry.case_id),
  ]);
  // Read once they are locked: an officer may have reversed one meanwhile.
  const posted = await postedPayments(manager, records);
  const entries: NewEntry[] = [];
  for (const record of records) {
    const debt = owing.get(String(latest(record.state, 'debtReference') ?? ''));
    const stands = record.subjectId === null ? undefined : posted.get(record.subjectId);
    // An officer has reversed it: the bank knew better than the counter.
    if (record.subjectId !== null && stands === undefined) continue;
    const wanted = wantedOf(record, debt);
    if (stands !== undefined && wanted !== null && isSame(stands, wanted)) continue;
    if (stands !== undefined) {
      entries.push(reversalOf(work, record, stands));
      record.subjectId = null;
    }
    if (wanted === null) continue;
    record.revision += 1;
    record.subjectId = randomUUID();
    entries.push(paymentOf(work, record, wanted));
  }
  await writeEntries(manager, work.context, entries);
  await saveRecords(manager, work, 'payment', records);
  return [...new Set(entries.map(({ debtId }) => debtId))];
}

interface WantedPayment {
  readonly debt: OwingDebt;
  readonly amountMinor: number;
  readonly paidOn: string;
}

function wantedOf({ state }: HostRecord, debt: OwingDebt | undefined): WantedPayment | null {
  const paidOn = latest(state, 'paidOn');
  const amountMinor = latestMinor(state, 'amountMinor');
  if (latest(state, 'standing') !== true || debt === undefined || typeof paidOn !== 'string' || amountMinor === 0)
    return null;
  return { debt, amountMinor, paidOn };
}

function isSame(posted: PostedRow, { debt, amountMinor, paidOn }: WantedPayment): boolean {
  return posted.debt_id === debt.id && posted.amount_minor === amountMinor && posted.effective_on === paidOn;
}

function paymentOf(work: HostWork, { key, revision, subjectId }: HostRecord, wanted: WantedPayment): NewEntry {
  const { debt, amountMinor, paidOn } = wanted;
  return {
    ...{ id: subjectId!, debtId: debt.id, caseId: debt.case_id, currency: debt.currency, kind: 'payment' },
    ...{ amountMinor, effectiveOn: paidOn, bookedOn: work.bookedOn, bucket: null, reverses: null, reversesKind: null },
    ...{ source: hostSource(work.systemId), reference: key, reason: null, key: `payment:${key}:${revision}` },
  };
}

/** Takes effect with the payment itself: the host says that it never was as it stood. */
function reversalOf(work: HostWork, { key, revision }: HostRecord, posted: PostedRow): NewEntry {
  return {
    ...{ id: randomUUID(), debtId: posted.debt_id, caseId: posted.case_id, currency: work.jurisdiction.currency },
    ...{ kind: 'reversal', amountMinor: posted.amount_minor, effectiveOn: posted.effective_on },
    ...{ bookedOn: work.bookedOn, bucket: null, reverses: posted.id, reversesKind: 'payment' },
    ...{ source: hostSource(work.systemId), reference: key, reason: 'corrected by the host' },
    key: `payment-reversed:${key}:${revision}`,
  };
}

async function owingDebts(
  manager: EntityManager,
  { jurisdiction }: HostWork,
  references: readonly string[],
): Promise<ReadonlyMap<string, OwingDebt>> {
  const found = await rows<OwingDebt>(
    manager,
    `select id, source_reference, case_id, currency from cases.debt
     where jurisdiction_id = $1 and source_reference = any($2)`,
    [jurisdiction.id, [...new Set(references)]],
  );
  return new Map(found.map((debt) => [debt.source_reference, debt]));
}

/** Payments that stand posted, by entry. One that an officer has reversed stands no more. */
async function postedPayments(
  manager: EntityManager,
  records: readonly HostRecord[],
): Promise<ReadonlyMap<string, PostedRow>> {
  const ids = records.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const found = await rows<PostedRow>(
    manager,
    `select e.id, e.debt_id, e.case_id, e.amount_minor, e.effective_on from cases.ledger_entry e
     where e.id = any($1) and (select r.id from cases.ledger_entry r where r.reverses = e.id limit 1) is null`,
    [ids],
  );
  return new Map(found.map((entry) => [entry.id, entry]));
}
