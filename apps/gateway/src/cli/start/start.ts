import { writeFile } from 'node:fs/promises';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import { WORK } from '@concord/core/day/work';
import type { Work } from '@concord/core/day/work';
import type { DayResult } from '@concord/core/day/run-day';
import { latestCommonBusinessDay } from '@concord/core/configuration/office-date';
import { systemClock } from '@concord/core/platform/clock';
import { readEnvironment } from '@concord/core/platform/environment';
import { JURISDICTIONS } from '@concord/core/platform/tokens';
import { serveControl } from '../control/control-server.js';
import { openInstance, unlessStopped } from '../instance.js';
import type { Instance } from '../instance.js';
import { importDebts } from '../operations/import-debts.js';
import { runDay } from '../operations/run-day.js';
import { dayTable } from '../render/day.js';
import { ROOT } from '../root.js';
import { actor, note, print, ProgressDisplay } from '../terminal.js';
import { demoFiles } from './demo-cases.js';
import { takeInHistory } from './demo-history.js';
import { demonstrationFolder } from './demonstration.js';
import { unconfirmedLines } from './unconfirmed.js';

export interface StartOptions {
  /** Ends after the day. */
  readonly once?: boolean;
  /** Where the day's report is written as JSON. */
  readonly report?: string;
  readonly date?: string;
  /** Without simulated partners and made-up cases. */
  readonly empty?: boolean;
}

/**
 * Runs everything in this process: the embedded database, simulated partners and made-up cases unless told otherwise, one
 * business day, and then the API until it is stopped. With Kafka, the gateway's half of it, and a day only when told to.
 *
 * @returns the exit code: 1 when some connector's work could not be done
 */
export async function start(options: StartOptions): Promise<number> {
  const environment = readEnvironment(ROOT);
  const instance = await openInstance(environment, {
    works: true,
    empty: options.empty ?? false,
  });
  unconfirmedLines(instance.notices).forEach(note);
  try {
    const server = await serveControl(instance.app, instance.folder.socket, instance.log);
    if (!options.once) await instance.app.listen(environment.port, '127.0.0.1');
    // A gateway of its own may be started at any time of the day: it runs one only when it is told to.
    const runsDay = environment.kafka === null || options.once === true || options.date !== undefined;
    const { failures } = runsDay ? await unlessStopped(instance, firstDay(instance, options)) : { failures: [] };
    if (!options.once) {
      if (environment.schedules === 'clock') instance.app.get<Work>(WORK).actByTheClock();
      await untilStopped(instance);
    }
    server.close();
    return failures.length > 0 ? 1 : 0;
  } finally {
    await instance.close();
  }
}

async function firstDay(instance: Instance, options: StartOptions): Promise<DayResult> {
  const progress = new ProgressDisplay();
  try {
    if (instance.demonstration) {
      const jurisdictions = instance.app.get<readonly Jurisdiction[]>(JURISDICTIONS);
      await takeInDemo(instance, options.date ?? latestCommonBusinessDay(jurisdictions, systemClock), progress);
    }
    const parameters = { date: options.date ?? null, jurisdictionId: null, actor: actor() };
    const result = await runDay.run(instance.app, parameters, progress.show);
    progress.stop();
    await tell(result, options.report);
    return result;
  } finally {
    progress.stop();
  }
}

async function takeInDemo(instance: Instance, asOf: string, progress: ProgressDisplay): Promise<void> {
  for (const { jurisdictionId, path, history } of await demoFiles(demonstrationFolder(instance.folder), asOf)) {
    const parameters = { path, jurisdictionId, actor: actor() };
    const show = ({ done, of }: { done: number; of: number }): void =>
      progress.show({ step: `Taking in made-up cases of ${jurisdictionId}`, done, of });
    const { faulty, before } = await importDebts.run(instance.app, parameters, show);
    if (faulty > 0) note(`${jurisdictionId}: ${faulty} made-up rows could not be taken in`);
    await takeInHistory(instance.app, { jurisdictionId, path: history, again: before, actor: actor() });
  }
  progress.stop();
}

async function tell({ report, failures }: DayResult, reportFile: string | undefined): Promise<void> {
  print(dayTable(report));
  failures.forEach((failure) => note(failure));
  if (reportFile !== undefined) await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
}

async function untilStopped({ app, stopRequested }: Instance): Promise<void> {
  const url = await app.getUrl();
  note(`The API listens on ${url}/api/v1, its description is at ${url}/api/docs`);
  note('Press Ctrl-C to stop.');
  await stopRequested;
}
