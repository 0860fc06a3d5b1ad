import type { ConcordEvent } from './concord-event.js';
import type { EventBatchHandler, EventTransport } from './event-transport.js';

/** Hands events straight to the handlers of this process: what is published has been handled. */
export class InProcessTransport implements EventTransport {
  private readonly handlers: EventBatchHandler[] = [];

  async publish(events: readonly ConcordEvent[]): Promise<void> {
    if (this.handlers.length === 0) throw new Error('nobody has subscribed to events yet');
    for (const handle of this.handlers) await handle(events);
  }

  subscribe(handler: EventBatchHandler): Promise<void> {
    this.handlers.push(handler);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.handlers.length = 0;
    return Promise.resolve();
  }
}
