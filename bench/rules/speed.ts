import type { DebtSnapshot } from '@concord/plugin-sdk';
import type { Connector } from '@concord/core/connectors/connector';
import { rows } from '@concord/core/database/sql';
import { readSnapshots } from '@concord/core/positions/read-snapshots';
import { judge, rulesAsked } from '@concord/core/rules/domain/judge';
import { PASS } from '@concord/core/rules/domain/rule';
import type { Verdict } from '@concord/core/rules/domain/rule';
import { TODAY } from '../database/office.ts';
import type { BenchDatabase } from '../database/server.ts';

const SAMPLE = 10_000;
const PAGE = 500;

/** What judging takes while nothing is read or written. */
export interface JudgingSpeed {
  readonly debts: number;
  /** How often a rule was asked. */
  readonly calls: number;
  readonly judgingMs: number;
  /** As many calls of a function that returns a constant. */
  readonly constantMs: number;
}

/** Judges so many debts, the same ones again and again, beside as many calls of a function as rules were asked. */
export async function judgingSpeed(
  database: BenchDatabase,
  connector: Connector,
  count: number,
): Promise<JudgingSpeed> {
  const sample = await readSample(database, connector);
  const rounds = Math.ceil(count / sample.length);
  const callsOf = (debt: DebtSnapshot): number => rulesAsked(debt, connector.act, TODAY, connector.judging).length;
  const calls = rounds * sample.reduce((sum, debt) => sum + callsOf(debt), 0);
  const work = (): number => sample.reduce((sum, debt) => sum + said(debt, connector), 0);
  work();
  const judgingMs = timed(() => {
    for (let round = 0; round < rounds; round += 1) work();
  });
  const constantMs = timed(() => {
    let sum = 0;
    for (let call = 0; call < calls; call += 1) sum += constant(sample[call % sample.length]).length;
    if (sum !== 0) throw new Error('a constant changed');
  });
  return { debts: rounds * sample.length, calls, judgingMs, constantMs };
}

function said(debt: DebtSnapshot, { act, judging }: Connector): number {
  return judge(debt, act, TODAY, judging).reasons.length;
}

function constant(_debt: DebtSnapshot | undefined): Verdict {
  return PASS;
}

async function readSample({ connectors }: BenchDatabase, { id }: Connector): Promise<DebtSnapshot[]> {
  const found = await rows<{ id: string }>(
    connectors,
    'select debt_id as id from cases_v1.referral where connector_id = $1 order by debt_id limit $2',
    [id, SAMPLE],
  );
  const sample: DebtSnapshot[] = [];
  for (let from = 0; from < found.length; from += PAGE) {
    const ids = found.slice(from, from + PAGE).map((each) => each.id);
    sample.push(...(await readSnapshots(connectors, id, ids, TODAY)));
  }
  return sample;
}

function timed(work: () => void): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}
