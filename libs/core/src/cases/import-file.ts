import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataSource, EntityManager } from 'typeorm';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { planAnew } from '../database/plan-anew.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { IntakeRow } from './domain/intake-row.js';
import type { IntakeFault } from './intake/intake-fault.js';
import { readIntake } from './intake/read-intake.js';
import type { IntakeFormat } from './intake/read-intake.js';
import { registerDebts } from './registration.js';
import type { RegistrationContext } from './registration-store.js';

const BATCH = 1000;
/** Bytes that are read at once: few, so that the batch that is being stored gets its turns while the next one is read. */
const PIECE = 16 * 1024;

/** What a file came to. Every row of it is counted in exactly one of registered, unchanged and faulty. */
export interface ImportSummary {
  readonly importId: string;
  readonly rows: number;
  readonly registered: number;
  readonly unchanged: number;
  readonly faulty: number;
  readonly faults: readonly IntakeFault[];
  /** True when this very file was taken in before, and nothing was done now. */
  readonly before: boolean;
}

export interface ImportOrder {
  readonly path: string;
  readonly jurisdictionId: string;
  readonly currency: string;
  readonly actor: string;
  readonly correlationId: string;
  readonly at: Date;
  readonly firstReviewOn: (row: IntakeRow) => string | null;
  /** Told as bytes of the file are read. */
  readonly onProgress: (read: number, size: number) => void;
}

/**
 * Takes a file of debts in, in batches that each are one transaction. The same file again changes nothing; a file whose
 * import was cut off goes on, because a row that is known changes nothing either. Bad rows are set aside with their
 * reasons and harm no other.
 *
 * @throws Refusal `file-unreadable`, or `file-refused` when its columns can't be understood and nothing was taken in
 */
export async function importFile(cases: DataSource, cipher: FieldCipher, order: ImportOrder): Promise<ImportSummary> {
  const { hash, size } = await fingerprint(order.path);
  const format: IntakeFormat = /\.(jsonl|ndjson)$/i.test(order.path) ? 'jsonl' : 'csv';
  const { id, finished } = await openImport(cases, order, hash, format);
  if (finished) return storedSummary(cases, id);

  const context: RegistrationContext = { ...order, source: `import:${id}` };
  const tally: Tally = { rows: 0, registered: 0, unchanged: 0, faults: [] };
  let batch: ImportBatch = { items: [], faults: [] };
  let storing: Promise<void> = Promise.resolve();
  // One batch is stored while the next is read; never two are stored side by side, and never two wait.
  const flush = async (): Promise<void> => {
    await storing;
    const full = batch;
    batch = { items: [], faults: [] };
    storing = storeBatch(cases, cipher, context, id, full, tally);
    // A failure is thrown where this batch is waited for: before the next one, or at the end.
    storing.catch(() => undefined);
  };
  try {
    for await (const item of readIntake(counted(order, size), format, { currency: order.currency })) {
      tally.rows += 1;
      if (item.row && item.row.currency !== order.currency)
        batch.faults.push(wrongCurrency(item.line, item.row, order));
      else if (item.row) batch.items.push({ line: item.line, row: item.row });
      else {
        batch.faults.push(...item.faults);
        const refusing = item.faults.find(({ severity }) => severity === 'file');
        if (refusing && tally.rows === 1) await refuse(cases, id, order.path, item.faults);
      }
      if (batch.items.length + batch.faults.length >= BATCH) await flush();
    }
  } finally {
    // Nothing of this import is under way any more when it ends, however it does.
    await storing.catch(() => undefined);
  }
  await flush();
  await storing;
  const faultyRows = await finish(cases, id, order.at, tally);
  return {
    importId: id,
    rows: tally.rows,
    registered: tally.registered,
    unchanged: tally.unchanged,
    faulty: faultyRows,
    faults: tally.faults.sort((a, b) => a.line - b.line),
    before: false,
  };
}

/** Rows that were read and are stored together, in one transaction. */
interface ImportBatch {
  readonly items: { readonly line: number; readonly row: IntakeRow }[];
  readonly faults: IntakeFault[];
}

interface Tally {
  rows: number;
  registered: number;
  unchanged: number;
  readonly faults: IntakeFault[];
}

async function storeBatch(
  cases: DataSource,
  cipher: FieldCipher,
  context: RegistrationContext,
  id: string,
  { items, faults }: ImportBatch,
  tally: Tally,
): Promise<void> {
  if (items.length + faults.length === 0) return;
  await cases.transaction(async (manager) => {
    await planAnew(manager);
    const outcomes = await registerDebts(
      manager,
      cipher,
      context,
      items.map(({ row }) => row),
    );
    for (const [index, outcome] of outcomes.entries()) {
      const { line } = items[index]!;
      if (outcome.outcome === 'refused') {
        faults.push({ severity: 'row', line, column: null, value: null, reason: outcome.reason });
      } else tally[outcome.outcome] += 1;
    }
    await storeFaults(manager, id, faults);
  });
  tally.faults.push(...faults);
}

/** An office keeps its debts in one currency: another one would be added up with it. */
function wrongCurrency(line: number, { currency }: IntakeRow, order: ImportOrder): IntakeFault {
  const reason = `must be ${order.currency}, the currency of ${order.jurisdictionId}`;
  return { severity: 'row', line, column: 'currency', value: currency, reason };
}

async function fingerprint(path: string): Promise<{ hash: string; size: number }> {
  try {
    const { size } = await stat(path);
    const hash = createHash('sha256');
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
    return { hash: hash.digest('hex'), size };
  } catch (error) {
    throw new Refusal('file-unreadable', `${path} can't be read: ${(error as Error).message}`);
  }
}

async function* counted({ path, onProgress }: ImportOrder, size: number): AsyncIterable<Uint8Array> {
  let read = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: PIECE })) {
    yield chunk as Buffer;
    read += (chunk as Buffer).length;
    onProgress(read, size);
  }
}

async function openImport(cases: DataSource, order: ImportOrder, hash: string, format: string) {
  await rows(
    cases,
    `insert into cases.import_file (id, jurisdiction_id, content_hash, file_name, format, actor, started_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict (jurisdiction_id, content_hash) do nothing`,
    [randomUUID(), order.jurisdictionId, hash, basename(order.path), format, order.actor, order.at],
  );
  // A statement of its own: it must see the row that another import of the same file has just committed.
  const [opened] = await rows<{ id: string; finished: boolean }>(
    cases,
    `select id, finished_at is not null as finished from cases.import_file
     where jurisdiction_id = $1 and content_hash = $2`,
    [order.jurisdictionId, hash],
  );
  return opened!;
}

async function storedSummary(cases: DataSource, id: string): Promise<ImportSummary> {
  const [stored] = await rows<{
    rows_read: number;
    debts_registered: number;
    rows_unchanged: number;
    rows_faulty: number;
  }>(cases, 'select rows_read, debts_registered, rows_unchanged, rows_faulty from cases.import_file where id = $1', [
    id,
  ]);
  const faults = await rows<{ faults: IntakeFault[] }>(
    cases,
    'select faults from cases.import_fault where import_id = $1 order by line',
    [id],
  );
  return {
    importId: id,
    rows: stored!.rows_read,
    registered: 0,
    unchanged: stored!.debts_registered + stored!.rows_unchanged,
    faulty: stored!.rows_faulty,
    faults: faults.flatMap((row) => row.faults),
    before: true,
  };
}

async function refuse(cases: DataSource, id: string, path: string, faults: readonly IntakeFault[]): Promise<never> {
  // Nothing was taken in: the file may come again, mended, under the same name.
  await rows(cases, 'update cases.import_file set content_hash = content_hash || $2 where id = $1', [
    id,
    `:refused:${id}`,
  ]);
  throw new Refusal('file-refused', `${basename(path)}: ${faults.map(({ reason }) => reason).join('; ')}`);
}

async function storeFaults(manager: EntityManager, id: string, faults: readonly IntakeFault[]): Promise<void> {
  if (faults.length === 0) return;
  const lines = [...Map.groupBy(faults, ({ line }) => line)].map(([line, ofLine]) => ({
    line,
    reason: ofLine.map(({ reason }) => reason).join('; '),
    faults: ofLine,
  }));
  await rows(
    manager,
    `insert into cases.import_fault (import_id, line, reason, faults)
     select $1, line, reason, faults from jsonb_to_recordset($2::jsonb) as f (line integer, reason text, faults jsonb)
     on conflict (import_id, line) do update set reason = excluded.reason, faults = excluded.faults`,
    [id, JSON.stringify(lines)],
  );
}

async function finish(
  cases: DataSource,
  id: string,
  at: Date,
  tally: { rows: number; registered: number; unchanged: number },
): Promise<number> {
  const [finished] = await rows<{ rows_faulty: number }>(
    cases,
    `update cases.import_file set finished_at = $2, rows_read = $3, debts_registered = $4, rows_unchanged = $5,
       rows_faulty = (select count(*) from cases.import_fault where import_id = $1)
     where id = $1 returning rows_faulty`,
    [id, at, tally.rows, tally.registered, tally.unchanged],
  );
  return finished!.rows_faulty;
}
