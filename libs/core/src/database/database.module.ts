import { Global, Inject, Module } from '@nestjs/common';
import type { OnApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { DataFolder } from '../platform/data-folder.js';
import type { Environment } from '../platform/environment.js';
import { CONNECTORS_DATABASE, DATA_FOLDER, ENVIRONMENT, GATEWAY_DATABASE, LOG } from '../platform/tokens.js';
import { connect, migrate } from './connections.js';
import { openDatabase } from './open-database.js';
import type { OpenDatabase } from './open-database.js';

/** Where the database is, opened and brought up to date. */
export const DATABASE = Symbol('OpenDatabase');

/** The database with one pool for each tenant. They close after everything that uses them. */
@Global()
@Module({
  providers: [
    {
      provide: DATABASE,
      inject: [ENVIRONMENT, DATA_FOLDER, LOG],
      useFactory: async (environment: Environment, folder: DataFolder, log: Logger): Promise<OpenDatabase> => {
        const database = await openDatabase(environment, folder, log);
        await migrate(database.ownerUrl);
        return database;
      },
    },
    {
      provide: GATEWAY_DATABASE,
      inject: [DATABASE],
      useFactory: ({ url }: OpenDatabase) => connect(url, 'concord_gateway'),
    },
    {
      provide: CONNECTORS_DATABASE,
      inject: [DATABASE],
      useFactory: ({ url }: OpenDatabase) => connect(url, 'concord_connectors'),
    },
  ],
  exports: [DATABASE, GATEWAY_DATABASE, CONNECTORS_DATABASE],
})
export class DatabaseModule implements OnApplicationShutdown {
  constructor(
    @Inject(DATABASE) private readonly database: OpenDatabase,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CONNECTORS_DATABASE) private readonly connectors: DataSource,
  ) {}

  async onApplicationShutdown(): Promise<void> {
    await Promise.all([this.gateway.destroy(), this.connectors.destroy()]);
    await this.database.close();
  }
}
