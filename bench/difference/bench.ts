import { figure } from '../result.ts';
import type { BenchResult, BenchRow } from '../result.ts';
import { storeConnector, storeOffice } from '../database/office.ts';
import { settle, startBenchServer } from '../database/server.ts';
import type { BenchDatabase } from '../database/server.ts';
import { costliestSteps, measure } from './choosing.ts';
import type { Measured } from './choosing.ts';
import { changeEvery, storePositions } from './positions.ts';

/** Positions of the connector; fewer for a quick look: a multiple of 2,000. */
const POSITIONS = Number(process.env['CONCORD_BENCH_POSITIONS'] ?? '1000000');
/** Once more with a tenth of the positions. */
const FEWER = 10;
const ONE_IN_A_HUNDRED = 100;
const ONE_IN_TWENTY = 20;
const STEPS = 8;

/**
 * Finds what partners must be told among positions of which nearly all are right, beside a COPY of the changed rows, and
 * among a tenth as many. Ratios are of one run on one machine.
 *
 * @throws Error when a change is not chosen
 */
export async function run(positions = POSITIONS): Promise<BenchResult> {
  const server = await startBenchServer();
  try {
    const database = await server.open('positions');
    await storeOffice(database);
    const rows: BenchRow[] = [];
    for (const update of ['delta', 'replace'] as const) rows.push(...(await ofKind(database, update, positions)));
    await database.close();
    return {
      title: `Difference: what changed among ${positions.toLocaleString('en')} positions of one connector`,
      rows,
    };
  } finally {
    await server.stop();
  }
}

async function ofKind(database: BenchDatabase, update: 'delta' | 'replace', positions: number): Promise<BenchRow[]> {
  const { owner } = database;
  const changed = positions / ONE_IN_A_HUNDRED;
  const many = await storeConnector(database, `${update}-many`, update);
  await storePositions(owner, many, positions);
  const few = await storeConnector(database, `${update}-few`, update);
  await storePositions(owner, few, positions / FEWER);
  await changeEvery(owner, many, ONE_IN_A_HUNDRED);
  await changeEvery(owner, few, ONE_IN_A_HUNDRED / FEWER);
  await settle(owner);
  const [amongFew, oneInAHundred] = await measure(database, [
    { connector: few, changed },
    { connector: many, changed },
  ]);
  if (!amongFew || !oneInAHundred) throw new Error('nothing was measured');
  const steps = await costliestSteps(database, many, oneInAHundred);
  await changeEvery(owner, many, ONE_IN_TWENTY);
  await settle(owner);
  const [oneInTwenty] = await measure(database, [{ connector: many, changed: positions / ONE_IN_TWENTY }]);
  if (!oneInTwenty) throw new Error('nothing was measured');
  const whole = steps.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  const beside = (share: string, { chosenMs, copiedMs, records }: Measured): BenchRow[] => [
    figure(`${update}, ${share} changed: chosen`, chosenMs, 'ms', 1, `${records.toLocaleString('en')} records`),
    figure(`${update}, ${share} changed: COPY`, copiedMs, 'ms', 1, 'the changed rows, read to the end'),
    figure(`${update}, ${share} changed: chosen`, chosenMs / copiedMs, 'times COPY', 2, 'at most 5 is wanted'),
  ];
  return [
    ...beside('1 %', oneInAHundred),
    ...beside('5 %', oneInTwenty),
    figure(`${update}, 1 % as many among a tenth: chosen`, amongFew.chosenMs, 'ms', 1),
    figure(
      `${update}, ten times the positions`,
      oneInAHundred.chosenMs / amongFew.chosenMs,
      'times as long',
      2,
      'with as many changed; at most 1.2 is wanted',
    ),
    ...steps
      .slice(0, STEPS)
      .map(({ step, milliseconds }) =>
        figure(`  ${step}`, (milliseconds / whole) * 100, '% of the choosing statement', 1),
      ),
  ];
}
