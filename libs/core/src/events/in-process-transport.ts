import { silentCheckpoints } from '../platform/checkpoints.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { EventBatchHandler, EventMessage, EventTransport, TransportHealth } from './event-transport.js';
import { STREAMS } from './streams.js';
import type { Stream } from './streams.js';

/** Hands events straight to the handlers of this process: what is published has been handled. */
export class InProcessTransport implements EventTransport {
  private readonly handlers: { readonly stream: Stream; readonly handle: EventBatchHandler }[] = [];

  constructor(private readonly checkpoints: CheckpointListener = silentCheckpoints) {}

  async publish(stream: Stream, messages: readonly EventMessage[]): Promise<void> {
    const subscribed = this.handlers.filter((each) => each.stream === stream);
    if (subscribed.length === 0) throw new Error(`nobody has subscribed to ${stream} yet`);
    const events = messages.map(({ body }) => STREAMS[stream].parse(JSON.parse(body)));
    for (const { handle } of subscribed) await handle(events);
    await this.checkpoints.reached('after-handling', stream);
  }

  subscribe(stream: Stream, handle: EventBatchHandler): Promise<void> {
    this.handlers.push({ stream, handle });
    return Promise.resolve();
  }

  backlog(): Promise<number> {
    return Promise.resolve(0);
  }

  health(): TransportHealth {
    return { ready: true, reasons: [] };
  }

  close(): Promise<void> {
    this.handlers.length = 0;
    return Promise.resolve();
  }
}
