import { Inject, Module } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { ArchiveStore } from '../archive/archive-store.js';
import { CommandDesk } from '../commands/command-desk.js';
import { COMMAND_HANDLERS } from '../commands/command-handler.js';
import type { CommandHandler } from '../commands/command-handler.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { DATABASE } from '../database/database.module.js';
import type { OpenDatabase } from '../database/open-database.js';
import { ConnectorsWork } from '../day/connectors-work.js';
import { DayRun } from '../day/day-run.js';
import { LiveWork } from '../day/live-work.js';
import { EVENT_TRANSPORT } from '../events/event-transport.js';
import type { EventTransport } from '../events/event-transport.js';
import { ExchangeEngine } from '../exchanges/exchange-engine.js';
import { InboundRun } from '../exchanges/in/inbound-run.js';
import { OutboundRun } from '../exchanges/out/outbound-run.js';
import { engineTasks } from '../jobs/engine-tasks.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { Clock } from '../platform/clock.js';
import type { DataFolder } from '../platform/data-folder.js';
import {
  ARCHIVE,
  CHECKPOINTS,
  CLOCK,
  CONNECTORS_DATABASE,
  DATA_FOLDER,
  JURISDICTIONS,
  LOG,
  PLUGINS,
} from '../platform/tokens.js';
import { PluginHost } from '../plugin-host/pool.js';
import { LiveProcess } from '../processes/live-process.js';
import { CaseEventsController } from '../positions/case-events.controller.js';
import { commandHandlers } from './command-handlers.js';
import type { Connector } from './connector.js';
import { ConnectorRegistry } from './connector-registry.js';
import { openChannel } from './open-channel.js';
import type { PluginList } from './plugin-list.js';
import { Secrets } from './secrets.js';

/** Two jobs side by side: as many as plugin processes. */
const CONCURRENCY = 2;

/** The connectors' side: it takes events in, keeps positions, and exchanges files. */
@Module({
  controllers: [CaseEventsController],
  providers: [
    {
      provide: ConnectorRegistry,
      inject: [CONNECTORS_DATABASE, PluginHost, PLUGINS, JURISDICTIONS, CLOCK],
      useFactory: (
        exchange: DataSource,
        host: PluginHost,
        { loaded, unusable }: PluginList,
        jurisdictions: readonly Jurisdiction[],
        clock: Clock,
      ) => new ConnectorRegistry(exchange, host, loaded, jurisdictions, clock, unusable),
    },
    {
      provide: ExchangeEngine,
      inject: [
        CONNECTORS_DATABASE,
        ConnectorRegistry,
        PluginHost,
        ARCHIVE,
        FieldCipher,
        CLOCK,
        CHECKPOINTS,
        DATA_FOLDER,
      ],
      useFactory: (
        exchange: DataSource,
        registry: ConnectorRegistry,
        host: PluginHost,
        archive: ArchiveStore,
        cipher: FieldCipher,
        clock: Clock,
        checkpoints: CheckpointListener,
        folder: DataFolder,
      ) => {
        const secrets = new Secrets(folder.secrets);
        const parts = {
          exchange,
          host,
          archive,
          cipher,
          clock,
          checkpoints,
          openChannel: (connector: Connector) => openChannel(registry, secrets, connector),
        };
        const [outbound, inbound] = [new OutboundRun(parts), new InboundRun(parts)];
        return new ExchangeEngine(exchange, registry, host, outbound, inbound, clock, checkpoints);
      },
    },
    {
      provide: JobQueue,
      inject: [DATABASE, ExchangeEngine, LOG],
      useFactory: ({ url, ownerUrl }: OpenDatabase, engine: ExchangeEngine, log: Logger) =>
        new JobQueue({ url, ownerUrl, concurrency: CONCURRENCY, log }, engineTasks(engine)),
    },
    {
      provide: DayRun,
      inject: [CONNECTORS_DATABASE, ConnectorRegistry, ExchangeEngine, JobQueue, EVENT_TRANSPORT, CLOCK],
      useFactory: (
        exchange: DataSource,
        registry: ConnectorRegistry,
        engine: ExchangeEngine,
        jobs: JobQueue,
        transport: EventTransport,
        clock: Clock,
      ) => new DayRun(exchange, registry, engine, jobs, transport, clock),
    },
    { provide: COMMAND_HANDLERS, useFactory: commandHandlers },
    {
      provide: CommandDesk,
      inject: [CONNECTORS_DATABASE, COMMAND_HANDLERS, CLOCK, LOG],
      useFactory: (exchange: DataSource, handlers: readonly CommandHandler[], clock: Clock, log: Logger) =>
        new CommandDesk(exchange, handlers, clock, log),
    },
    {
      provide: LiveProcess,
      inject: [DATABASE, LOG],
      useFactory: ({ url }: OpenDatabase, log: Logger) => new LiveProcess(url, log),
    },
    LiveWork,
    ConnectorsWork,
  ],
  exports: [ConnectorRegistry, ExchangeEngine, JobQueue, DayRun, LiveProcess, ConnectorsWork],
})
export class ConnectorsModule implements OnModuleDestroy {
  constructor(@Inject(JobQueue) private readonly jobs: JobQueue) {}

  async onModuleDestroy(): Promise<void> {
    await this.jobs.stop();
  }
}
