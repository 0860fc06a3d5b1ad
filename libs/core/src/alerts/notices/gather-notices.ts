import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { AlertCause } from '../alerts.js';
import type { Notice, NoticeWayName } from './notice.js';

/** What is raised within this time of one another is one message. */
const TOGETHER_MS = 60_000;
/** Of what one message is about. */
const SHOWN = 50;

interface Untold {
  readonly id: string;
  readonly jurisdiction_id: string | null;
  readonly connector_id: string | null;
  readonly title: string | null;
  readonly cause: AlertCause;
  readonly about: string;
  readonly message: string;
  readonly raised_at: Date;
  readonly cleared_at: Date | null;
}

/** What is told is what stands; the end of it is told where it was. What was over before it was told is in the API alone. */
const UNTOLD = {
  raised: 'a.raised_told_at is null and a.cleared_at is null',
  cleared: 'a.cleared_at is not null and a.raised_told_at is not null and a.cleared_told_at is null',
} as const;

/**
 * Makes messages of alerts that nobody was told of, one for each partner and cause, and one copy for each way. What was raised
 * is told once, and so is its end.
 *
 * @param atOnce without waiting for what belongs to the same message
 */
export async function gatherNotices(
  exchange: DataSource,
  ways: readonly NoticeWayName[],
  at: Date,
  atOnce: boolean,
): Promise<void> {
  if (ways.length === 0) return;
  await exchange.transaction(async (manager) => {
    // Two processes would make two messages of the same alerts.
    await rows(manager, `select pg_advisory_xact_lock(hashtext('concord alert notices'))`);
    for (const event of ['raised', 'cleared'] as const) await gather(manager, event, ways, at, atOnce);
  });
}

async function gather(
  manager: EntityManager,
  event: Notice['event'],
  ways: readonly NoticeWayName[],
  at: Date,
  atOnce: boolean,
): Promise<void> {
  const untold = await rows<Untold>(
    manager,
    `select a.id, a.jurisdiction_id, a.connector_id, c.title, a.cause, a.about, a.message, a.raised_at, a.cleared_at
     from exchange.alert a left join exchange.connector c on c.id = a.connector_id
     where ${UNTOLD[event]} order by a.raised_at, a.cause, a.about, a.id`,
  );
  for (const group of groupsOf(untold).values()) {
    const oldest = Math.min(...group.map((alert) => (alert.cleared_at ?? alert.raised_at).getTime()));
    if (!atOnce && at.getTime() - oldest < TOGETHER_MS) continue;
    const notice = noticeOf(event, group);
    for (const way of ways) await keep(manager, way, notice, group, at);
    await rows(manager, `update exchange.alert set ${event}_told_at = $2 where id = any($1)`, [
      group.map(({ id }) => id),
      at,
    ]);
  }
}

/** By partner and cause; what is about no connector is about a partner that several share. */
function groupsOf(untold: readonly Untold[]): Map<string, Untold[]> {
  const groups = new Map<string, Untold[]>();
  for (const alert of untold) {
    const partner = alert.connector_id ?? [alert.jurisdiction_id, alert.about].join(' ');
    const key = `${alert.cause} ${partner}`;
    groups.set(key, [...(groups.get(key) ?? []), alert]);
  }
  return groups;
}

function noticeOf(event: Notice['event'], group: readonly Untold[]): Omit<Notice, 'id'> {
  const first = group[0]!;
  return {
    event,
    cause: first.cause,
    jurisdiction: first.jurisdiction_id,
    connector: first.connector_id,
    partner: first.title ?? first.about,
    count: group.length,
    alerts: group.slice(0, SHOWN).map(({ id, about, message, raised_at, cleared_at }) => ({
      id,
      about,
      message,
      since: raised_at.toISOString(),
      cleared: cleared_at?.toISOString() ?? null,
    })),
  };
}

async function keep(
  manager: EntityManager,
  way: NoticeWayName,
  notice: Omit<Notice, 'id'>,
  group: readonly Untold[],
  at: Date,
): Promise<void> {
  await rows(
    manager,
    `insert into exchange.alert_notice (id, way, event, alert_ids, message, created_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $6)`,
    [randomUUID(), way, notice.event, group.map(({ id }) => id), JSON.stringify(notice), at],
  );
}
