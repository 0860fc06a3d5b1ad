import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { silentCheckpoints } from '../platform/checkpoints.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { EventTransport } from './event-transport.js';
import type { Stream } from './streams.js';

const BATCH = 1000;
/** How many lanes one relay has under way. Each takes a connection. */
const LANES_AT_ONCE = 3;

/** Where a relay's events wait, and the way they take from there. */
export interface Outbox {
  readonly schema: 'cases' | 'exchange';
  readonly stream: Stream;
}

interface Waiting {
  readonly lane: number;
  /** Null where the lane that was claimed turned out to be empty. */
  readonly id: number | null;
  readonly key: string;
  readonly body: string;
}

/**
 * Publishes what an outbox holds. A relay claims a whole lane, so that the events of one case or connector never go out side by side,
 * and several relays share the lanes. An event leaves the outbox in the transaction that saw it published. Events are carried
 * as they stand: what takes them in checks them.
 */
export class OutboxRelay {
  constructor(
    private readonly database: DataSource,
    private readonly transport: EventTransport,
    private readonly outbox: Outbox,
    private readonly checkpoints: CheckpointListener = silentCheckpoints,
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
    const first = await this.publishLane(failed);
    if (first === null) return 0;
    // One lane is read and another committed while a third waits for the transport. A lane is claimed by one of them.
    const others = await Promise.allSettled(Array.from({ length: LANES_AT_ONCE }, () => this.publishLanes(failed)));
    const broken = others.find((each) => each.status === 'rejected');
    if (broken) throw broken.reason;
    if (failed.size > 0) throw [...failed.values()][0];
    return others.reduce((sum, each) => sum + (each.status === 'fulfilled' ? each.value : 0), first);
  }

  private async publishLanes(failed: Map<number, unknown>): Promise<number> {
    for (let published = 0; ;) {
      const batch = await this.publishLane(failed);
      if (batch === null) return published;
      published += batch;
    }
  }

  /** @returns how many events of one lane were published, or null when there is no lane to claim */
  private async publishLane(failed: Map<number, unknown>): Promise<number | null> {
    const { schema, stream } = this.outbox;
    let claimed: number | null = null;
    try {
      return await this.database.transaction(async (manager) => {
        const taken = await rows<Waiting>(manager, TAKE.replaceAll('SCHEMA', schema), [[...failed.keys()], BATCH]);
        const lane = taken[0]?.lane;
        if (lane === undefined) return null;
        claimed = lane;
        const messages = taken.filter(({ id }) => id !== null).sort((a, b) => a.id! - b.id!);
        if (messages.length === 0) return 0;
        await this.transport.publish(
          stream,
          messages.map(({ key, body }) => ({ key, body })),
        );
        await this.checkpoints.reached('after-publishing', stream);
        return messages.length;
      });
    } catch (error) {
      if (claimed === null) throw error;
      failed.set(claimed, error);
      return 0;
    }
  }
}

/**
 * Claims the lane with the oldest event and takes its oldest events out, all in one statement. Were it any lane, those that are
 * looked at first would go again and again while something comes, and the last ones wait. Two relays may see the same events,
 * because one looked before the other committed: only the first takes them out, and what a statement did not take out it does
 * not return. The lane is a value where its events are read, so that the index gives them in order: joined, the whole lane
 * would be sorted for every batch.
 *
 * The commit does not wait for the disk: should the server break down, events come back that have been published, and are published
 * again, as after a relay's own death. (Whoever takes events in must wait: nothing brings back what it has acknowledged.)
 */
const TAKE = `
  with claimed as materialized (
    select l.lane, set_config('synchronous_commit', 'off', true)
    from SCHEMA.outbox_lane l
    cross join lateral (select o.id from SCHEMA.outbox o where o.lane = l.lane order by o.id limit 1) first
    where l.lane <> all($1::smallint[])
    order by first.id limit 1 for update of l skip locked
  ), oldest as materialized (
    select o.id from SCHEMA.outbox o where o.lane = (select lane from claimed) order by o.id limit $2
  ), taken as (
    delete from SCHEMA.outbox o where o.id = any (array(select id from oldest))
    returning o.id, o.event->>'partitionkey' as key, o.event::text as body
  )
  select c.lane, t.id, t.key, t.body from claimed c left join taken t on true`;
