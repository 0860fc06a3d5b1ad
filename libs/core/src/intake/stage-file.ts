import type { EntityManager } from 'typeorm';
import { fileFormat } from '@concord/plugin-sdk/codec';
import type { HostFileSettings } from '../configuration/host-system-settings.js';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { rows } from '../database/sql.js';
import { orderInHeader, orderInName } from './domain/file-date.js';
import type { FileOrder } from './domain/file-date.js';
import { faultOfLayout, keyIn, personalFields, readRecord } from './domain/read-record.js';
import type { HostFault, HostStatement } from './domain/read-record.js';
import { storeFaults } from './fault-store.js';
import { rowAddress } from './host-place.js';

const BATCH = 1000;

/** What reading a file to its end came to. */
export interface Staged {
  readonly order: FileOrder | null;
  readonly rowsRead: number;
  /** Rows of which not even the key could be read, and in a full picture those whose key is of no debt that is on file. */
  readonly rowsUnreadable: number;
  /** Why the whole file is refused; null where it may be applied. */
  readonly refusal: string | null;
}

/**
 * Reads a file to its end before anything of it is applied, and keeps its rows sealed until they are. Bad rows are set aside
 * with their reasons; a bad total, or an end that is missing, refuses the file.
 */
export async function stageFile(
  manager: EntityManager,
  cipher: FieldCipher,
  settings: HostFileSettings,
  file: {
    readonly id: string;
    readonly jurisdictionId: string;
    readonly systemId: string;
    readonly name: string;
    readonly content: AsyncIterable<Uint8Array>;
    readonly today: string;
  },
): Promise<Staged> {
  const { name } = file;
  const personal = personalFields(settings);
  const wanted = settings.record ?? settings.layout.records[0]!.name;
  const isPicture = settings.kind === 'debts' && settings.picture === 'full';
  let order = orderInName(settings.dated, name);
  let rowsRead = 0;
  const unreadable = new Set<number>();
  const faulty = new Set<number>();
  let doubtful: Seen[] = [];
  const refusals: string[] = [];
  let statements: HostStatement[] = [];
  let faults: HostFault[] = [];
  const flush = async (): Promise<void> => {
    const known = await knownKeys(manager, file, doubtful);
    for (const seen of doubtful) {
      if (known.has(seen.key)) statements.push({ ...seen, action: 'seen', facts: {} });
      else unreadable.add(seen.line);
    }
    doubtful = [];
    await storeRows(manager, cipher, file.id, statements);
    await storeFaults(manager, file.id, faults);
    statements = [];
    faults = [];
  };
  for await (const item of fileFormat(settings.layout, { legible: true }).decode(file.content, {
    file: name,
    date: file.today,
  })) {
    if (item.fault !== undefined) {
      const { fault } = item;
      if (fault.severity === 'file') {
        refusals.push(fault.record === null ? fault.message : `record ${fault.record}: ${fault.message}`);
        continue;
      }
      faults.push(faultOfLayout(fault, personal));
      const line = fault.record ?? 0;
      if (faulty.has(line)) continue;
      faulty.add(line);
      rowsRead += 1;
      const { legible } = item;
      const key = isPicture && legible?.type === wanted ? keyIn(settings, legible.record) : null;
      if (key === null) unreadable.add(line);
      else doubtful.push({ line, key });
    } else if (item.type === settings.layout.header?.name) {
      order ??= orderInHeader(settings.dated, item.record);
    } else if (item.type === wanted) {
      rowsRead += 1;
      const read = readRecord(settings, item.record, item.number, file.today);
      if (read.statement !== undefined) statements.push(read.statement);
      else {
        faults.push(...read.faults);
        // What can't be read is there all the same: a full picture must not close it.
        if (read.key === null) unreadable.add(item.number);
        else if (isPicture) {
          statements.push({ line: item.number, key: read.key, action: 'seen', facts: {} });
        }
      }
    }
    if (statements.length + doubtful.length + faults.length >= BATCH) await flush();
  }
  await flush();
  if (order === null) refusals.push('neither its name nor its header says which day it is of');
  return { order, rowsRead, rowsUnreadable: unreadable.size, refusal: refusals.slice(0, 20).join('; ') || null };
}

/** A row that has a key, whatever else it says. */
interface Seen {
  readonly line: number;
  readonly key: string;
}

/** Keys that are those of debts of the system. */
async function knownKeys(
  manager: EntityManager,
  { jurisdictionId, systemId }: { readonly jurisdictionId: string; readonly systemId: string },
  seen: readonly Seen[],
): Promise<ReadonlySet<string>> {
  if (seen.length === 0) return new Set();
  const found = await rows<{ key: string }>(
    manager,
    `select key from cases.host_record where jurisdiction_id = $1 and system_id = $2 and kind = 'debt' and key = any($3)`,
    [jurisdictionId, systemId, seen.map(({ key }) => key)],
  );
  return new Set(found.map(({ key }) => key));
}

async function storeRows(
  manager: EntityManager,
  cipher: FieldCipher,
  fileId: string,
  statements: readonly HostStatement[],
): Promise<void> {
  if (statements.length === 0) return;
  await rows(
    manager,
    `insert into cases.host_row (file_id, line, key, gone, content)
     select $1, line, key, gone, content
     from unnest($2::integer[], $3::text[], $4::boolean[], $5::bytea[]) as r (line, key, gone, content)`,
    [
      fileId,
      statements.map(({ line }) => line),
      statements.map(({ key }) => key),
      statements.map(({ action }) => action === 'withdrawn'),
      statements.map((statement) => cipher.encrypt(JSON.stringify(statement), rowAddress(fileId, statement.line))),
    ],
  );
}

/** Takes the next rows of a file out, in the file's order; they are gone when the caller's transaction is committed. */
export async function takeRows(
  manager: EntityManager,
  cipher: FieldCipher,
  fileId: string,
  most: number,
): Promise<HostStatement[]> {
  const taken = await rows<{ line: number; content: Buffer }>(
    manager,
    // By a list, so that the key finds the lines: while nothing is known of a new file's rows, a join may read all of them.
    `delete from cases.host_row where file_id = $1 and line = any(array(
       select line from cases.host_row where file_id = $1 order by line limit $2))
     returning line, content`,
    [fileId, most],
  );
  return taken
    .sort((a, b) => a.line - b.line)
    .map(({ line, content }) => JSON.parse(cipher.decrypt(content, rowAddress(fileId, line))) as HostStatement);
}
