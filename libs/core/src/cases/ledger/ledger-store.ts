import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { recordChanges } from '../change-recorder.js';
import type { ChangeContext } from '../change-recorder.js';
import type { Bucket, Entry, EntryKind, ReversibleKind } from '../domain/ledger/entry.js';

/** Source of entries that an accrual of interest posts. */
export const INTEREST_SOURCE = 'interest';

/** An entry to be written, in minor units above zero. */
export interface NewEntry {
  readonly id: string;
  readonly debtId: string;
  readonly caseId: string;
  readonly currency: string;
  readonly kind: EntryKind;
  readonly amountMinor: number;
  readonly effectiveOn: string;
  readonly bookedOn: string;
  readonly bucket: Bucket | null;
  readonly reverses: string | null;
  readonly reversesKind: ReversibleKind | null;
  readonly source: string;
  readonly reference: string | null;
  readonly reason: string | null;
  /** Unique in the debt, with the source before it. */
  readonly key: string;
}

/** The entries of debts, as far as balances depend on them. @returns by debt; none where nothing was posted */
export async function readEntries(on: Queryable, debtIds: readonly string[]): Promise<ReadonlyMap<string, Entry[]>> {
  const found = await rows<Entry & { debtId: string }>(
    on,
    `select debt_id as "debtId", id, kind, amount_minor as "amountMinor", effective_on as "effectiveOn",
            booked_on as "bookedOn", case_version as "caseVersion", bucket, reverses, source = $2 as accrued
     from cases.ledger_entry where debt_id = any($1)`,
    [debtIds, INTEREST_SOURCE],
  );
  const byDebt = new Map<string, Entry[]>();
  for (const { debtId, ...entry } of found) {
    const entries = byDebt.get(debtId);
    if (entries) entries.push(entry);
    else byDebt.set(debtId, [entry]);
  }
  return byDebt;
}

/**
 * Writes entries, each under a version of its case with its event, and lets the strategies look at the debts again: all in
 * the caller's transaction, which holds the locks of the cases.
 */
export async function writeEntries(
  manager: EntityManager,
  context: ChangeContext,
  entries: readonly NewEntry[],
): Promise<void> {
  if (entries.length === 0) return;
  const versions = await recordChanges(
    manager,
    context,
    entries.map(({ id, caseId, debtId }) => ({
      caseId,
      type: 'concord.ledger.posted.v1' as const,
      subjectId: id,
      data: { debtId, entryId: id },
    })),
  );
  const columns = entries.map((entry, index) => ({ ...entry, caseVersion: versions[index] }));
  await rows(
    manager,
    `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
       booked_on, source, reference, reason, idempotency_key, bucket, reverses, reverses_kind, actor, recorded_at)
     select id, "debtId", "caseId", "caseVersion", kind, "amountMinor", currency, "effectiveOn", "bookedOn", source,
            reference, reason, source || ':' || key, bucket, reverses, "reversesKind", $2, $3
     from jsonb_to_recordset($1::jsonb) as e (id uuid, "debtId" uuid, "caseId" uuid, "caseVersion" bigint, kind text,
       "amountMinor" bigint, currency text, "effectiveOn" date, "bookedOn" date, source text, reference text, reason text,
       key text, bucket text, reverses uuid, "reversesKind" text)`,
    [JSON.stringify(columns), context.actor, context.at],
  );
  // Another balance may bring a debt into, or out of, what a strategy refers.
  await rows(
    manager,
    `update cases.debt d set strategy_review_on = least(d.strategy_review_on, e.on)
     from (select "debtId" as id, min("bookedOn") as on
           from jsonb_to_recordset($1::jsonb) as e ("debtId" uuid, "bookedOn" date) group by 1) e
     where d.id = e.id`,
    [JSON.stringify(columns.map(({ debtId, bookedOn }) => ({ debtId, bookedOn })))],
  );
}
