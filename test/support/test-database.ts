import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { connect } from '@concord/core/database/connections';
import { rows } from '@concord/core/database/sql';
import { databaseUrl, TEMPLATE } from './database-server.js';

/** A migrated database of its own for one test or one file of tests, with a pool for each tenant. */
export interface TestDatabase {
  /** Connection URL of the owner. */
  readonly url: string;
  readonly gateway: DataSource;
  readonly connectors: DataSource;
  /** Runs a statement as the owner, who may read and write everything. */
  asOwner<T>(statement: string, parameters?: readonly unknown[]): Promise<T[]>;
  close(): Promise<void>;
}

/** @throws Error when the tests were not started by jest's integration project, which starts the server */
export async function openTestDatabase(): Promise<TestDatabase> {
  const template = process.env['CONCORD_TEST_DATABASE'];
  if (!template) throw new Error('no test server: run this as part of the integration project');
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  const administrator = databaseUrl(template, 'postgres');
  await withClient(administrator, (client) => client.query(`create database ${name} template ${TEMPLATE}`));
  const url = databaseUrl(template, name);
  const [gateway, connectors] = await Promise.all([
    connect(url, 'concord_gateway'),
    connect(url, 'concord_connectors'),
  ]);
  const owner = new pg.Client({ connectionString: url });
  // Tests that end its connection on purpose learn of it from their next statement.
  owner.on('error', () => undefined);
  await owner.connect();
  return {
    url,
    gateway,
    connectors,
    asOwner: async <T>(statement: string, parameters: readonly unknown[] = []) =>
      (await owner.query(statement, [...parameters])).rows as T[],
    // The database itself goes with its server at the end of the run.
    close: async () => {
      await Promise.all([gateway.destroy(), connectors.destroy(), owner.end()]);
    },
  };
}

/** One number that a statement returns, read by one of the tenants. */
export async function count(on: DataSource, statement: string, parameters: readonly unknown[] = []): Promise<number> {
  const [row] = await rows<{ n: number }>(on, `select count(*) as n from (${statement}) as counted`, parameters);
  return row!.n;
}

/** Returns when so many connections to a database wait for a lock that another one holds. */
export async function waitingFor(database: TestDatabase, connections: number): Promise<void> {
  for (;;) {
    const waiting = await database.asOwner(
      `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length >= connections) return;
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

async function withClient(url: string, work: (client: pg.Client) => Promise<unknown>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
