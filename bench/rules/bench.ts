import { jurisdictionCalendar } from '@concord/core/configuration/jurisdiction-calendar';
import type { Connector } from '@concord/core/connectors/connector';
import { judgeAnewWhereChanged } from '@concord/core/connectors/judge-anew';
import { readOnly } from '@concord/core/database/read-only';
import { rows } from '@concord/core/database/sql';
import { systemClock } from '@concord/core/platform/clock';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import { recompute } from '@concord/core/positions/recompute';
import { previewRules } from '@concord/core/rules/rules-preview';
import type { ConnectorEffects } from '@concord/core/rules/rules-preview';
import { JURISDICTIONS, OFFICE, storeConnector, storeOffice, TODAY } from '../database/office.ts';
import { settle, startBenchServer } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import { StatementTimes } from '../database/statement-times.ts';
import { figure } from '../result.ts';
import type { BenchResult } from '../result.ts';
import { storeReportedDebts } from './reported-debts.ts';
import { judgingSpeed } from './speed.ts';

/** Debts that are referred to one bureau; fewer for a quick look. */
const DEBTS = Number(process.env['CONCORD_BENCH_DEBTS'] ?? '1000000');
/** A batch of 500 takes some twenty statements. */
const MOST_STATEMENTS_A_DEBT = 0.1;

/**
 * Judges every debt of an office for one act: as it is done after a change of the rules, as a preview does it, and without a
 * database beside calls of a function that returns a constant.
 *
 * @throws Error when a debt is not judged, or judging costs a query a debt
 */
export async function run(debts = DEBTS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const database = await server.open('rules');
    await storeOffice(database);
    const bureau = asItWorks(await storeConnector(database, 'bureau', 'replace'));
    await storeReportedDebts(database.owner, bureau, debts);
    await settle(database.owner);
    const speed = await judgingSpeed(database, bureau, debts);
    const previewed = await measured(() => preview(database, bureau, debts));
    const marked = await measured(() => markAll(database, bureau, debts));
    const judged = await measured(() => judgeAll(database, bureau, debts));
    const rulesPerSecond = speed.calls / (speed.judgingMs / 1000);
    const perDebt = (speed.calls / speed.debts).toFixed(1);
    return {
      title: `Rules: ${debts.toLocaleString('en')} debts judged for one act`,
      rows: [
        figure('rules asked', rulesPerSecond, 'rules/s', 0, `${perDebt} a debt, with stops and the referral`),
        figure('debts judged, nothing read or written', speed.debts / (speed.judgingMs / 1000), 'debts/s'),
        figure('calls of a function that returns a constant', speed.calls / (speed.constantMs / 1000), 'calls/s'),
        figure('rules asked', speed.judgingMs / speed.constantMs, 'times as long as the calls', 1),
        figure('marked to be judged anew', marked.seconds, 's', 1, 'by a start with other rules'),
        figure('full re-judgement', judged.seconds, 's', 1, 'read, judged and written; no plugin'),
        figure('full re-judgement', debts / judged.seconds, 'debts/s'),
        figure('full re-judgement', judged.statements / debts, 'statements a debt', 4, 'at most 0.1'),
        figure('preview of other numbers', previewed.seconds, 's', 1),
        figure('preview of other numbers', previewed.statements / debts, 'statements a debt', 4, 'at most 0.1'),
      ],
    };
  } finally {
    await server.stop();
  }
}

/** With what judging reads beside what is stored. */
function asItWorks(stored: Connector): Connector {
  const calendar = jurisdictionCalendar(JURISDICTIONS[0]!, systemClock);
  const schedule = { every: 'month', on: 'last-business-day', at: '18:00' } as const;
  return { ...stored, calendar, officeCalendar: calendar, body: { settings: {}, schedule } as Connector['body'] };
}

interface Measured {
  readonly seconds: number;
  readonly statements: number;
}

async function measured(work: () => Promise<number>): Promise<Measured> {
  const times = new StatementTimes();
  times.start();
  const start = performance.now();
  try {
    const debts = await work();
    const seconds = (performance.now() - start) / 1000;
    const statements = times.costliest().reduce((sum, { runs }) => sum + runs, 0);
    if (statements > debts * MOST_STATEMENTS_A_DEBT + 100) {
      throw new Error(`${statements} statements for ${debts} debts`);
    }
    return { seconds, statements };
  } finally {
    times.stop();
  }
}

/** What a plugin would want of a debt: that it is reported with what is owed. A real one answers from its own process. */
const wanting: Pick<PluginHost, 'desire'> = {
  desire: (_plugin, _settings, _date, batch) =>
    Promise.resolve(
      batch.map(({ debt: { debt, ledger } }) => [
        { key: '', state: 'active', reference: debt.number, amountMinor: ledger.balanceMinor, content: {} },
      ]),
    ),
};

async function markAll({ connectors }: BenchDatabase, { id }: Connector, debts: number): Promise<number> {
  await connectors.transaction((manager) => judgeAnewWhereChanged(manager, id, 'other rules'));
  return debts;
}

async function judgeAll({ connectors }: BenchDatabase, bureau: Connector, debts: number): Promise<number> {
  const dates = { asOf: TODAY, bookedOn: TODAY };
  const judged = await recompute(connectors, wanting as PluginHost, bureau, dates);
  const [left] = await rows<{ n: number }>(
    connectors,
    'select count(*) as n from exchange.look where connector_id = $1 and due_on <= $2',
    [bureau.id, TODAY],
  );
  if (judged !== debts || left?.n !== 0) throw new Error(`${judged} debts judged of ${debts}, ${left?.n} still due`);
  return judged;
}

async function preview({ gateway }: BenchDatabase, { judging }: Connector, debts: number): Promise<number> {
  const dates = { effectiveFrom: null, effectiveTo: null };
  const longer = { ...dates, rule: 'US-REGF-01', jurisdiction: OFFICE, values: { waitDays: 90 } };
  const comparison = { on: TODAY, present: judging, proposed: { ...judging, overrides: [longer] } };
  const previews = await readOnly(gateway, (manager) => previewRules(manager, OFFICE, comparison, 5));
  const counted = countOf(previews);
  if (counted !== debts) throw new Error(`${counted} debts counted of ${debts}`);
  return counted;
}

function countOf(previews: readonly ConnectorEffects[]): number {
  return previews.flatMap(({ effects }) => effects).reduce((sum, each) => sum + each.debts, 0);
}
