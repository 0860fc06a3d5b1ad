import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Pumps } from '@concord/core/day/pumps';
import { openDataFolder } from '@concord/core/platform/data-folder';
import type { DataFolder } from '@concord/core/platform/data-folder';
import type { Environment } from '@concord/core/platform/environment';
import { Refusal } from '@concord/core/platform/errors';
import { lockFolder } from '@concord/core/platform/folder-lock';
import { openLog } from '@concord/core/platform/log';
import type { Logger } from 'pino';
import { pino } from 'pino';
import { openApplication } from '../open-application.js';

/** Concord in this process: it holds the lock of its data folder until it closes. */
export interface Instance {
  readonly app: NestFastifyApplication;
  readonly folder: DataFolder;
  readonly log: Logger;
  close(): Promise<void>;
}

/**
 * Opens Concord on its data folder. Its log is a file there, because standard output carries data only.
 *
 * @param work whether it only looks, carries out what it is asked for, or also acts when dates come by themselves
 * @throws Refusal `already-running` while another process has the folder open
 */
export async function openInstance(
  environment: Environment,
  work: 'none' | 'when-asked' | 'by-the-clock',
  onNotice: (line: string) => void,
): Promise<Instance> {
  const folder = await openDataFolder(environment.dataFolder);
  const lock = await lockFolder(folder.lockFile);
  if (!lock) throw new Refusal('already-running', `another Concord is running on ${folder.root}`);
  const log = openLog(environment.logLevel, pino.destination({ dest: join(folder.root, 'concord.log'), sync: true }));
  try {
    const app = await openApplication(environment, log);
    if (work !== 'none') {
      for (const notice of await app.get(Pumps).start(work === 'by-the-clock')) {
        log.info(notice, 'connector');
        if (notice.kind === 'drift') onNotice(`${notice.connectorId}: ${notice.message}`);
      }
    }
    return {
      app,
      folder,
      log,
      close: async () => {
        await app.close();
        await lock.release();
      },
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}
