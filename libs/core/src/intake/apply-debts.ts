import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { lockCases } from '../cases/lock-cases.js';
import { registerDebts } from '../cases/registration.js';
import type { IntakeRow } from '../cases/domain/intake-row.js';
import { correctDebts } from './correct-debts.js';
import type { Correction } from './correct-debts.js';
import { correctParties, partiesAsSaid } from './correct-parties.js';
import type { PartiesAsSaid } from './correct-parties.js';
import { isPersonal } from './domain/host-fields.js';
import { latest, merge } from './domain/host-state.js';
import type { HostValue } from './domain/host-state.js';
import type { HostFault, HostStatement } from './domain/read-record.js';
import { chargedBy, registrationRow } from './domain/registration-row.js';
import type { Charged } from './domain/registration-row.js';
import { hostSource } from './host-place.js';
import type { HostWork } from './host-place.js';
import { loadRecords, saveRecords } from './record-store.js';
import type { HostRecord } from './record-store.js';

/** What a batch of rows came to: debts that are on file, and what was set aside. */
export interface AppliedDebts {
  readonly debtIds: readonly string[];
  readonly faults: readonly HostFault[];
}

/** A debt that rows of the batch said something of. */
interface Touched {
  readonly record: HostRecord;
  readonly fields: Set<string>;
  line: number;
}

/**
 * Takes in what a file says of debts and their debtors, in the caller's transaction: a debt is registered once enough is
 * known of it, and one that is on file is made to be what was said last. What an older file says changes nothing that a
 * newer one has said.
 */
export async function applyDebts(
  manager: EntityManager,
  work: HostWork,
  statements: readonly HostStatement[],
): Promise<AppliedDebts> {
  const debts = await loadRecords(
    manager,
    work,
    'debt',
    statements.map(({ key }) => key),
  );
  const faults: HostFault[] = [];
  const touched = mergeDebts(work, debts, statements, faults);
  const parties = await loadRecords(manager, work, 'party', debtorsOf(debts, statements));
  const changedParties = mergeParties(work, parties, statements);
  await lockCases(manager, await casesOf(manager, [...debts.values()]));

  const shapes = await partiesAsSaid(manager, work, parties);
  const kept = await correctParties(manager, work, shapes, changedParties, faults);
  const corrections: Correction[] = [];
  await register(manager, work, touched, shapes, corrections, faults);
  await correctDebts(manager, work, corrections);
  await saveRecords(
    manager,
    work,
    'party',
    [...parties.values()].filter(({ key }) => kept.has(key)),
  );
  await saveRecords(manager, work, 'debt', [...debts.values()]);
  const debtIds = [...debts.values()].flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  return { debtIds, faults };
}

function mergeDebts(
  work: HostWork,
  records: ReadonlyMap<string, HostRecord>,
  statements: readonly HostStatement[],
  faults: HostFault[],
): Touched[] {
  const touched = new Map<string, Touched>();
  for (const { line, key, action, facts } of statements) {
    const record = records.get(key)!;
    const said: Record<string, HostValue> = {};
    for (const [field, value] of Object.entries(facts)) {
      if (!isOfDebtor(field) && field !== 'debtReference') said[field] = value;
    }
    const debtor = latest(record.state, 'debtorReference');
    if (record.subjectId !== null && said['debtorReference'] !== undefined && said['debtorReference'] !== debtor) {
      // A debt stands in the case of its debtor: it does not move to another one by a file.
      faults.push({
        line,
        field: 'debtorReference',
        value: null,
        rule: 'debtor-changed',
        reason: 'is another debtor now',
      });
      delete said['debtorReference'];
    }
    if (action === 'present') Object.assign(said, { present: true, named: true });
    if (action === 'seen') said['present'] = true;
    if (action === 'withdrawn') said['present'] = false;
    const { state, changed } = merge(record.state, said, { date: work.date, sequence: work.sequence, line });
    record.state = state;
    const entry = touched.get(key) ?? { record, fields: new Set<string>(), line };
    entry.line = line;
    changed.forEach((field) => entry.fields.add(field));
    touched.set(key, entry);
  }
  return [...touched.values()];
}

function mergeParties(
  work: HostWork,
  records: ReadonlyMap<string, HostRecord>,
  statements: readonly HostStatement[],
): ReadonlyMap<string, number> {
  const changed = new Map<string, number>();
  for (const { line, facts } of statements) {
    const record = records.get(String(facts['debtorReference']));
    if (record === undefined) continue;
    const said = Object.fromEntries(Object.entries(facts).filter(([field]) => isOfDebtor(field)));
    const merged = merge(record.state, said, { date: work.date, sequence: work.sequence, line });
    record.state = merged.state;
    if (merged.changed.length > 0) changed.set(record.key, line);
  }
  return changed;
}

function isOfDebtor(field: string): boolean {
  return isPersonal(field) || field === 'debtorKind';
}

function debtorsOf(debts: ReadonlyMap<string, HostRecord>, statements: readonly HostStatement[]): string[] {
  return [
    ...[...debts.values()].map(({ state }) => latest(state, 'debtorReference')),
    ...statements.map(({ facts }) => facts['debtorReference']),
  ].flatMap((reference) => (reference === undefined ? [] : [String(reference)]));
}

async function casesOf(manager: EntityManager, records: readonly HostRecord[]): Promise<string[]> {
  const ids = records.flatMap(({ subjectId }) => (subjectId === null ? [] : [subjectId]));
  const found = await rows<{ case_id: string }>(manager, 'select case_id from cases.debt where id = any($1)', [ids]);
  return found.map(({ case_id }) => case_id);
}

async function register(
  manager: EntityManager,
  work: HostWork,
  touched: readonly Touched[],
  parties: PartiesAsSaid,
  corrections: Correction[],
  faults: HostFault[],
): Promise<void> {
  const fresh: { readonly item: Touched; readonly row: IntakeRow }[] = [];
  for (const item of touched) {
    const { record, line } = item;
    if (record.subjectId !== null) {
      corrections.push({ record, fields: item.fields, line });
      continue;
    }
    const debtor = String(latest(record.state, 'debtorReference'));
    const party = parties.get(debtor)?.shape ?? { sourceReference: debtor };
    const row = registrationRow(record.key, record.state, party, work.jurisdiction.currency);
    if (row.value !== undefined) fresh.push({ item, row: row.value });
    else if (row.missing !== null) {
      faults.push({ line, field: row.missing, value: null, rule: 'incomplete', reason: row.reason });
    }
  }
  if (fresh.length === 0) return;
  const context = { ...work.context, source: hostSource(work.systemId), firstReviewOn: work.firstReviewOn };
  const outcomes = await registerDebts(
    manager,
    work.cipher,
    context,
    fresh.map(({ row }) => row),
  );
  const adopted = new Map<string, Touched>();
  for (const [index, outcome] of outcomes.entries()) {
    const { item, row } = fresh[index]!;
    if (outcome.outcome === 'refused' && outcome.code === 'identifier-contradicts') {
      faults.push({ line: item.line, field: null, value: null, rule: outcome.code, reason: outcome.reason });
    } else if (outcome.outcome === 'registered') {
      item.record.subjectId = outcome.debtId;
      item.record.charged = chargedBy(row);
      corrections.push({ record: item.record, fields: new Set(), line: item.line });
    } else adopted.set(item.record.key, item);
  }
  corrections.push(...(await adopt(manager, work, adopted)));
}

/** Debts that came in another way before: from now on they are what the host says. */
async function adopt(
  manager: EntityManager,
  work: HostWork,
  items: ReadonlyMap<string, Touched>,
): Promise<Correction[]> {
  if (items.size === 0) return [];
  const found = await rows<{ id: string; source_reference: string; case_id: string } & Charged>(
    manager,
    `select d.id, d.source_reference, d.case_id,
            coalesce(sum(e.amount_minor) filter (where e.kind = 'assessment'), 0) as "amountMinor",
            coalesce(sum(e.amount_minor) filter (where e.kind = 'interest'), 0) as "interestMinor",
            coalesce(sum(e.amount_minor) filter (where e.kind = 'fee'), 0) as "feesMinor"
     from cases.debt d left join cases.ledger_entry e on e.debt_id = d.id and e.idempotency_key like 'intake:%'
     where d.jurisdiction_id = $1 and d.source_reference = any($2) group by d.id`,
    [work.jurisdiction.id, [...items.keys()]],
  );
  await lockCases(
    manager,
    found.map(({ case_id }) => case_id),
  );
  return found.map(({ id, source_reference, amountMinor, interestMinor, feesMinor }) => {
    const { record, line } = items.get(source_reference)!;
    record.subjectId = id;
    record.charged = { amountMinor, interestMinor, feesMinor };
    return { record, fields: new Set(Object.keys(record.state)), line };
  });
}
