import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { loadJurisdictions } from '@concord/core/configuration/jurisdiction-file';
import type { Jurisdiction } from '@concord/core/configuration/jurisdiction-file';
import type { DayResult } from '@concord/core/day/run-day';
import { latestCommonBusinessDay } from '@concord/core/day/office-date';
import { systemClock } from '@concord/core/platform/clock';
import { openDataFolder } from '@concord/core/platform/data-folder';
import { readEnvironment } from '@concord/core/platform/environment';
import type { Environment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { serveControl } from '../control/control-server.js';
import { openInstance } from '../instance.js';
import type { Instance } from '../instance.js';
import { importDebts } from '../operations/import-debts.js';
import { runDay } from '../operations/run-day.js';
import { dayTable } from '../render/day.js';
import { ROOT } from '../root.js';
import { actor, note, print, ProgressDisplay } from '../terminal.js';
import { demoFiles } from './demo-cases.js';
import { startSimulators } from './simulators.js';
import type { Simulators } from './simulators.js';

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
 * business day, and then the API until it is stopped.
 *
 * @returns the exit code: 1 when some connector's work could not be done
 */
export async function start(options: StartOptions): Promise<number> {
  const environment = readEnvironment(ROOT);
  const demo = wantsDemo(options, environment);
  const jurisdictions = await readJurisdictions(environment);
  const folder = await openDataFolder(environment.dataFolder);
  const progress = new ProgressDisplay();
  // Simulators come first: connectors look up where they listen.
  const simulators: Simulators | null = demo ? await startSimulators(folder, jurisdictions) : null;
  try {
    const instance = await openInstance(environment, options.once ? 'when-asked' : 'by-the-clock', note);
    try {
      const server = await serveControl(instance.app, folder.socket, instance.log);
      if (!options.once) await instance.app.listen(environment.port, '127.0.0.1');
      if (demo)
        await takeInDemo(
          instance,
          join(folder.root, 'demo'),
          options.date ?? latestCommonBusinessDay(jurisdictions, systemClock),
          progress,
        );
      const result = await runDay.run(
        instance.app,
        { date: options.date ?? null, jurisdictionId: null, actor: actor() },
        progress.show,
      );
      progress.stop();
      await tell(result, options.report);
      if (!options.once) await untilStopped(environment);
      server.close();
      return result.failures.length > 0 ? 1 : 0;
    } finally {
      progress.stop();
      await instance.close();
    }
  } finally {
    await simulators?.stop();
  }
}

/** Simulated partners and made-up cases never meet a real database, and never run in production. */
function wantsDemo({ empty }: StartOptions, { databaseUrl }: Environment): boolean {
  return !empty && databaseUrl === null && process.env['NODE_ENV'] !== 'production';
}

async function readJurisdictions({ configFolder }: Environment): Promise<readonly Jurisdiction[]> {
  const result = await loadJurisdictions(join(configFolder, 'jurisdictions'));
  if (result.ok) return result.jurisdictions;
  const [first] = result.faults;
  throw new Refusal('configuration', `${first?.file}: ${first?.path} ${first?.reason}`);
}

async function takeInDemo(instance: Instance, folder: string, asOf: string, progress: ProgressDisplay): Promise<void> {
  for (const { jurisdictionId, path } of await demoFiles(folder, asOf)) {
    const parameters = { path, jurisdictionId, actor: actor() };
    const show = ({ done, of }: { done: number; of: number }): void =>
      progress.show({ step: `Taking in made-up cases of ${jurisdictionId}`, done, of });
    const { faulty } = await importDebts.run(instance.app, parameters, show);
    if (faulty > 0) note(`${jurisdictionId}: ${faulty} made-up rows could not be taken in`);
  }
  progress.stop();
}

async function tell({ report, failures }: DayResult, reportFile: string | undefined): Promise<void> {
  print(dayTable(report));
  failures.forEach((failure) => note(failure));
  if (reportFile !== undefined) await writeFile(reportFile, `${JSON.stringify(report, null, 2)}\n`);
}

async function untilStopped({ port }: Environment): Promise<void> {
  note(`The API listens on http://127.0.0.1:${port}/api/v1, its description is at http://127.0.0.1:${port}/api/docs`);
  note('Press Ctrl-C to stop.');
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve);
    process.once('SIGTERM', resolve);
  });
}
