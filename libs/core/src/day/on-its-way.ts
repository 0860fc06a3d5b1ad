import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { EventTransport } from '../events/event-transport.js';
import type { Stream } from '../events/streams.js';

/** What is still moving between the connectors and the cases: what partners said, and what came of it. */
export class OnItsWay {
  constructor(
    private readonly exchange: DataSource,
    private readonly transport: EventTransport,
  ) {}

  /**
   * Whether everything that partners said has become case changes, and these have come back as something to be judged.
   * Looked at in the order in which things move, so that what moves meanwhile is not passed by.
   */
  async nothing(): Promise<boolean> {
    const [findings] = await rows<{ waiting: boolean }>(
      this.exchange,
      'select exists (select 1 from exchange.outbox) as waiting',
    );
    if (findings!.waiting || !(await this.taken('findings'))) return false;
    const [events] = await rows<{ waiting: boolean }>(
      this.exchange,
      'select waiting > 0 as waiting from cases_v1.events_waiting',
    );
    return !events!.waiting && (await this.taken('case-events'));
  }

  /** A transport that does not answer has not said that all was taken in. */
  private async taken(stream: Stream): Promise<boolean> {
    return this.transport.backlog(stream).then(
      (waiting) => waiting === 0,
      () => false,
    );
  }
}
