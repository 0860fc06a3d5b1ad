import type { DataSource } from 'typeorm';
import type { Act, IsoDate } from '@concord/plugin-sdk';
import { locateDebtByName } from '../cases/case-lookup.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { whyWithoutCitation } from '../rules/domain/without-citation.js';

/** `open`: owed and not confirmed yet, overdue or not. `overdue`: those of them whose last day has passed. */
export const RELEASE_STATES = ['open', 'overdue', 'done', 'all'] as const;
export type ReleaseState = (typeof RELEASE_STATES)[number];

export interface ReleaseFilter {
  readonly jurisdiction?: string | undefined;
  readonly connector?: string | undefined;
  /** A debt, by id or by Concord's number. */
  readonly subject?: string | undefined;
  /** Default `open`. */
  readonly state?: ReleaseState | undefined;
  /** Default and at most {@link MOST_RELEASES}. */
  readonly limit?: number | undefined;
}

export const MOST_RELEASES = 500;

/** Something that a partner must be told less adverse than it may hold, with its deadline and the law that sets it. */
export interface ReleaseView {
  readonly jurisdiction: string;
  readonly connector: string;
  readonly partner: string;
  readonly mode: string;
  readonly act: Act;
  readonly debtId: string;
  readonly number: number;
  readonly sourceReference: string;
  /** Rule id, `STOP:<kind>`, `REFERRAL`, or `CORRECTION` of a balance that the partner holds too high. */
  readonly rule: string;
  readonly citation: string | null;
  /** Why no source is named; null where one is. */
  readonly withoutCitation: string | null;
  /** In words that can be read aloud to the debtor; null where no rule objects and only a balance is corrected. */
  readonly reason: string | null;
  readonly owedOn: IsoDate;
  readonly dueOn: IsoDate;
  /** When the partner confirmed it, or, where it never confirms, its delivery was proven, or nothing was owed any more. */
  readonly doneOn: IsoDate | null;
  /** Calendar days past the last day, until it was done or today; 0 in time. */
  readonly daysLate: number;
  /** What the partner is known to hold now, and records that were sent to it and are not answered. */
  readonly held: string;
  readonly heldMinor: number;
  readonly inFlight: number;
}

export interface ReleaseList {
  /** Over all that the filter names, whatever its state, and not only those listed. */
  readonly counts: { readonly open: number; readonly overdue: number };
  /** The earliest deadline first. */
  readonly releases: readonly ReleaseView[];
}

type Found = Omit<ReleaseView, 'withoutCitation'> & { readonly country: string };

/** Every position of a debt. What is known of them is found by their ids: a condition on debts would be tried on every duty. */
const POSITIONS = 'select id from exchange_v1.position where subject_id = $1';

/** Duties of the filter's offices, connectors and positions, each with its office's today. $1 is the instant of the look. */
const DUTIES = `
  select u.*, c.jurisdiction_id, c.title, c.mode, c.act, j.country,
         greatest(j.last_day, ($1::timestamptz at time zone j.time_zone)::date) as today
  from exchange_v1.release_duty u
  join exchange_v1.connector c on c.id = u.connector_id
  join cases_v1.jurisdiction j on j.id = c.jurisdiction_id
  where ($2::text is null or c.jurisdiction_id = $2) and ($3::text is null or u.connector_id = $3)
    and ($4::uuid[] is null or u.position_id = any($4))`;

/** What is done was done once and for all, and grows for years: only what is open is read. */
const COUNTS = `
  select count(*) as open, count(*) filter (where due_on < today) as overdue
  from (${DUTIES}) as duty where done_on is null`;

/**
 * The source and the words are those of the block that stood when the duty came up, or of the latest one of the same rule. They are
 * looked up for the duties that are listed, and not for all among which these are chosen.
 */
const LISTED = `
  with listed as materialized (
    select * from (${DUTIES}) as u
    where case $5::text when 'open' then u.done_on is null
                        when 'overdue' then u.done_on is null and u.due_on < u.today
                        when 'done' then u.done_on is not null
                        else true end
    order by u.due_on, u.connector_id, u.position_id, u.owed_on
    limit $6)
  select u.jurisdiction_id as jurisdiction, u.connector_id as connector, u.title as partner, u.mode, u.act, u.country,
         d.id as "debtId", d.number, d.source_reference as "sourceReference", u.rule, b.citation, b.reason,
         u.owed_on as "owedOn", u.due_on as "dueOn", u.done_on as "doneOn",
         greatest(0, coalesce(u.done_on, u.today) - u.due_on) as "daysLate",
         p.known_state as held, p.known_amount_minor as "heldMinor", p.in_flight as "inFlight"
  from listed u
  join exchange_v1.position p on p.id = u.position_id
  join cases.debt d on d.id = p.subject_id
  left join lateral (
    select k.citation, k.reason from exchange_v1.block k
    where k.connector_id = u.connector_id and k.subject_id = p.subject_id and k.rule = u.rule
    order by (k.since <= u.owed_on and (k.until is null or k.until > u.owed_on)) desc, k.since desc limit 1) b on true
  order by u.due_on, u.connector_id, d.number, u.owed_on`;

/** A name that nothing has would read as nothing being owed. */
async function refuseUnknown(gateway: DataSource, { jurisdiction, connector }: ReleaseFilter): Promise<void> {
  if (jurisdiction !== undefined) {
    const [known] = await rows(gateway, 'select id from cases_v1.jurisdiction where id = $1', [jurisdiction]);
    if (!known) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdiction}`);
  }
  if (connector !== undefined) {
    const [known] = await rows(gateway, 'select id from exchange_v1.connector where id = $1', [connector]);
    if (!known) throw new Refusal('connector-unknown', `there is no connector ${connector}`);
  }
}

/** @throws Refusal `debt-unknown` */
async function positionsOf(gateway: DataSource, subject: string): Promise<string[]> {
  const debt = await locateDebtByName(gateway, subject);
  const found = await rows<{ id: string }>(gateway, POSITIONS, [debt.id]);
  return found.map(({ id }) => id);
}

/**
 * Release duties with deadline, rule and source, and how many there are.
 *
 * @throws Refusal `jurisdiction-unknown`, `connector-unknown` or `debt-unknown` where the filter names what there is not
 */
export async function listReleases(gateway: DataSource, clock: Clock, filter: ReleaseFilter): Promise<ReleaseList> {
  const { jurisdiction = null, connector = null, subject = null, state = 'open', limit = MOST_RELEASES } = filter;
  await refuseUnknown(gateway, filter);
  const positions = subject === null ? null : await positionsOf(gateway, subject);
  const chosen = [clock.now(), jurisdiction, connector, positions];
  const [counts] = await rows<ReleaseList['counts']>(gateway, COUNTS, chosen);
  const found = await rows<Found>(gateway, LISTED, [...chosen, state, Math.min(limit, MOST_RELEASES)]);
  return {
    counts: counts!,
    releases: found.map(({ country, ...release }) => ({
      ...release,
      withoutCitation: release.citation === null ? whyWithoutCitation(release.rule, release.act, country) : null,
    })),
  };
}
