import type { DataSource, QueryRunner } from 'typeorm';

/** How many rows are handed on together. */
export const BATCH = 1000;
/** A report may look at every entry of an office. */
export const WITHIN_MS = 15 * 60_000;

/**
 * The rows of one statement, a batch at a time. The cursor outlives its transaction: whoever reads slowly holds a
 * connection and keeps no old rows from being cleaned up. Ending the iteration early lets the connection go.
 */
export async function* streamRows<T>(
  source: DataSource,
  statement: string,
  parameters: readonly unknown[],
): AsyncGenerator<readonly T[], void, undefined> {
  const runner = source.createQueryRunner();
  try {
    await declare(runner, statement, parameters);
    try {
      for (;;) {
        const batch = (await runner.query(`fetch ${BATCH} from report`)) as T[];
        if (batch.length === 0) return;
        yield batch;
      }
    } finally {
      // A connection that is lost has no cursor either.
      await runner.query('close report').catch(() => undefined);
    }
  } finally {
    await runner.release();
  }
}

async function declare(runner: QueryRunner, statement: string, parameters: readonly unknown[]): Promise<void> {
  await runner.startTransaction();
  try {
    await runner.query(`set local statement_timeout = ${WITHIN_MS}`);
    await runner.query(`declare report no scroll cursor with hold for ${statement}`, [...parameters]);
    await runner.commitTransaction();
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    throw error;
  }
}
