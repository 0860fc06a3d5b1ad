import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy, MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { withCorrelations } from '../platform/correlation.js';
import type { ConcordEvent } from './concord-event.js';
import type { EventTransport } from './event-transport.js';
import { ALL_STREAMS } from './streams.js';
import type { Stream } from './streams.js';

/** Events that follow each other and go to the same methods. */
interface Run {
  readonly handler: MessageHandler;
  readonly events: ConcordEvent[];
}

/**
 * Nest's side of the event transport: an `@EventPattern` method receives an array of events of its patterns, in their order. A failing
 * handler fails the batch, so that the transport delivers it again, and so does an event that nobody handles: passed over
 * in silence, it would leave partners with what the case no longer says.
 */
export class EventBatchServer extends Server implements CustomTransportStrategy {
  override readonly propagatesEventHandlerErrors = true;

  /** @param streams those that this process takes in */
  constructor(
    private readonly transport: EventTransport,
    private readonly streams: readonly Stream[] = ALL_STREAMS,
  ) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    const subscriptions = this.streams.map((stream) =>
      this.transport.subscribe(stream, (events) => this.dispatch(events)),
    );
    Promise.all(subscriptions).then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.transport.close();
  }

  override on(): never {
    throw new Error('this transport has no events of its own');
  }

  override unwrap<T>(): T {
    return this.transport as T;
  }

  private async dispatch(events: readonly ConcordEvent[]): Promise<void> {
    for (const { handler, events: run } of this.runs(events)) {
      // Nest calls every further handler of the pattern from the first.
      const handle = async (): Promise<void> => settled(await handler(run));
      await withCorrelations(causesOf(run), handle);
    }
  }

  /**
   * Cuts a batch where the methods change that handle it, which keeps the order within every case. Cut where only the type
   * changes, a batch of many types would be as many transactions as it has events.
   */
  private runs(events: readonly ConcordEvent[]): Run[] {
    const handlers = new Map<string, MessageHandler>();
    const runs: Run[] = [];
    for (const event of events) {
      const handler = handlers.get(event.type) ?? this.getHandlerByPattern(event.type);
      if (!handler) throw new Error(`nobody handles ${event.type}`);
      handlers.set(event.type, handler);
      const last = runs.at(-1);
      if (last && sameMethods(last.handler, handler)) last.events.push(event);
      else runs.push({ handler, events: [event] });
    }
    return runs;
  }
}

/**
 * Whether two patterns have the same methods. Nest wraps a method once for each of its patterns; what tells that the wrappers
 * are of one method is its object of extras, of which it has one.
 */
function sameMethods(one: MessageHandler, other: MessageHandler): boolean {
  if (one === other) return true;
  if (one.extras === undefined || one.extras !== other.extras) return false;
  const [next, otherNext] = [one.next as MessageHandler | undefined, other.next as MessageHandler | undefined];
  return next === undefined || otherNext === undefined ? next === otherNext : sameMethods(next, otherNext);
}

function causesOf(events: readonly ConcordEvent[]): string[] {
  return events.map(({ correlationid }) => correlationid);
}

/** Nest turns a handler's failure into a stream that errs: unless it is watched, nobody learns of it. */
async function settled(result: unknown): Promise<void> {
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
