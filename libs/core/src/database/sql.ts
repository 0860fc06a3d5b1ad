import { types } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

const INT8 = 20;
const DATE = 1082;
const NUMERIC = 1700;

types.setTypeParser(INT8, safeInteger);
types.setTypeParser(NUMERIC, safeInteger);
// A date has no time zone: as a string it stays the day that was written.
types.setTypeParser(DATE, (text) => text);

/** @throws RangeError for an amount or count beyond what a JavaScript integer holds exactly. */
function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`${text} is not an integer that can be held exactly`);
  return value;
}

/** What statements can be run on: a pool, or the manager of one transaction. */
export type Queryable = DataSource | EntityManager;

/** Runs one statement and returns its rows, whatever the kind of statement. */
export async function rows<T>(on: Queryable, statement: string, parameters: readonly unknown[] = []): Promise<T[]> {
  return (await run(on, statement, parameters)).records as T[];
}

/** Runs one statement and returns how many rows it touched. */
export async function affected(on: Queryable, statement: string, parameters: readonly unknown[] = []): Promise<number> {
  return (await run(on, statement, parameters)).affected ?? 0;
}

async function run(on: Queryable, statement: string, parameters: readonly unknown[]) {
  const runner: QueryRunner | undefined = 'queryRunner' in on ? (on.queryRunner ?? undefined) : undefined;
  if (runner) return runner.query(statement, [...parameters], true);
  const own = (on as DataSource).createQueryRunner();
  try {
    return await own.query(statement, [...parameters], true);
  } finally {
    await own.release();
  }
}
