import type { EntityManager } from 'typeorm';
import { fileFormat } from '@concord/plugin-sdk/codec';
import type { HostFileSettings } from '../configuration/host-system-settings.js';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { rows } from '../database/sql.js';
import { orderInHeader, orderInName } from './domain/file-date.js';
import type { FileOrder } from './domain/file-date.js';
import { faultOfLayout, personalFields, readRecord } from './domain/read-record.js';
import type { HostFault, HostStatement } from './domain/read-record.js';
import { storeFaults } from './fault-store.js';
import { rowAddress } from './host-place.js';

const BATCH = 1000;

/** What reading a file to its end came to. */
export interface Staged {
  readonly order: FileOrder | null;
  readonly rowsRead: number;
  /** Rows of which not even the key could be read. */
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
    readonly name: string;
    readonly content: AsyncIterable<Uint8Array>;
    readonly today: string;
  },
): Promise<Staged> {
  const { name } = file;
  const personal = personalFields(settings);
  const wanted = settings.record ?? settings.layout.records[0]!.name;
  let order = orderInName(settings.dated, name);
  let rowsRead = 0;
  const unreadable = new Set<number>();
  const refusals: string[] = [];
  let statements: HostStatement[] = [];
  let faults: HostFault[] = [];
  const flush = async (): Promise<void> => {
    await storeRows(manager, cipher, file.id, statements);
    await storeFaults(manager, file.id, faults);
    statements = [];
    faults = [];
  };
  for await (const item of fileFormat(settings.layout).decode(file.content, {
    file: name,
    date: file.today,
  })) {
    if (item.fault !== undefined) {
      const { fault } = item;
      if (fault.severity === 'file') {
        refusals.push(fault.record === null ? fault.message : `record ${fault.record}: ${fault.message}`);
        continue;
      }
      if (!unreadable.has(fault.record ?? 0)) rowsRead += 1;
      unreadable.add(fault.record ?? 0);
      faults.push(faultOfLayout(fault, personal));
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
        else if (settings.kind === 'debts' && settings.picture === 'full') {
          statements.push({ line: item.number, key: read.key, action: 'seen', facts: {} });
        }
      }
    }
    if (statements.length + faults.length >= BATCH) await flush();
  }
  await flush();
  if (order === null) refusals.push('neither its name nor its header says which day it is of');
  return { order, rowsRead, rowsUnreadable: unreadable.size, refusal: refusals.slice(0, 20).join('; ') || null };
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
    `delete from cases.host_row where file_id = $1 and line in (
       select line from cases.host_row where file_id = $1 order by line limit $2)
     returning line, content`,
    [fileId, most],
  );
  return taken
    .sort((a, b) => a.line - b.line)
    .map(({ line, content }) => JSON.parse(cipher.decrypt(content, rowAddress(fileId, line))) as HostStatement);
}
