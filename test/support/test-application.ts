import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { loadKeyRing } from '@concord/core/crypto/key-file';
import { readEnvironment } from '@concord/core/platform/environment';
import { openLog } from '@concord/core/platform/log';
import { openApplication } from '../../apps/gateway/src/open-application.js';
import { openTestDatabase } from './test-database.js';
import type { TestDatabase } from './test-database.js';

const REPOSITORY = join(import.meta.dirname, '../..');

/** The whole application over a test database, without its pumps: nothing happens that no request asks for. */
export interface TestApplication {
  readonly app: NestFastifyApplication;
  readonly database: TestDatabase;
  close(): Promise<void>;
}

export async function openTestApplication(): Promise<TestApplication> {
  const database = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'concord-application-'));
  await loadKeyRing({ env: {}, dataFolder: folder, createIfMissing: true });
  const environment = readEnvironment(REPOSITORY, {
    CONCORD_DATA: folder,
    DATABASE_URL: database.url,
    LOG_LEVEL: 'silent',
  });
  const app = await openApplication(environment, openLog('silent', { write: () => undefined }));
  await app.getHttpAdapter().getInstance().ready();
  return {
    app,
    database,
    close: async () => {
      await app.close();
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
