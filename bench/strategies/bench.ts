import { readOnly } from '@concord/core/database/read-only';
import { rows } from '@concord/core/database/sql';
import { strategiesSettings } from '@concord/core/configuration/strategy-settings';
import { previewStrategies } from '@concord/core/strategies/strategy-preview';
import type { StrategyPreview } from '@concord/core/strategies/domain/preview-tally';
import { OFFICE, storeConnector, storeOffice, TODAY } from '../database/office.ts';
import { settle, startBenchServer } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import { figure } from '../result.ts';
import type { BenchResult } from '../result.ts';
import { storeDebts } from './debts.ts';

const DEBTS = 1_000_000;
const MEBIBYTE = 1024 * 1024;

const selection = { act: 'place', debtTypes: ['water', 'permit'], minAgeDays: 90, minBalanceMinor: 5_000 };
const STRATEGIES = strategiesSettings.parse([
  {
    ...selection,
    id: 'place',
    requires: ['address'],
    notWhile: ['stop', 'arrangement'],
    recall: { withoutPaymentMonths: 12 },
    oneOf: [
      { connector: 'agency-a', share: 60, capacity: 300_000 },
      { connector: 'agency-b', share: 40 },
    ],
  },
  {
    ...selection,
    id: 'again',
    round: 2,
    oneOf: [
      { connector: 'agency-a', share: 1 },
      { connector: 'agency-b', share: 1 },
    ],
  },
  { ...selection, id: 'report', act: 'report', connectors: ['bureau'] },
]);

/**
 * Looks at what three strategies would do with every debt of an office, beside one statement that reads the balance of
 * each debt and the number of its referrals.
 *
 * @throws Error when a debt is counted twice or not at all
 */
export async function run(debts = DEBTS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const database = await server.open('strategies');
    await storeOffice(database);
    for (const id of ['agency-a', 'agency-b']) await storeConnector(database, id, 'delta');
    await storeDebts(database.owner, debts);
    await settle(database.owner);
    const readMs = await timed(() => readPlainly(database));
    const heapBefore = process.memoryUsage().heapUsed;
    let previews: readonly StrategyPreview[] = [];
    const previewMs = await timed(async () => (previews = await preview(database)));
    const heap = (process.memoryUsage().heapUsed - heapBefore) / MEBIBYTE;
    for (const each of previews) {
      if (each.debts !== debts) throw new Error(`${each.strategyId} looked at ${each.debts} debts of ${debts}`);
    }
    const [place] = previews;
    const note = `${place!.referred.debts} referred, ${place!.recalled.debts} recalled by the first`;
    return {
      title: `Strategies: a preview of three over ${debts.toLocaleString('en')} debts`,
      rows: [
        figure('preview', previewMs / 1000, 's', 1, note),
        figure('preview', debts / (previewMs / 1000), 'debts/s'),
        figure('balances and referrals in one statement', readMs / 1000, 's', 1),
        figure('preview', previewMs / readMs, 'times the statement', 1),
        figure('memory kept', heap, 'MiB', 0, 'before anything is collected'),
      ],
    };
  } finally {
    await server.stop();
  }
}

function preview({ gateway }: BenchDatabase): Promise<StrategyPreview[]> {
  const office = { jurisdictionId: OFFICE, country: 'US', today: TODAY };
  return readOnly(gateway, (manager) => previewStrategies(manager, office, STRATEGIES, 5));
}

function readPlainly({ gateway }: BenchDatabase): Promise<unknown> {
  return rows(
    gateway,
    `select count(*), sum(l.minor), sum(r.n) from cases.debt d
     left join (select debt_id, sum(effect_minor) as minor from cases.ledger_entry group by 1) l on l.debt_id = d.id
     left join (select debt_id, count(*) as n from cases.referral group by 1) r on r.debt_id = d.id`,
  );
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
