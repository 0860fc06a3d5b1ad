import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from './errors.js';

const CONFLICTS = new Set([
  'key-reused',
  'known-with-other-content',
  'identifier-contradicts',
  'already-referred',
  'referred-elsewhere',
  'suspense-settled',
  'connector-still-holds',
  'connector-files-open',
  'exchange-not-held',
  'exchange-already-released',
  'exchange-not-undecided',
  'file-still-there',
  'record-not-quarantined',
  'key-applied',
]);

/** What the connectors could not do is no outcome that anybody expected. */
const FAILED = 'command-failed';

/** Expected outcomes as HTTP: what is not there is 404, what contradicts is 409, everything else 422. */
@Catch(Refusal)
export class RefusalFilter implements ExceptionFilter<Refusal> {
  catch({ code, message }: Refusal, host: ArgumentsHost): void {
    const status = code === FAILED ? 500 : code.endsWith('-unknown') ? 404 : CONFLICTS.has(code) ? 409 : 422;
    void host.switchToHttp().getResponse<FastifyReply>().status(status).send({ statusCode: status, code, message });
  }
}
