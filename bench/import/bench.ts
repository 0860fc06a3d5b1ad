import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { importFile } from '@concord/core/cases/import-file';
import type { ImportSummary } from '@concord/core/cases/import-file';
import { FieldCipher } from '@concord/core/crypto/field-cipher';
import { KEY_BYTES, KeyRing } from '@concord/core/crypto/key-ring';
import { OFFICE, storeOffice } from '../database/office.ts';
import { settle, startBenchServer } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import { StatementTimes } from '../database/statement-times.ts';
import { figure } from '../result.ts';
import type { BenchResult } from '../result.ts';
import { copyBeside, dump } from './beside-copy.ts';
import type { Copied } from './beside-copy.ts';
import { writeDebtsFile } from './debts-file.ts';

/** Debts of the file; fewer for a quick look. */
const DEBTS = Number(process.env['CONCORD_BENCH_DEBTS'] ?? '1000000');

/**
 * Imports a file of debts into a new database, beside a COPY of the rows that this wrote.
 *
 * @throws Error when a debt is missing
 */
export async function run(debts = DEBTS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const database = await server.open('imported');
    await storeOffice(database);
    await settle(database.owner);
    const path = join(server.folder, 'debts.csv');
    await writeDebtsFile(path, debts);
    const times = new StatementTimes();
    times.start();
    const cpu = process.cpuUsage();
    const began = performance.now();
    const summary = await take(database, path);
    const seconds = (performance.now() - began) / 1000;
    const spent = process.cpuUsage(cpu);
    times.stop();
    await check(database, summary, debts);
    await dump(database, server.folder);
    await settle(database.owner);
    await database.close();
    return report(debts, seconds, (spent.user + spent.system) / 1e6, await copyBeside(server), times);
  } finally {
    await server.stop();
  }
}

function take({ gateway }: BenchDatabase, path: string): Promise<ImportSummary> {
  const keys = new KeyRing({
    current: 'bench-1',
    keys: new Map([['bench-1', randomBytes(KEY_BYTES)]]),
    blindIndexKey: randomBytes(KEY_BYTES),
  });
  return importFile(gateway, new FieldCipher(keys), {
    path,
    jurisdictionId: OFFICE,
    currency: 'USD',
    actor: 'bench',
    correlationId: 'bench',
    at: new Date(),
    firstReviewOn: () => '2026-01-01',
    onProgress: () => undefined,
  });
}

async function check(database: BenchDatabase, summary: ImportSummary, debts: number): Promise<void> {
  const { rows } = await database.owner.query<{ n: string; entries: string }>(
    'select count(*) as n, (select count(distinct debt_id) from cases.ledger_entry) as entries from cases.debt',
  );
  const found = rows[0]!;
  if (summary.registered !== debts || Number(found.n) !== debts || Number(found.entries) !== debts) {
    throw new Error(`${debts} debts in the file, ${summary.registered} registered, ${found.n} stored`);
  }
}

function report(
  debts: number,
  seconds: number,
  cpuSeconds: number,
  copied: readonly Copied[],
  times: StatementTimes,
): BenchResult {
  const copying = copied.reduce((sum, each) => sum + each.seconds, 0);
  return {
    title: `Import: ${debts.toLocaleString('en')} debts from a CSV file`,
    rows: [
      figure(
        'imported',
        debts / seconds,
        'debts/s',
        0,
        `${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of them our own processor`,
      ),
      figure('COPY of the rows that this wrote', debts / copying, 'debts/s', 0, `${copying.toFixed(1)} s`),
      figure('imported', copying / seconds, 'of COPY', 2, 'at least 0.25 is wanted'),
      ...times
        .costliest()
        .slice(0, 12)
        .map(({ statement, seconds: spent, runs }) =>
          figure(`  ${inShort(statement)}`, (spent / seconds) * 100, '% of the time', 1, `${runs} runs`),
        ),
      ...copied.map((each) => figure(`  COPY ${each.table}`, (each.seconds / copying) * 100, '% of COPY', 1)),
    ],
  };
}

function inShort(statement: string): string {
  return statement.replace(/\s+/g, ' ').trim().slice(0, 52).toLowerCase();
}
