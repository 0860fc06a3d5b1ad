import type { ConcordEvent } from './concord-event.js';

/** Takes in one batch of events, of which those of one partition key are in order. Rejects to have it again. */
export type EventBatchHandler = (events: readonly ConcordEvent[]) => Promise<void>;

/** Carries events from the relay to the handlers: at least once, in order within a partition key (a case, a connector), with no order between them. */
export interface EventTransport {
  /** Settles when the events are safe with the transport; only then may the outbox forget them. */
  publish(events: readonly ConcordEvent[]): Promise<void>;
  subscribe(handler: EventBatchHandler): Promise<void>;
  close(): Promise<void>;
}

export const EVENT_TRANSPORT = Symbol('EventTransport');
