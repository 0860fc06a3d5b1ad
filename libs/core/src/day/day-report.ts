import type { DataSource } from 'typeorm';
import { violations } from '../cases/conservation.js';
import { rows } from '../database/sql.js';

/** One connector's business date, in numbers. */
export interface ConnectorDay {
  readonly id: string;
  readonly plugin: string;
  readonly family: string;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly blocked: number;
  /** Minor units of the jurisdiction's currency that this partner's payments posted. */
  readonly postedMinor: number;
  readonly releasesOwed: number;
  readonly releasesDone: number;
}

export interface JurisdictionDay {
  readonly id: string;
  readonly currency: string;
  /** Whether the ledger agrees with what was taken in, with itself, and with what partners hold. */
  readonly conserved: boolean;
  /** Who stopped the adverse output, why and since when; only while it is stopped. */
  readonly adverseStop?: { readonly actor: string; readonly reason: string; readonly since: string };
  readonly connectors: readonly ConnectorDay[];
}

/** A day's report. The shape is a contract: scripts read it. */
export interface DayReport {
  readonly date: string;
  readonly jurisdictions: readonly JurisdictionDay[];
}

/** Counts a business date from the database, so that the same date always has the same report. */
export async function dayReport(
  gateway: DataSource,
  date: string,
  jurisdictionIds: readonly string[],
): Promise<DayReport> {
  const jurisdictions = await rows<
    Pick<JurisdictionDay, 'id' | 'currency'> & { stop: JurisdictionDay['adverseStop'] | null }
  >(
    gateway,
    `select j.id, j.currency, case when s.jurisdiction_id is not null then
       jsonb_build_object('actor', s.actor, 'reason', s.reason, 'since', s.since) end as stop
     from cases.jurisdiction j left join exchange_v1.adverse_stop s on s.jurisdiction_id = j.id
     where j.id = any($1) order by j.id`,
    [jurisdictionIds],
  );
  const connectors = await rows<ConnectorDay & { jurisdiction_id: string }>(gateway, COUNTS, [date, jurisdictionIds]);
  return {
    date,
    jurisdictions: await Promise.all(
      jurisdictions.map(async ({ id, currency, stop }) => ({
        id,
        currency,
        conserved: (await violations(gateway, id)).length === 0,
        ...(stop ? { adverseStop: stop } : {}),
        connectors: connectors
          .filter((connector) => connector.jurisdiction_id === id)
          .map(({ jurisdiction_id: _, ...counts }) => counts),
      })),
    ),
  };
}

const COUNTS = `
  select c.jurisdiction_id, c.id, c.plugin_id as plugin, c.family,
    coalesce(sent.sent, 0) as sent, coalesce(sent.accepted, 0) as accepted, coalesce(sent.refused, 0) as refused,
    coalesce(blocked.subjects, 0) as blocked, coalesce(posted.amount, 0) as "postedMinor",
    coalesce(duties.owed, 0) as "releasesOwed", coalesce(duties.done, 0) as "releasesDone"
  from exchange_v1.connector c
  left join lateral (
    select count(*) as sent, count(*) filter (where r.status = 'accepted') as accepted,
           count(*) filter (where r.status = 'refused') as refused
    from exchange_v1.exchange e join exchange_v1.record r on r.exchange_id = e.id
    where e.connector_id = c.id and e.direction = 'out' and e.business_date = $1
      and e.state in ('delivered', 'answered') and r.status in ('delivered', 'accepted', 'refused', 'superseded')
  ) sent on true
  left join lateral (
    select count(distinct b.subject_id) as subjects from exchange_v1.block b
    where b.connector_id = c.id and b.since <= $1 and (b.until is null or b.until > $1)
      and b.outcome in ('block', 'withdraw') and b.rule <> 'REFERRAL'
  ) blocked on true
  left join lateral (
    select sum(-l.effect_minor) as amount from cases.ledger_entry l
    where l.source = 'partner:' || c.id and l.kind in ('payment', 'reversal') and l.booked_on = $1
  ) posted on true
  left join lateral (
    select count(*) as owed, count(*) filter (where d.done_on = $1) as done from exchange_v1.release_duty d
    where d.connector_id = c.id and d.owed_on <= $1 and (d.done_on is null or d.done_on >= $1)
  ) duties on true
  where c.jurisdiction_id = any($2)
  order by c.id`;
