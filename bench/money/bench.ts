import { figure } from '../result.ts';
import type { BenchResult, BenchRow } from '../result.ts';
import { settle, startBenchServer } from '../database/server.ts';
import { StatementTimes } from '../database/statement-times.ts';
import { applyFile } from './apply.ts';
import { copyBeside, dump } from './beside-copy.ts';
import { checkOnce } from './check.ts';
import { payments } from './payments.ts';
import { REMITTANCE, REMITTANCE_AGAIN, storeParents, storePlacedDebts } from './placed-debts.ts';

/** Debts that are paid; fewer for a quick look. */
const DEBTS = Number(process.env['CONCORD_BENCH_DEBTS'] ?? '200000');
const EACH = 5;
/** Statements a transaction, as an incoming file is applied in production. */
const BATCH = 5_000;
/** How many batches are sent a second time. */
const REPEATED = 4;

/**
 * Applies payments that an agency reports, through every step until they are on the ledger, beside a COPY of the rows that
 * this wrote. Ratios are of one run on one machine.
 *
 * @throws Error when a payment was lost or counted twice
 */
export async function run(debts = DEBTS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const database = await server.open('applied');
    const connector = await storeParents(database);
    const references = await storePlacedDebts(database, debts);
    const times = new StatementTimes();
    times.start();
    const began = performance.now();
    const announced = await applyFile(database, connector, REMITTANCE, payments(references, EACH, BATCH));
    const seconds = (performance.now() - began) / 1000;
    times.stop();
    await checkOnce(database.owner, debts, EACH);
    await dump(database, server.folder, announced);
    // Again as the same file would come after a kill, and again in another file.
    for (const exchangeId of [REMITTANCE, REMITTANCE_AGAIN]) {
      await applyFile(database, connector, exchangeId, someOf(payments(references, EACH, BATCH)));
      await checkOnce(database.owner, debts, EACH);
    }
    await settle(database.owner);
    await database.close();
    const copied = await copyBeside(server, server.folder);
    return report(debts * EACH, seconds, copied, times);
  } finally {
    await server.stop();
  }
}

function* someOf<T>(batches: Iterable<T>): Generator<T> {
  let left = REPEATED;
  for (const batch of batches) {
    if (left-- === 0) return;
    yield batch;
  }
}

function report(
  count: number,
  seconds: number,
  copied: readonly { readonly table: string; readonly seconds: number }[],
  times: StatementTimes,
): BenchResult {
  const copying = copied.reduce((sum, each) => sum + each.seconds, 0);
  const share: BenchRow[] = times
    .costliest()
    .slice(0, 10)
    .map(({ statement, seconds: spent, runs }) =>
      figure(
        `  ${inShort(statement)}`,
        (spent / seconds) * 100,
        '% of the time',
        1,
        `${runs} runs, ${spent.toFixed(1)} s`,
      ),
    );
  return {
    title: `Money: ${count.toLocaleString('en')} payments from an agency, posted`,
    rows: [
      figure('applied and posted', count / seconds, 'payments/s', 0, `${seconds.toFixed(1)} s, two sides side by side`),
      figure('COPY of the rows that this wrote', count / copying, 'payments/s', 0, `${copying.toFixed(1)} s`),
      figure('applied and posted', copying / seconds, 'of COPY', 2, 'at least 0.35 is wanted'),
      ...share,
      ...copied.map((each) => figure(`  COPY ${each.table}`, (each.seconds / copying) * 100, '% of COPY', 1)),
    ],
  };
}

/** The steps by what only their statement says; the first that fits. */
const STEPS: readonly [says: string, step: string][] = [
  ['insert into exchange.inbound_record', 'recording the statements and their keys'],
  ['update exchange.position p set', 'moving what the agency is known to hold'],
  ['insert into exchange.outbox', 'announcing the part'],
  ['insert into cases.findings_taken', 'taking the part once'],
  ['bool_or(', 'looking at what the part holds'],
  ['insert into cases.ledger_entry', 'posting: ledger, case versions, changes, events'],
  ['exchange.outbox', 'relaying the announcement'],
];

function inShort(statement: string): string {
  return STEPS.find(([says]) => statement.includes(says))?.[1] ?? statement.trim().slice(0, 40).toLowerCase();
}
