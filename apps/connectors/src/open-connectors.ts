import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { takeEventsIn } from '@concord/core/events/take-events-in';
import { correlateRequests } from '@concord/core/platform/correlate-requests';
import type { Environment } from '@concord/core/platform/environment';
import { nestLogger } from '@concord/core/platform/nest-logger';
import { OpenedResources } from '@concord/core/platform/opened-resources';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { ConnectorsProcessModule } from './connectors-process.module.js';

/** Composes the process and connects its event handlers. Nothing works by itself or listens yet. */
export async function openConnectors(environment: Environment, log: Logger): Promise<NestFastifyApplication> {
  const opened = new OpenedResources();
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      ConnectorsProcessModule.forRoot(environment, log, opened),
      new FastifyAdapter(),
      { logger: nestLogger(log), abortOnError: false },
    );
    app.useLogger(app.get(NestLogger));
    takeEventsIn(app, ['case-events']);
    correlateRequests(app);
    await app.init();
    await app.startAllMicroservices();
    return app;
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}
