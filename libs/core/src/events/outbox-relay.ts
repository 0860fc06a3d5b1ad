import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { ConcordEvent } from './concord-event.js';
import type { EventTransport } from './event-transport.js';

const BATCH = 1000;

/** Where a relay's events wait: the schema of the outbox's tables, and how its events are read. */
export interface Outbox {
  readonly schema: 'cases' | 'exchange';
  /** @throws when it is not an event of this outbox */
  readonly parse: (value: unknown) => ConcordEvent;
}

/**
 * Publishes what an outbox holds. A relay claims a whole lane, so that the events of one case or connector never go out side by side,
 * and several relays share the lanes. An event leaves the outbox in the transaction that saw it published.
 */
export class OutboxRelay {
  constructor(
    private readonly database: DataSource,
    private readonly transport: EventTransport,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Publishes until no lane is left that holds events and that no other relay has claimed. A lane that fails holds up only
   * its own cases.
   *
   * @returns how many events were published
   * @throws what the first lane failed with, after the others were published; its events stay in the outbox
   */
  async drain(): Promise<number> {
    const failed = new Map<number, unknown>();
    for (let published = 0; ;) {
      const batch = await this.publishLane(failed);
      published += batch ?? 0;
      if (batch !== null) continue;
      if (failed.size === 0) return published;
      throw [...failed.values()][0];
    }
  }

  /** @returns how many events of one lane were published, or null when there is no lane to claim */
  private async publishLane(failed: Map<number, unknown>): Promise<number | null> {
    let claimed: number | null = null;
    try {
      return await this.database.transaction(async (manager) => {
        const [lane] = await rows<{ lane: number }>(
          manager,
          `select l.lane from ${this.outbox.schema}.outbox_lane l
           where exists (select 1 from ${this.outbox.schema}.outbox o where o.lane = l.lane) and l.lane <> all($1::smallint[])
           limit 1 for update skip locked`,
          [[...failed.keys()]],
        );
        if (!lane) return null;
        claimed = lane.lane;
        const waiting = await rows<{ id: number; event: unknown }>(
          manager,
          `select id, event from ${this.outbox.schema}.outbox where lane = $1 order by id limit $2`,
          [lane.lane, BATCH],
        );
        if (waiting.length === 0) return 0;
        await this.transport.publish(waiting.map(({ event }) => this.outbox.parse(event)));
        await rows(manager, `delete from ${this.outbox.schema}.outbox where id = any($1)`, [
          waiting.map(({ id }) => id),
        ]);
        return waiting.length;
      });
    } catch (error) {
      if (claimed === null) throw error;
      failed.set(claimed, error);
      return 0;
    }
  }
}
