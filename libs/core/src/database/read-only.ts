import type { DataSource, EntityManager } from 'typeorm';
import { rows } from './sql.js';

/**
 * Reads in one transaction that sees one state of the database, however long it takes, and in which nothing can be
 * written.
 */
export async function readOnly<T>(database: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = database.createQueryRunner();
  try {
    await runner.startTransaction('REPEATABLE READ');
    await rows(runner.manager, 'set transaction read only');
    return await work(runner.manager);
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}
