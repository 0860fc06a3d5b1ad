import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { recordChanges } from '../cases/change-recorder.js';
import { writeEntries } from '../cases/ledger/ledger-store.js';
import type { NewEntry } from '../cases/ledger/ledger-store.js';
import { latest, latestMinor } from './domain/host-state.js';
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

const COLUMNS = [
  ['type', 'type'],
  ['incurredOn', 'incurred_on'],
  ['delinquentOn', 'delinquent_on'],
  ['itemisedOn', 'itemised_on'],
] as const;

/**
 * Makes debts what their host said last, in the caller's transaction, which holds the locks of their cases. Amounts differ by
 * entries that are added: charges up as what they are, down as credit notes. Dates and types keep what they were before in
 * `cases.host_correction`.
 */
export async function correctDebts(
  manager: EntityManager,
  work: HostWork,
  corrections: readonly Correction[],
): Promise<void> {
  if (corrections.length === 0) return;
  const found = await rows<DebtRow>(
    manager,
    `select id, case_id, currency, type, incurred_on, delinquent_on, itemised_on from cases.debt where id = any($1)`,
    [corrections.map(({ record }) => record.subjectId)],
  );
  const debts = new Map(found.map((debt) => [debt.id, debt]));
  const entries = corrections.flatMap((correction) => {
    const debt = debts.get(correction.record.subjectId ?? '');
    return debt === undefined ? [] : chargesOf(work, correction, debt);
  });
  await writeEntries(manager, work.context, entries);
  await correctFields(manager, work, corrections, debts);
}

function chargesOf(work: HostWork, { record, line }: Correction, debt: DebtRow): NewEntry[] {
  const charged = record.charged ?? { amountMinor: 0, interestMinor: 0, feesMinor: 0 };
  const next = { ...charged };
  const entries: NewEntry[] = [];
  for (const { field, kind, bucket } of CHARGES) {
    if (latest(record.state, field) === undefined) continue;
    const difference = latestMinor(record.state, field) - charged[field];
    if (difference === 0) continue;
    next[field] = charged[field] + difference;
    record.revision += 1;
    entries.push({
      ...{ id: randomUUID(), debtId: debt.id, caseId: debt.case_id, currency: debt.currency },
      ...{ kind: difference > 0 ? kind : 'credit-note', amountMinor: Math.abs(difference) },
      ...{ effectiveOn: record.state[field]!.at.date, bookedOn: work.bookedOn, bucket: difference > 0 ? null : bucket },
      ...{ reverses: null, reversesKind: null, source: hostSource(work.systemId), reference: `${work.fileId}:${line}` },
      ...{ reason: 'corrected by the host', key: `${field}:${record.revision}` },
    });
  }
  record.charged = next;
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
    return COLUMNS.flatMap(([field, column]) => {
      const after = latest(record.state, field);
      if (debt === undefined || !fields.has(field) || after === undefined || after === debt[column]) return [];
      const at = record.state[field]!.at;
      const key = `${field}:${at.date}:${at.sequence}:${at.line}`;
      return [
        { id: randomUUID(), debt_id: debt.id, field, column, before: debt[column], after: String(after), line, key },
      ];
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
  await recordChanges(
    manager,
    work.context,
    byDebt.map(({ id }) => ({
      caseId: debts.get(id)!.case_id,
      type: 'concord.debt.changed.v1' as const,
      subjectId: id,
      data: { debtId: id },
    })),
  );
}
