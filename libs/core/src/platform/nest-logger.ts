import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Where Nest's own words go until the application has its logger: never to standard output. */
export function nestLogger(log: Logger): LoggerService {
  return {
    log: (message: unknown) => log.info({ nest: true }, String(message)),
    warn: (message: unknown) => log.warn({ nest: true }, String(message)),
    error: (message: unknown) => log.error({ nest: true }, String(message)),
  };
}
