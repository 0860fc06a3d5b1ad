import { createParamDecorator } from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import { correlationIdOf } from '../../platform/correlation.js';

/** Who asks, and under which correlation id. */
export interface Requester {
  readonly actor: string;
  readonly correlationId: string;
}

const NAME = /^[\w.@:/ -]{1,100}$/;

/**
 * The requester of an HTTP call: header `x-concord-actor` (until access is built nobody proves it, which is why the API is
 * bound to the loopback interface) and `x-correlation-id`.
 */
export const AskedBy = createParamDecorator((_: unknown, context: ExecutionContext): Requester => {
  const { headers } = context.switchToHttp().getRequest<{ headers: Record<string, string | undefined> }>();
  const actor = headers['x-concord-actor'];
  return {
    actor: actor !== undefined && NAME.test(actor) ? actor : 'api',
    correlationId: correlationIdOf(headers['x-correlation-id']),
  };
});
