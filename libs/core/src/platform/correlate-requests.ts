import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { correlationIdOf, withCorrelation } from './correlation.js';

const HEADER = 'x-correlation-id';

/**
 * Gives every request a correlation id, its caller's own or a new one, which the answer names again and every line logged
 * for it carries.
 */
export function correlateRequests(app: NestFastifyApplication): void {
  const server = app.getHttpAdapter().getInstance();
  server.addHook('onRequest', (request, reply, done) => {
    const id = correlationIdOf(request.headers[HEADER]);
    // Whoever looks later finds one id, whatever the caller sent.
    request.headers[HEADER] = id;
    void reply.header(HEADER, id);
    withCorrelation(id, done);
  });
  // A body is read in the turns of its socket, which know nothing of the request: what follows is tied to it again.
  server.addHook('preValidation', (request, _reply, done) => {
    withCorrelation(request.headers[HEADER] as string, done);
  });
}
