import type { ConcordEvent } from './concord-event.js';
import type { Stream } from './streams.js';

/** An event on its way, as the outbox holds it. */
export interface EventMessage {
  /** What its order is kept by: a case, a connector. */
  readonly key: string;
  /** The CloudEvents envelope as JSON. */
  readonly body: string;
}

/** Takes in one batch of events, of which those of one partition key are in order. Rejects to have it again. */
export type EventBatchHandler = (events: readonly ConcordEvent[]) => Promise<void>;

/** Whether a transport does its work now; if not, why, in words for the person on duty. */
export interface TransportHealth {
  readonly ready: boolean;
  readonly reasons: readonly string[];
}

/**
 * Carries events from the relay to the handlers: at least once, in order within a partition key (a case, a connector), with
 * no order between them.
 */
export interface EventTransport {
  /** Settles when the events are safe with the transport; only then may the outbox forget them. */
  publish(stream: Stream, messages: readonly EventMessage[]): Promise<void>;
  subscribe(stream: Stream, handler: EventBatchHandler): Promise<void>;
  /** How many published events of a stream have not been handled yet, by whatever process handles them. */
  backlog(stream: Stream): Promise<number>;
  health(): TransportHealth;
  close(): Promise<void>;
}

export const EVENT_TRANSPORT = Symbol('EventTransport');
