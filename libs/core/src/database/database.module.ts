import { Inject, Module } from '@nestjs/common';
import type { DynamicModule, OnApplicationShutdown, Provider } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { DataFolder } from '../platform/data-folder.js';
import type { Environment } from '../platform/environment.js';
import type { Half } from '../platform/halves.js';
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

const POOLS: Readonly<Record<Half, Provider>> = {
  gateway: {
    provide: GATEWAY_DATABASE,
    inject: [DATABASE, OpenedResources],
    useFactory: (database: OpenDatabase, opened: OpenedResources) => pool(database, 'concord_gateway', opened),
  },
  connectors: {
    provide: CONNECTORS_DATABASE,
    inject: [DATABASE, OpenedResources],
    useFactory: (database: OpenDatabase, opened: OpenedResources) => pool(database, 'concord_connectors', opened),
  },
};

const TENANT_OF: Readonly<Record<Half, Tenant>> = { gateway: 'concord_gateway', connectors: 'concord_connectors' };

const server = (halves: readonly Half[]): Provider => ({
  provide: DATABASE,
  inject: [ENVIRONMENT, DATA_FOLDER, LOG, OpenedResources],
  useFactory: async (environment: Environment, folder: DataFolder, log: Logger, opened: OpenedResources) => {
    const database = await openDatabase(environment, folder, log);
    opened.keep(() => database.close());
    await migrate(
      database.ownerUrl,
      database.url,
      halves.map((half) => TENANT_OF[half]),
    );
    return database;
  },
});

/** The database with one pool for each half that this process holds. They close after everything that uses them. */
@Module({})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(@Inject(OpenedResources) private readonly opened: OpenedResources) {}

  static forHalves(halves: readonly Half[]): DynamicModule {
    const pools = halves.map((half) => POOLS[half]);
    const opened = server(halves);
    return { module: DatabaseModule, global: true, providers: [opened, ...pools], exports: [opened, ...pools] };
  }

  async onApplicationShutdown(): Promise<void> {
    await this.opened.closeAll();
  }
}
