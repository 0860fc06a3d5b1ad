import type { DataSource, EntityManager } from 'typeorm';

/** Does something in a transaction that is given up whatever comes of it: what it would do can be looked at, and nothing is done. */
export async function rolledBack<T>(database: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = database.createQueryRunner();
  try {
    await runner.startTransaction();
    return await work(runner.manager);
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}
