import type { DataSource } from 'typeorm';
import { readInPages } from '../database/read-in-pages.js';
import { readOnly } from '../database/read-only.js';
import { rows } from '../database/sql.js';
import type { Row } from './domain/report.js';
import { allOf } from './report-definition.js';
import type { Read } from './report-definition.js';
import { BATCH, WITHIN_MS } from './stream-rows.js';

/**
 * The rows of a report whose statements all see one moment of the database: what is posted while they run is in none of
 * them. They are few, and all are read before the first is handed on, so that nobody who reads slowly keeps the moment.
 */
export async function* atOneMoment(
  source: DataSource,
  rowsOf: (read: Read) => AsyncIterable<readonly Row[]>,
): AsyncGenerator<readonly Row[], void, undefined> {
  yield await readOnly(source, async (manager) => {
    await rows(manager, `set local statement_timeout = ${WITHIN_MS}`);
    const read = <T>(statement: string, parameters: readonly unknown[]) =>
      readInPages<T>(manager, statement, parameters, BATCH);
    return allOf(rowsOf(read));
  });
}
