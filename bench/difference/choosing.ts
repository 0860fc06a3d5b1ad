import type { Connector } from '@concord/core/connectors/connector';
import { openCutoff } from '@concord/core/exchanges/out/open-cutoff';
import { copyAway } from '../database/copy.ts';
import { explain } from '../database/explain.ts';
import type { PlanCost } from '../database/explain.ts';
import { TODAY } from '../database/office.ts';
import type { BenchDatabase } from '../database/server.ts';
import { StatementTimes } from '../database/statement-times.ts';
import type { StatementTime } from '../database/statement-times.ts';

const RUNS = 5;

/** The statements that choose records: each has the exchange's id as its first parameter. */
const CHOOSING = /^\s*insert into exchange\.record\b/;

/** What choosing the difference took beside a COPY of the changed rows, in milliseconds: medians of several runs. */
export interface Measured {
  readonly chosenMs: number;
  readonly copiedMs: number;
  readonly records: number;
  /** The choosing statement that took longest: there is one for each kind of file, and one for entries. */
  readonly costliest: StatementTime;
}

/** A connector, and how many of its positions differ. */
export interface Case {
  readonly connector: Connector;
  readonly changed: number;
}

/**
 * Opens a cutoff of each connector again and again, in turn, and takes it back each time: what else the machine does meets
 * all of them alike.
 *
 * @throws Error when not every change is chosen
 */
export async function measure(database: BenchDatabase, cases: readonly Case[]): Promise<Measured[]> {
  const turns = cases.map((each) => ({
    ...each,
    chosen: [] as number[],
    copied: [] as number[],
    times: new StatementTimes(),
  }));
  // The first turn warms everything up and counts for nothing.
  for (let turn = 0; turn <= RUNS; turn += 1) {
    for (const { connector, changed, chosen, copied, times } of turns) {
      const copyMs = await timed(() => copyAway(database.owner, changedRows(connector.id)));
      if (turn > 0) times.start();
      const chooseMs = await timed(() => open(database, connector));
      times.stop();
      if (turn > 0) {
        copied.push(copyMs);
        chosen.push(chooseMs);
      }
      const records = await takeBack(database, connector.id);
      if (records !== changed) throw new Error(`${connector.id}: ${records} records instead of ${changed}`);
    }
  }
  return turns.map(({ changed, chosen, copied, times }) => {
    // Whatever else belongs to a cutoff may take longer where there is little to choose: a commit waits for the disk.
    const costliest = times.costliest().find(({ statement }) => CHOOSING.test(statement));
    if (costliest === undefined) throw new Error('nothing was measured');
    return { chosenMs: median(chosen), copiedMs: median(copied), records: changed, costliest };
  });
}

function open({ connectors }: BenchDatabase, connector: Connector): Promise<string[]> {
  return openCutoff(connectors, connector, {
    cutoffKey: 'bench',
    first: false,
    businessDate: TODAY,
    correlationId: 'bench',
    at: new Date(),
  });
}

/** What the steps of the costliest statement took, in a run of its own. */
export function costliestSteps(
  { owner }: BenchDatabase,
  connector: Connector,
  { costliest }: Measured,
): Promise<PlanCost[]> {
  const [exchangeId] = costliest.parameters;
  return explain(owner, costliest, () =>
    owner.query(
      `insert into exchange.exchange (id, connector_id, direction, kind, cutoff_key, business_date, settings_version, mode,
         state, correlation_id, started_at)
       values ($1, $2, 'out', 'explained', 'bench', $3, 1, 'on', 'choosing', 'bench', now())`,
      [exchangeId, connector.id, TODAY],
    ),
  );
}

/** What a record takes from its position, by the index that the choosing uses. */
function changedRows(connectorId: string): string {
  return `select id, case_id, judged_version, key, reference, desired_state, desired_amount_minor, desired_content, desired_hash,
    known_content from exchange.position where connector_id = '${connectorId}' and differs`;
}

async function takeBack({ owner }: BenchDatabase, connectorId: string): Promise<number> {
  const cutoff = `select id from exchange.exchange where connector_id = $1 and cutoff_key = 'bench'`;
  const { rowCount } = await owner.query(`delete from exchange.record where exchange_id in (${cutoff})`, [connectorId]);
  await owner.query(`delete from exchange.exchange where connector_id = $1 and cutoff_key = 'bench'`, [connectorId]);
  await owner.query('vacuum exchange.record, exchange.exchange');
  return rowCount ?? 0;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

function median(values: readonly number[]): number {
  const ordered = [...values].sort((a, b) => a - b);
  return ordered[Math.floor(ordered.length / 2)] ?? Number.NaN;
}
