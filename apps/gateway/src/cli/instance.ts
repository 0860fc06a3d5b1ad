import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { requireJurisdictions } from '@concord/core/configuration/jurisdiction-file';
import type { ConnectorNotice } from '@concord/core/connectors/connector-registry';
import { WORK } from '@concord/core/day/work';
import type { Work } from '@concord/core/day/work';
import { openDataFolder } from '@concord/core/platform/data-folder';
import type { DataFolder } from '@concord/core/platform/data-folder';
import type { Environment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { lockFolder } from '@concord/core/platform/folder-lock';
import { openLog } from '@concord/core/platform/log';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { openApplication } from '../open-application.js';
import { isDemonstration } from './start/demonstration.js';
import { startSimulators } from './start/simulators.js';
import type { Simulators } from './start/simulators.js';
import { note } from './terminal.js';

/** Concord in this process: it holds the lock of its data folder until it closes. */
export interface Instance {
  readonly app: NestFastifyApplication;
  readonly folder: DataFolder;
  readonly log: Logger;
  /** Whether the folder holds made-up cases and its partners are simulated. */
  readonly demonstration: boolean;
  /** What there is to say about the connectors; empty where nothing works. */
  readonly notices: readonly ConnectorNotice[];
  /** Settles when the person or the system asks this process to stop. */
  readonly stopRequested: Promise<void>;
  close(): Promise<void>;
}

export interface InstanceOptions {
  /** Whether it publishes events and carries out jobs and days, or only looks. */
  readonly works: boolean;
  /** A new folder stays without simulated partners and made-up cases. */
  readonly empty?: boolean;
}

/**
 * Opens Concord on its data folder. Its log is a file there, because standard output carries data only.
 *
 * @throws Refusal `already-running` while another process has the folder open
 */
export async function openInstance(environment: Environment, options: InstanceOptions): Promise<Instance> {
  const folder = await openDataFolder(environment.dataFolder);
  const lock = await lockFolder(folder.lockFile);
  if (!lock) throw new Refusal('already-running', `another Concord is running on ${folder.root}`);
  const signals = catchSignals();
  const log = openLog(environment.logLevel, pino.destination({ dest: join(folder.root, 'concord.log'), sync: true }));
  let simulators: Simulators | null = null;
  let app: NestFastifyApplication | null = null;
  try {
    const demonstration = await isDemonstration(folder, environment, options.empty ?? false);
    // Simulators come first: connectors look up where they listen.
    if (demonstration && options.works) {
      simulators = await startSimulators(folder, await requireJurisdictions(environment.configFolder));
    }
    const opened = (app = await openApplication(environment, log));
    const notices = options.works ? await opened.get<Work>(WORK).start() : [];
    for (const notice of notices) {
      log.info(notice, 'connector');
      if (['drift', 'unusable', 'stopped'].includes(notice.kind)) note(`${notice.connectorId}: ${notice.message}`);
    }
    return {
      app: opened,
      folder,
      log,
      demonstration,
      notices,
      stopRequested: signals.caught,
      close: async () => {
        await opened.close();
        await simulators?.stop();
        await lock.release();
        signals.release();
      },
    };
  } catch (error) {
    await app?.close();
    await simulators?.stop();
    await lock.release();
    signals.release();
    throw error;
  }
}

/** Being asked to stop must not end the process before its database, its jobs and its lock are put away. */
function catchSignals(): { readonly caught: Promise<void>; release(): void } {
  let caught!: () => void;
  const promise = new Promise<void>((resolve) => (caught = resolve));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  signals.forEach((signal) => process.on(signal, caught));
  return { caught: promise, release: () => signals.forEach((signal) => process.off(signal, caught)) };
}

/** Ends the wait for some work when this process is asked to stop. The work itself is put away by closing. */
export async function unlessStopped<T>(instance: Instance, work: Promise<T>): Promise<T> {
  work.catch(() => undefined);
  const stopped = instance.stopRequested.then((): never => {
    throw new Refusal('interrupted', 'stopped before it was done; the same command again goes on');
  });
  return Promise.race([work, stopped]);
}
