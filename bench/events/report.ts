import { figure } from '../result.ts';
import type { BenchResult, BenchRow } from '../result.ts';
import type { Bulk } from './bulk.ts';
import type { Latency } from './latency.ts';
import type { PartReport } from './part-process.ts';
import type { ServerSeconds } from './server-times.ts';

const STATEMENTS = 4;

export interface Measured {
  readonly events: number;
  readonly bare: readonly Bulk[];
  readonly applied: Bulk;
  readonly servers: ServerSeconds;
  readonly latency: Latency;
}

export function report({ events, bare, applied, servers, latency }: Measured): BenchResult {
  const bareSeconds = bare.reduce((sum, { seconds }) => sum + seconds, 0) / bare.length;
  const each = bare.map(({ seconds }) => seconds.toFixed(1)).join(' s and ');
  return {
    title: `Events: ${events.toLocaleString('en')} case changes, from the outbox over Kafka to the connectors`,
    rows: [
      figure('applied', events / applied.seconds, 'events/s', 0, `${applied.seconds.toFixed(1)} s, two processes`),
      figure('bare producer and consumer', events / bareSeconds, 'events/s', 0, `${each}, two processes`),
      figure('applied', bareSeconds / applied.seconds, 'of bare', 2, 'at least 0.5 is wanted'),
      ...processor(applied, servers),
      ...statements('relay', applied.producing, applied.seconds),
      ...statements('connectors', applied.consuming, applied.seconds),
      figure(
        `${latency.perSecond} changes a second, to the look: p50`,
        latency.p50,
        'ms',
        0,
        `${latency.changes} changes, ${Math.round(latency.committedPerSecond)} a second were committed`,
      ),
      figure('  p99', latency.p99, 'ms', 0, 'below 250 is wanted'),
      figure('  most', latency.most, 'ms'),
    ],
  };
}

/** What each process took of a processor while the events were applied. */
function processor(applied: Bulk, { postgres, broker }: ServerSeconds): BenchRow[] {
  const parts: readonly [string, number | null][] = [
    ['relay', applied.producing.cpuSeconds],
    ['connectors', applied.consuming.cpuSeconds],
    ['PostgreSQL', postgres],
    ['broker', broker],
  ];
  return parts.flatMap(([name, seconds]) =>
    seconds === null
      ? []
      : [
          figure(
            `  processor time: ${name}`,
            (seconds / applied.seconds) * 100,
            '% of one',
            0,
            `${seconds.toFixed(1)} s`,
          ),
        ],
  );
}

/** The costliest statements of a part. Several run side by side: their shares may be more than the whole. */
function statements(part: string, { statements: all }: PartReport<unknown>, seconds: number): BenchRow[] {
  return all
    .slice(0, STATEMENTS)
    .map((each) =>
      figure(
        `  ${part}: ${inShort(each.statement)}`,
        (each.seconds / seconds) * 100,
        '% of the time',
        1,
        `${each.runs} runs, ${each.seconds.toFixed(1)} s`,
      ),
    );
}

/** Statements by what only they say; the first that fits. */
const STEPS: readonly [says: string, step: string][] = [
  ['outbox_lane', 'taking events out'],
  ['exchange.case_seen', 'inbox'],
  ['insert into exchange.look', 'looks'],
];

function inShort(statement: string): string {
  return STEPS.find(([says]) => statement.includes(says))?.[1] ?? statement.trim().slice(0, 40).toLowerCase();
}
