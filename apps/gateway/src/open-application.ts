import 'reflect-metadata';
import { BadRequestException, ValidationPipe } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, SwaggerModule } from '@nestjs/swagger';
import { acceptUploads } from '@concord/core/documents/http/uploads';
import { ALL_STREAMS } from '@concord/core/events/streams';
import { takeEventsIn } from '@concord/core/events/take-events-in';
import { correlateRequests } from '@concord/core/platform/correlate-requests';
import { DatabaseTroubleFilter } from '@concord/core/platform/database-trouble.filter';
import type { Environment } from '@concord/core/platform/environment';
import { OpenedResources } from '@concord/core/platform/opened-resources';
import { nestLogger } from '@concord/core/platform/nest-logger';
import { RefusalFilter } from '@concord/core/platform/refusal.filter';
import { Logger as NestLogger } from 'nestjs-pino';
import type { Logger } from 'pino';
import { GatewayModule } from './gateway.module.js';
import { OneProcessModule } from './one-process.module.js';

const BODY_LIMIT_BYTES = 1024 * 1024;

/** Composes the application and connects its event handlers. Nothing works by itself or listens yet. */
export async function openApplication(environment: Environment, log: Logger): Promise<NestFastifyApplication> {
  const opened = new OpenedResources();
  try {
    const app = await NestFactory.create<NestFastifyApplication>(
      (environment.kafka === null ? OneProcessModule : GatewayModule).forRoot(environment, log, opened),
      new FastifyAdapter({ bodyLimit: BODY_LIMIT_BYTES }),
      { logger: nestLogger(log), abortOnError: false },
    );
    app.useLogger(app.get(NestLogger));
    app.useGlobalPipes(new ValidationPipe({ transform: true, whitelist: true, forbidNonWhitelisted: true }));
    app.useGlobalFilters(new DatabaseTroubleFilter(app.getHttpAdapter()), new RefusalFilter());
    takeEventsIn(app, environment.kafka === null ? ALL_STREAMS : ['findings']);
    correlateRequests(app);
    acceptUploads(app);
    refuseUnstorableText(app);
    describeApi(app);
    await app.init();
    await app.startAllMicroservices();
    return app;
  } catch (error) {
    await opened.closeAll();
    throw error;
  }
}

/** Halves of characters and NUL can't be stored as text: they are the caller's fault, and found before anything is tried. */
function refuseUnstorableText(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('preValidation', async (request) => {
      for (const part of [request.body, request.query, request.params]) {
        if (!isStorable(part)) throw new BadRequestException('text holds NUL or half a character');
      }
    });
}

function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, item]) => isStorable(key) && isStorable(item));
}

function describeApi(app: NestFastifyApplication): void {
  const document = new DocumentBuilder()
    .setTitle('Concord')
    .setDescription('Cases, and what partners hold of them. Amounts are integer minor units; dates are YYYY-MM-DD.')
    .setVersion('1')
    .build();
  SwaggerModule.setup('api/docs', app, () => SwaggerModule.createDocument(app, document), {
    jsonDocumentUrl: 'api/openapi.json',
  });
}
