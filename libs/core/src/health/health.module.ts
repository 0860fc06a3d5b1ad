import { Module } from '@nestjs/common';
import type { DynamicModule, Provider, Type } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { EVENT_TRANSPORT } from '../events/event-transport.js';
import type { EventTransport } from '../events/event-transport.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Half } from '../platform/halves.js';
import { CONNECTORS_DATABASE, GATEWAY_DATABASE } from '../platform/tokens.js';
import { LiveProcess } from '../processes/live-process.js';
import { HealthController } from './health.controller.js';
import { adverseOutputCheck, databaseCheck, eventsCheck, HEALTH_CHECKS, jobsCheck } from './health-checks.js';

const OF_GATEWAY: Provider = {
  provide: HEALTH_CHECKS,
  inject: [GATEWAY_DATABASE, EVENT_TRANSPORT],
  useFactory: (database: DataSource, transport: EventTransport) => [
    databaseCheck(database),
    eventsCheck(transport),
    adverseOutputCheck(database, 'exchange_v1.adverse_stop'),
  ],
};

const WITH_CONNECTORS: Provider = {
  provide: HEALTH_CHECKS,
  inject: [CONNECTORS_DATABASE, EVENT_TRANSPORT, JobQueue, LiveProcess],
  useFactory: (database: DataSource, transport: EventTransport, jobs: JobQueue, process: LiveProcess) => [
    databaseCheck(database),
    eventsCheck(transport),
    jobsCheck(jobs, process),
    adverseOutputCheck(database, 'exchange.adverse_stop'),
  ],
};

/** Whether a process is alive and can do its work. */
@Module({})
export class HealthModule {
  /** @param connectors the module that holds the connectors' work, where this process has it */
  static forHalves(halves: readonly Half[], connectors: Type | null): DynamicModule {
    return {
      module: HealthModule,
      imports: connectors ? [connectors] : [],
      controllers: [HealthController],
      providers: [halves.includes('connectors') ? WITH_CONNECTORS : OF_GATEWAY],
    };
  }
}
