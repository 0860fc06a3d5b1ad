import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { gatherNotices } from './gather-notices.js';
import type { Notice, NoticeWay } from './notice.js';

const MINUTE_MS = 60_000;
/** Longer than any way takes: when this process dies while it sends, another sends again after that. */
const LEASE_MS = 5 * MINUTE_MS;
const LONGEST_PAUSE_MS = 60 * MINUTE_MS;
/** What could not be told for a week is in the API alone. */
const GIVEN_UP_DAYS = 7;
const FAILURE_LENGTH = 500;
/** How long a process that stops goes on telling what has just come up. */
const FAREWELL_MS = 15_000;

interface Taken {
  readonly id: string;
  readonly way: NoticeWay['name'];
  readonly message: Omit<Notice, 'id'>;
  readonly attempts: number;
}

/**
 * Tells people of alerts, on every way that is configured: each that is raised and each that is cleared, grouped, at least once. A
 * message that is not taken is sent again, after one minute, two, four and so on up to an hour.
 */
export class Notices {
  private readonly ways: ReadonlyMap<NoticeWay['name'], NoticeWay>;

  constructor(
    private readonly exchange: DataSource,
    ways: readonly NoticeWay[],
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {
    this.ways = new Map(ways.map((way) => [way.name, way]));
  }

  /** Makes the messages that are due and sends one. @returns whether there was one */
  async turn(): Promise<boolean> {
    if (this.ways.size === 0) return false;
    await gatherNotices(this.exchange, [...this.ways.keys()], this.clock.now(), false);
    return this.sendNext();
  }

  /** Sends all there is to tell, each message once, because this process ends. What is not taken is kept for the next one. */
  async sayFarewell(): Promise<void> {
    if (this.ways.size === 0) return;
    const until = performance.now() + FAREWELL_MS;
    await gatherNotices(this.exchange, [...this.ways.keys()], this.clock.now(), true);
    while (performance.now() < until && (await this.sendNext()));
  }

  private async sendNext(): Promise<boolean> {
    const at = this.clock.now();
    const [taken] = await rows<Taken>(this.exchange, TAKE, [
      at,
      new Date(at.getTime() + LEASE_MS),
      [...this.ways.keys()],
    ]);
    if (!taken) return false;
    const { id, way, message, attempts } = taken;
    try {
      await this.ways.get(way)!.send({ id, ...message }, at);
      await rows(this.exchange, 'update exchange.alert_notice set sent_at = $2, failure = null where id = $1', [
        id,
        this.clock.now(),
      ]);
    } catch (error) {
      const reason = (error as Error).message.slice(0, FAILURE_LENGTH);
      this.log.warn({ notice: id, way, attempts, reason }, 'an alert could not be told; it is tried again');
      const again = this.clock.now().getTime() + Math.min(LONGEST_PAUSE_MS, MINUTE_MS * 2 ** (attempts - 1));
      await rows(this.exchange, 'update exchange.alert_notice set failure = $2, due_at = $3 where id = $1', [
        id,
        reason,
        new Date(again),
      ]);
    }
    return true;
  }
}

/** The end of something is not told on a way before its beginning was. */
const TAKE = `
  update exchange.alert_notice set attempts = attempts + 1, due_at = $2 where id = (
    select n.id from exchange.alert_notice n
    where n.sent_at is null and n.due_at <= $1 and n.created_at > $1::timestamptz - interval '${GIVEN_UP_DAYS} days'
      and n.way = any($3)
      and not (n.event = 'cleared' and exists (
        select 1 from exchange.alert_notice b
        where b.way = n.way and b.event = 'raised' and b.sent_at is null and b.alert_ids && n.alert_ids
          and b.created_at > $1::timestamptz - interval '${GIVEN_UP_DAYS} days'))
    order by n.number limit 1 for update skip locked)
  returning id, way, message, attempts`;
