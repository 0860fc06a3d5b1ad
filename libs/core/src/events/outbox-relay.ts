import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import { silentCheckpoints } from '../platform/checkpoints.js';
import type { CheckpointListener } from '../platform/checkpoints.js';
import type { EventTransport } from './event-transport.js';
import type { Stream } from './streams.js';

const BATCH = 1000;
/** As long as no more is waiting, all lanes go out together: most of the time an event is alone in its lane. */
const FEW = 250;
/** How many lanes one relay has under way. Each takes a connection. */
const LANES_AT_ONCE = 3;
/** A round in which lanes fail ends after this long: where nobody answers, each of the others would take its time to fail as well. */
const FAILING_ROUND_MS = 20_000;

/** Where a relay's events wait, and the way they take from there. */
export interface Outbox {
  readonly schema: 'cases' | 'exchange';
  readonly stream: Stream;
}

interface Taken {
  /** Null where what was claimed turned out to be empty. */
  readonly id: number | null;
  readonly key: string;
  readonly body: string;
}

interface Waiting extends Taken {
  readonly lane: number;
}

interface Few extends Taken {
  /** How many events wait, counted up to one more than a few. */
  readonly waiting: number;
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
    const until = performance.now() + FAILING_ROUND_MS;
    const few = await this.publishFew();
    if (few !== null) return few;
    const failed = new Map<number, unknown>();
    const first = await this.publishLane(failed);
    if (first === null) return 0;
    // One lane is read and another committed while a third waits for the transport. A lane is claimed by one of them.
    const others = await Promise.allSettled(
      Array.from({ length: LANES_AT_ONCE }, () => this.publishLanes(failed, until)),
    );
    const broken = others.find((each) => each.status === 'rejected');
    if (broken) throw broken.reason;
    if (failed.size > 0) throw [...failed.values()][0];
    return others.reduce((sum, each) => sum + (each.status === 'fulfilled' ? each.value : 0), first);
  }

  /**
   * Publishes all lanes together, in one trip to the transport, where little is waiting.
   *
   * @returns how many events were published, or null when the lanes must go one by one: much is waiting, or it failed together, and
   * one by one shows which lanes do
   */
  private async publishFew(): Promise<number | null> {
    const { schema } = this.outbox;
    let refused = false;
    try {
      return await this.database.transaction(async (manager) => {
        const taken = await rows<Few>(manager, TAKE_FEW.replaceAll('SCHEMA', schema), [FEW]);
        if ((taken[0]?.waiting ?? 0) > FEW) return null;
        return this.publish(taken).catch((error: unknown) => {
          refused = true;
          throw error;
        });
      });
    } catch (error) {
      // What the database refuses, it refuses lane by lane, too.
      if (!refused) throw error;
      return null;
    }
  }

  private async publishLanes(failed: Map<number, unknown>, until: number): Promise<number> {
    for (let published = 0; ;) {
      if (failed.size > 0 && performance.now() > until) return published;
      const batch = await this.publishLane(failed);
      if (batch === null) return published;
      published += batch;
    }
  }

  /** @returns how many events of one lane were published, or null when there is no lane to claim */
  private async publishLane(failed: Map<number, unknown>): Promise<number | null> {
    const { schema } = this.outbox;
    let claimed: number | null = null;
    try {
      return await this.database.transaction(async (manager) => {
        const taken = await rows<Waiting>(manager, TAKE.replaceAll('SCHEMA', schema), [[...failed.keys()], BATCH]);
        const lane = taken[0]?.lane;
        if (lane === undefined) return null;
        claimed = lane;
        return this.publish(taken);
      });
    } catch (error) {
      if (claimed === null) throw error;
      failed.set(claimed, error);
      return 0;
    }
  }

  /** @returns how many of the events there were */
  private async publish(taken: readonly Taken[]): Promise<number> {
    const { stream } = this.outbox;
    const messages = taken.filter(({ id }) => id !== null).sort((a, b) => a.id! - b.id!);
    if (messages.length === 0) return 0;
    await this.transport.publish(
      stream,
      messages.map(({ key, body }) => ({ key, body })),
    );
    await this.checkpoints.reached('after-publishing', stream);
    return messages.length;
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

/**
 * Takes all that waits out of every lane that no other relay has claimed, unless it is more than a few. Of each lane these are the
 * oldest, because all of them are.
 */
const TAKE_FEW = `
  with waiting as materialized (
    select count(*) as events from (select 1 from SCHEMA.outbox limit $1 + 1) counted
  ), claimed as materialized (
    select l.lane, set_config('synchronous_commit', 'off', true)
    from SCHEMA.outbox_lane l
    where (select events from waiting) between 1 and $1
      and exists (select 1 from SCHEMA.outbox o where o.lane = l.lane)
    for update of l skip locked
  ), taken as (
    delete from SCHEMA.outbox o where o.lane = any (array(select lane from claimed))
    returning o.id, o.event->>'partitionkey' as key, o.event::text as body
  )
  select w.events as waiting, t.id, t.key, t.body from waiting w left join taken t on true`;
