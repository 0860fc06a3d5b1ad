import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** What ties log lines to the request, command, job or events that caused them. */
export interface Correlation {
  readonly correlationId?: string;
  /** Where several causes are dealt with together; at most {@link SHOWN}. */
  readonly correlationIds?: readonly string[];
}

/** Of a batch of many events, a log line names only so many causes. */
const SHOWN = 20;

const SAFE = /^[\w.@:/ -]{1,100}$/;

const storage = new AsyncLocalStorage<Correlation>();

/** What is being done now belongs to this; empty outside of any request, command, job and batch. */
export function currentCorrelation(): Correlation {
  return storage.getStore() ?? {};
}

/** Does some work under a correlation id: every line that is logged meanwhile carries it. */
export function withCorrelation<T>(correlationId: string, work: () => T): T {
  return storage.run({ correlationId }, work);
}

/** Does some work for several causes at once, such as a batch of events. */
export function withCorrelations<T>(correlationIds: Iterable<string>, work: () => T): T {
  const [first, ...others] = new Set(correlationIds);
  if (first === undefined) return work();
  if (others.length === 0) return withCorrelation(first, work);
  return storage.run({ correlationIds: [first, ...others.slice(0, SHOWN - 1)] }, work);
}

/** A caller's own id where it may stand in a log and in a header, else a new one. */
export function correlationIdOf(given: unknown): string {
  return typeof given === 'string' && SAFE.test(given) ? given : randomUUID();
}
