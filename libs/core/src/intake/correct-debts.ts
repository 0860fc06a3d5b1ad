import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { recordChanges } from '../cases/change-recorder.js';
import { writeEntries } from '../cases/ledger/ledger-store.js';
import type { NewEntry } from '../cases/ledger/ledger-store.js';
import { readFrozen } from '../cases/ledger/interest-freezes.js';
import type { FrozenPeriod } from '../cases/domain/interest/terms.js';
import { chargeDue } from './domain/charges.js';
import { freezing } from './frozen-debtors.js';
import { latest, latestMinor } from './domain/host-state.js';
import type { HostFault } from './domain/read-record.js';
import { CHARGES } from './domain/registration-row.js';
import { hostSource } from './host-place.js';
import type { HostWork } from './host-place.js';
import type { HostRecord } from './record-store.js';

/** A debt that is on file, with the fields of which a batch said something new. */
export interface Correction {
  readonly record: HostRecord;
  readonly fields: ReadonlySet<string>;
  readonly line: number;
}

interface DebtRow {
  readonly id: string;
  readonly case_id: string;
  readonly currency: string;
  readonly type: string;
  readonly incurred_on: string | null;
  readonly delinquent_on: string | null;
  readonly itemised_on: string | null;
}

/** Fields with their columns and, of dates, the name that they have in the history of a debt's dates. */
const COLUMNS = [
  ['type', 'type', null],
  ['incurredOn', 'incurred_on', 'incurred'],
  ['delinquentOn', 'delinquent_on', 'delinquent'],
  ['itemisedOn', 'itemised_on', 'itemised'],
] as const;

/**
 * Makes debts what their host said last, in the caller's transaction, which holds the locks of their cases. Amounts differ by
 * entries that are added: charges up as what they are, down as credit notes. Interest and fees that are raised while a stop
 * freezes them are not posted, and their row is set aside. Dates and types keep what they were before in
 * `cases.host_correction`, dates in the history of the debt's dates as well.
 */
export async function correctDebts(
  manager: EntityManager,
  work: HostWork,
  corrections: readonly Correction[],
  faults: HostFault[],
): Promise<void> {
  if (corrections.length === 0) return;
  const found = await rows<DebtRow>(
    manager,
    `select id, case_id, currency, type, incurred_on, delinquent_on, itemised_on from cases.debt where id = any($1)`,
    [corrections.map(({ record }) => record.subjectId)],
  );
  const debts = new Map(found.map((debt) => [debt.id, debt]));
  const frozen = await readFrozen(
    manager,
    [...debts.keys()],
    freezing(
      work,
      found.map(({ type }) => type),
    ),
  );
  const entries = corrections.flatMap((correction) => {
    const debt = debts.get(correction.record.subjectId ?? '');
    return debt === undefined ? [] : chargesOf(work, correction, debt, frozen.get(debt.id) ?? [], faults);
  });
  await writeEntries(manager, work.context, entries);
  await correctFields(manager, work, corrections, debts);
}

function chargesOf(
  work: HostWork,
  { record, line }: Correction,
  debt: DebtRow,
  frozen: readonly FrozenPeriod[],
  faults: HostFault[],
): NewEntry[] {
  const charged = record.charged ?? { amountMinor: 0, interestMinor: 0, feesMinor: 0 };
  const next = { ...charged };
  const withheld = { ...charged.withheld };
  const entries: NewEntry[] = [];
  for (const { field, kind, bucket } of CHARGES) {
    if (latest(record.state, field) === undefined) continue;
    const before = withheld[field] ?? 0;
    const difference = latestMinor(record.state, field) - charged[field] - before;
    if (difference === 0) continue;
    const on = record.state[field]!.at.date;
    const { postedMinor, withheldMinor } = chargeDue(field, difference, before, on, frozen);
    if (withheldMinor !== before) withheld[field] = withheldMinor;
    if (withheldMinor > before) {
      const reason = 'was raised while a stop froze interest and fees: it is not charged';
      faults.push({ line, field, value: String(withheldMinor - before), rule: 'frozen', reason });
    }
    if (postedMinor === 0) continue;
    next[field] = charged[field] + postedMinor;
    record.revision += 1;
    entries.push({
      ...{ id: randomUUID(), debtId: debt.id, caseId: debt.case_id, currency: debt.currency },
      ...{ kind: postedMinor > 0 ? kind : 'credit-note', amountMinor: Math.abs(postedMinor) },
      ...{ effectiveOn: on, bookedOn: work.bookedOn, bucket: postedMinor > 0 ? null : bucket },
      ...{ reverses: null, reversesKind: null, source: hostSource(work.systemId), reference: `${work.fileId}:${line}` },
      ...{ reason: 'corrected by the host', key: `${field}:${record.revision}` },
    });
  }
  record.charged = Object.keys(withheld).length > 0 ? { ...next, withheld } : next;
  return entries;
}

async function correctFields(
  manager: EntityManager,
  work: HostWork,
  corrections: readonly Correction[],
  debts: ReadonlyMap<string, DebtRow>,
): Promise<void> {
  const changes = corrections.flatMap(({ record, fields, line }) => {
    const debt = debts.get(record.subjectId ?? '');
    return COLUMNS.flatMap(([field, column, dateKind]) => {
      const after = latest(record.state, field);
      if (debt === undefined || !fields.has(field) || after === undefined || after === debt[column]) return [];
      const at = record.state[field]!.at;
      const key = `${field}:${at.date}:${at.sequence}:${at.line}`;
      const change = { id: randomUUID(), debt_id: debt.id, field, column, before: debt[column], after: String(after) };
      return [{ ...change, date_kind: dateKind, line, key }];
    });
  });
  if (changes.length === 0) return;
  await rows(
    manager,
    `insert into cases.host_correction (id, debt_id, field, before, after, source, file_id, line, idempotency_key, actor,
       recorded_at)
     select id, debt_id, field, before, after, $2, $3, line, $2 || ':' || key, $4, $5
     from jsonb_to_recordset($1::jsonb) as c (id uuid, debt_id uuid, field text, before text, after text, line integer,
       key text)
     on conflict (debt_id, idempotency_key) do nothing`,
    [JSON.stringify(changes), hostSource(work.systemId), work.fileId, work.context.actor, work.context.at],
  );
  const byDebt = [...Map.groupBy(changes, ({ debt_id }) => debt_id)].map(([id, list]) => ({
    id,
    ...Object.fromEntries(list.map(({ column, after }) => [column, after])),
  }));
  await rows(
    manager,
    `update cases.debt d set type = coalesce(c.type, d.type), incurred_on = coalesce(c.incurred_on, d.incurred_on),
       delinquent_on = coalesce(c.delinquent_on, d.delinquent_on), itemised_on = coalesce(c.itemised_on, d.itemised_on),
       -- another type or age may bring the debt into what a strategy refers
       strategy_review_on = least(d.strategy_review_on, $2::date)
     from jsonb_to_recordset($1::jsonb) as c (id uuid, type text, incurred_on date, delinquent_on date, itemised_on date)
     where d.id = c.id`,
    [JSON.stringify(byDebt), work.bookedOn],
  );
  const versions = await recordChanges(
    manager,
    work.context,
    byDebt.map(({ id }) => ({
      caseId: debts.get(id)!.case_id,
      type: 'concord.debt.changed.v1' as const,
      subjectId: id,
      data: { debtId: id },
    })),
  );
  const versionOf = new Map(byDebt.map(({ id }, index) => [id, versions[index]]));
  // Dates have one history, whoever changes them.
  await rows(
    manager,
    `insert into cases.debt_date_change (id, debt_id, case_version, date_kind, before, after, reason, source,
       idempotency_key, actor, recorded_at)
     select id, debt_id, case_version, date_kind, before, after, 'corrected by the host', $2, $2 || ':' || key, $3, $4
     from jsonb_to_recordset($1::jsonb) as c (id uuid, debt_id uuid, case_version bigint, date_kind text, before date,
       after date, key text)
     where date_kind is not null
     on conflict (debt_id, idempotency_key, date_kind) do nothing`,
    [
      JSON.stringify(changes.map((change) => ({ ...change, case_version: versionOf.get(change.debt_id) }))),
      ...[hostSource(work.systemId), work.context.actor, work.context.at],
    ],
  );
}
