import type { BenchDatabase } from '../database/server.ts';
import type { Committed, Pace } from './changes-process.ts';
import type { Expected, TakenIn } from './connectors-process.ts';
import { Part } from './part.ts';
import { CHANGED_CASES } from './referred-debts.ts';
import type { Side } from './side.ts';

const PER_SECOND = 200;
const SECONDS = 30;
const CASES = 2_000;

/** From just before a change's commit to just after that of the look at its debts, in milliseconds. */
export interface Latency {
  readonly changes: number;
  /** What was asked for, and what the machine had time for. */
  readonly perSecond: number;
  readonly committedPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
}

/**
 * Commits changes at an even pace while both sides do their work with the pauses that they have in production.
 *
 * @throws Error when a change was not taken in
 */
export async function measureLatency({ owner }: BenchDatabase, side: Side): Promise<Latency> {
  const { rows: cases } = await owner.query<Pace['cases'][number]>(
    `select id, debt_id from ${CHANGED_CASES} c order by md5(id::text) limit ${CASES}`,
  );
  const changes = PER_SECOND * SECONDS;
  const connectors = await Part.start<TakenIn>('connectors-process', {
    ...side,
    ...({ events: changes, timed: true } satisfies Expected),
  });
  const gateway = await Part.start<Committed>('changes-process', {
    ...side,
    ...({ cases, perSecond: PER_SECOND, changes } satisfies Pace),
  });
  try {
    const takenIn = connectors.work();
    const committed = await gateway.work();
    const taken = new Map((await takenIn).result.times);
    const waits = committed.result.times.map(([change, at]) => {
      const applied = taken.get(change);
      if (applied === undefined) throw new Error(`the change ${change} was not taken in`);
      return applied - at;
    });
    waits.sort((a, b) => a - b);
    const share = (part: number): number => waits[Math.min(waits.length - 1, Math.floor(waits.length * part))]!;
    const commits = committed.result.times.map(([, at]) => at).sort((a, b) => a - b);
    const committedPerSecond = (changes - 1) / ((commits.at(-1)! - commits[0]!) / 1000);
    return { changes, perSecond: PER_SECOND, committedPerSecond, p50: share(0.5), p99: share(0.99), most: share(1) };
  } finally {
    await Promise.all([gateway.end(), connectors.end()]);
  }
}
