import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { DataFolder } from '../platform/data-folder.js';
import type { Environment } from '../platform/environment.js';
import { OpenedResources } from '../platform/opened-resources.js';
import { CONNECTORS_DATABASE, DATA_FOLDER, ENVIRONMENT, GATEWAY_DATABASE, LOG } from '../platform/tokens.js';
import { connect, migrate } from './connections.js';
import type { Tenant } from './connections.js';
import { openDatabase } from './open-database.js';
import type { OpenDatabase } from './open-database.js';

/** Where the database is, opened and brought up to date. */
export const DATABASE = Symbol('OpenDatabase');

/** A pool of one tenant, which closes with everything else that was opened. */
async function pool({ url }: OpenDatabase, tenant: Tenant, opened: OpenedResources): Promise<DataSource> {
  const source = await connect(url, tenant);
  opened.keep(() => source.destroy());
  return source;
}

/** The database with one pool for each tenant. They close after everything that uses them. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [ENVIRONMENT, DATA_FOLDER, LOG, OpenedResources],
      useFactory: async (environment: Environment, folder: DataFolder, log: Logger, opened: OpenedResources) => {
        const database = await openDatabase(environment, folder, log);
        opened.keep(() => database.close());
        await migrate(database.ownerUrl, database.url);
        return database;
      },
    },
    {
      provide: GATEWAY_DATABASE,
      inject: [DATABASE, OpenedResources],
      useFactory: (database: OpenDatabase, opened: OpenedResources) => pool(database, 'concord_gateway', opened),
    },
    {
      provide: CONNECTORS_DATABASE,
      inject: [DATABASE, OpenedResources],
      useFactory: (database: OpenDatabase, opened: OpenedResources) => pool(database, 'concord_connectors', opened),
    },
  ],
  exports: [DATABASE, GATEWAY_DATABASE, CONNECTORS_DATABASE],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedResources) private readonly opened: OpenedResources) {}

  async onApplicationShutdown(): Promise<void> {
    await this.opened.closeAll();
  }
}
