import { Catch, Logger } from '@nestjs/common';
import type { ArgumentsHost } from '@nestjs/common';
import { BaseExceptionFilter } from '@nestjs/core';
import type { FastifyReply } from 'fastify';
import { databaseTrouble } from '../database/database-trouble.js';
import type { DatabaseTrouble } from '../database/database-trouble.js';

/** Seconds after which it is worth asking again. */
const RETRY_AFTER_S = 5;

const ANSWERS: Readonly<Record<DatabaseTrouble, { readonly code: string; readonly message: string }>> = {
  busy: {
    code: 'database-busy',
    message: 'Concord has more to do at the moment than it can take. Nothing was changed; please ask again shortly.',
  },
  away: {
    code: 'database-unavailable',
    message:
      'The database can not be reached at the moment. Whether the request was carried out is not known: ask again shortly, with the same idempotency key.',
  },
};

/**
 * A database that is busy or away is not a fault of the request: 503, with when to ask again. Everything else is left to what
 * Nest does with it. Given to the application before other filters, so that these come first.
 */
@Catch()
export class DatabaseTroubleFilter extends BaseExceptionFilter {
  private readonly log = new Logger(DatabaseTroubleFilter.name);

  override catch(error: unknown, host: ArgumentsHost): void {
    const trouble = host.getType() === 'http' ? databaseTrouble(error) : null;
    if (trouble === null) return super.catch(error, host);
    const answer = ANSWERS[trouble];
    this.log.warn(`${answer.code}: ${(error as Error).message}`);
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    void reply
      .status(503)
      .header('retry-after', RETRY_AFTER_S)
      .send({ statusCode: 503, ...answer });
  }
}
