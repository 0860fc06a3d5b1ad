import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { Refusal } from './errors.js';

const CONFLICTS = new Set([
  'key-reused',
  'known-with-other-content',
  'identifier-contradicts',
  'already-referred',
  'already-arranged',
  'arrangement-over',
  'content-differs',
  'reports-busy',
  'host-file-not-held',
  'discharge-stands',
  'judgment-stands',
  'stop-lifted',
  'strategy-not-held',
  'referred-elsewhere',
  'party-merged',
  'identifiers-differ',
  'proposal-closed',
  'suspense-settled',
  'notice-batch-cancelled',
  'notice-batch-not-released',
  'notice-batch-posted',
  'notice-not-posted',
  'notice-not-returned',
  'connector-still-holds',
  'connector-files-open',
  // of a file, or of a record of it, that is no longer, or not yet, where this could be done
  'connector-awaits-adoption',
  'connector-in-shadow',
  'date-past',
  'exchange-already-held',
  'exchange-already-released',
  'exchange-answered',
  'exchange-cancelled',
  'exchange-finished',
  'exchange-held',
  'exchange-in-shadow',
  'exchange-let-go',
  'exchange-not-held',
  'exchange-not-sent',
  'exchange-not-uncertain',
  'exchange-not-undecided',
  'exchange-only-reduces',
  'exchange-undecided',
  'exchange-unfinished',
  'exchange-without-file',
  'file-refused',
  'file-still-there',
  'key-applied',
  'record-not-quarantined',
  'replay-ambiguous',
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
