import { Server } from '@nestjs/microservices';
import type { CustomTransportStrategy } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import type { ConcordEvent } from './concord-event.js';
import type { EventTransport } from './event-transport.js';
import { ALL_STREAMS } from './streams.js';
import type { Stream } from './streams.js';

/**
 * Nest's side of the event transport: an `@EventPattern` method receives an array of events of its pattern. A failing
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
    for (const run of runsOfOneType(events)) {
      const handler = this.getHandlerByPattern(run[0]!.type);
      if (!handler) throw new Error(`nobody handles ${run[0]!.type}`);
      // Nest calls every further handler of the pattern from the first.
      await settled(await handler(run));
    }
  }
}

/** Cuts a batch where the type changes, which keeps the order within every case. */
function runsOfOneType(events: readonly ConcordEvent[]): ConcordEvent[][] {
  const runs: ConcordEvent[][] = [];
  for (const event of events) {
    const run = runs.at(-1);
    if (run?.[0]?.type === event.type) run.push(event);
    else runs.push([event]);
  }
  return runs;
}

/** Nest turns a handler's failure into a stream that errs: unless it is watched, nobody learns of it. */
async function settled(result: unknown): Promise<void> {
  if (isObservable(result)) await lastValueFrom(result, { defaultValue: undefined });
}
