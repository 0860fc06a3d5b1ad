import type { CaseEvent } from './catalogue.js';

/** Takes in one batch of events, of which those of one case are in the order of its versions. Rejects to have it again. */
export type EventBatchHandler = (events: readonly CaseEvent[]) => Promise<void>;

/** Carries events from the relay to the handlers: at least once, in order within a case, with no order between cases. */
export interface EventTransport {
  /** Settles when the events are safe with the transport; only then may the outbox forget them. */
  publish(events: readonly CaseEvent[]): Promise<void>;
  subscribe(handler: EventBatchHandler): Promise<void>;
  close(): Promise<void>;
}

export const EVENT_TRANSPORT = Symbol('EventTransport');
