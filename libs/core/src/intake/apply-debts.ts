import type { EntityManager } from 'typeorm';
import { lockCases } from '../cases/lock-cases.js';
import { lockFiledParties } from '../parties/party-group.js';
import { registerDebts } from '../cases/registration.js';
import type { IntakeRow } from '../cases/domain/intake-row.js';
import { adopt } from './adopt-debts.js';
import type { Touched } from './adopt-debts.js';
import { withoutContradictions } from './contradictions.js';
import { correctDebts } from './correct-debts.js';
import type { Correction } from './correct-debts.js';
import { correctParties, partiesAsSaid } from './correct-parties.js';
import type { PartiesAsSaid } from './correct-parties.js';
import { withoutFrozen } from './domain/charges.js';
import { isPersonal } from './domain/host-fields.js';
import { latest, merge } from './domain/host-state.js';
import type { HostValue } from './domain/host-state.js';
import type { HostFault, HostStatement } from './domain/read-record.js';
import { chargedBy, registrationRow } from './domain/registration-row.js';
import { frozenForDebtors } from './frozen-debtors.js';
import { hostSource } from './host-place.js';
import type { HostWork } from './host-place.js';
import { casesOf } from './lock-batch.js';
import { loadRecords, saveRecords } from './record-store.js';
import type { HostRecord } from './record-store.js';

/** What a batch of rows came to: debts that are on file, and what was set aside. */
export interface AppliedDebts {
  readonly debtIds: readonly string[];
  readonly faults: readonly HostFault[];
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
  await lockFiledParties(manager, work.jurisdiction.id, debtorsOf(debts, statements));
  const standing = await withoutContradictions(manager, work, debts, statements, faults);
  const touched = mergeDebts(work, debts, standing);
  const parties = await loadRecords(manager, work, 'party', debtorsOf(debts, standing));
  const changedParties = mergeParties(work, parties, standing);
  await lockCases(manager, await casesOf(manager, work, debts, [...parties.keys()], [...changedParties.keys()]));

  const shapes = await partiesAsSaid(manager, work, parties);
  const kept = await correctParties(manager, work, shapes, changedParties, faults);
  const corrections: Correction[] = [];
  await register(manager, work, touched, shapes, corrections, faults);
  await correctDebts(manager, work, corrections, faults);
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
): Touched[] {
  const touched = new Map<string, Touched>();
  for (const { line, key, action, facts } of statements) {
    const record = records.get(key)!;
    const said: Record<string, HostValue> = {};
    for (const [field, value] of Object.entries(facts)) {
      if (!isOfDebtor(field) && field !== 'debtReference') said[field] = value;
    }
    if (action === 'present') Object.assign(said, { present: true, named: true });
    // What a full picture names is there, whatever it says of it.
    if (action === 'seen' || (action === 'correction' && work.picture === 'full')) said['present'] = true;
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

async function register(
  manager: EntityManager,
  work: HostWork,
  touched: readonly Touched[],
  parties: PartiesAsSaid,
  corrections: Correction[],
  faults: HostFault[],
): Promise<void> {
  const found: { readonly item: Touched; readonly row: IntakeRow }[] = [];
  for (const item of touched) {
    const { record, line } = item;
    if (record.subjectId !== null) {
      corrections.push({ record, fields: item.fields, line });
      continue;
    }
    const debtor = String(latest(record.state, 'debtorReference'));
    const party = parties.get(debtor)?.shape ?? { sourceReference: debtor };
    const row = registrationRow(record.key, record.state, party, work.jurisdiction.currency);
    if (row.value !== undefined) found.push({ item, row: row.value });
    else if (row.missing !== null) {
      faults.push({ line, field: row.missing, value: null, rule: 'incomplete', reason: row.reason });
    }
  }
  if (found.length === 0) return;
  const frozen = await frozenForDebtors(
    manager,
    work,
    found.map(({ row }) => ({ debtor: row.debtor.sourceReference, type: row.type })),
  );
  // What is left out here is withheld by the correction that follows.
  const fresh = found.map(({ item, row }, index) => ({
    item,
    row: withoutFrozen(row, item.record.state, frozen[index]!),
  }));
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
  corrections.push(...(await adopt(manager, work, adopted, faults)));
}
