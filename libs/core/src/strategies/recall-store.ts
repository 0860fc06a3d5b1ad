import type { EntityManager } from 'typeorm';
import { reachingStops } from '../cases/reaching-stops.sql.js';
import { readInPages } from '../database/read-in-pages.js';
import { rows } from '../database/sql.js';
import type { ReferralAtWork } from './domain/recall.js';

/** A referral in force with all that a recall looks at. */
export interface RecallFacts extends ReferralAtWork {
  readonly id: string;
  readonly debtId: string;
  /** Concord's number of the debt. */
  readonly number: number;
  readonly connectorId: string;
  readonly strategyId: string;
}

const PAGE = 5_000;

/**
 * What a recall looks at, of some referrals. Money is uncertain while some of the debt waits in suspense, a balance that the
 * partner reported is in question, or a file of the partner's is here and not applied to its end. So it is while a record of
 * the partner's is set aside: of the debt that it names, or of all of the partner's where its reference can't be read.
 *
 * Parameters: $1 the office's date, $2 the office.
 *
 * @param which condition on the referral `r`
 */
const facts = (which: string): string => `
  with chosen as materialized (
    select r.id, r.debt_id, d.number, r.case_id, c.debtor_id, r.connector_id, r.strategy_id, r.made_on
    from cases.referral r join cases.case_file c on c.id = r.case_id join cases.debt d on d.id = r.debt_id
    where c.jurisdiction_id = $2::text and ${which}),
  of_debts as (select distinct debt_id, debt_id as id, case_id from chosen),
  owed as (
    select e.debt_id, sum(e.effect_minor) as minor,
           max(e.effective_on) filter (where e.kind = 'payment' and u.id is null) as paid_on
    from of_debts d join cases.ledger_entry e on e.debt_id = d.debt_id
    left join cases.ledger_entry u on u.reverses = e.id and u.reverses is not null
    group by e.debt_id),
  stopped as (
    select r.debt_id,
           bool_or(lifted_on is null and starts_on <= $1::date and (ends_on is null or ends_on >= $1::date)) as stands,
           max(least(lifted_on, ends_on + 1)) filter (where least(lifted_on, ends_on + 1) <= $1::date) as over_on
    from (${reachingStops('of_debts')}) r join cases.stop s on s.id = r.stop_id
    where r.of_debtor group by r.debt_id),
  arranged as (
    select ad.debt_id, bool_or(a.state = 'in-force') as stands, max(a.ended_on) as over_on
    from of_debts d join cases.arrangement_debt ad on ad.debt_id = d.debt_id
    join cases.arrangement a on a.id = ad.arrangement_id group by ad.debt_id),
  placed as (
    select r.id, bool_or(coalesce(v.presumed_state, 'absent') <> 'absent') as held, bool_or(v.in_flight > 0) as in_flight
    from chosen r join exchange_v1.position v on v.subject_id = r.debt_id and v.connector_id = r.connector_id
    group by r.id),
  set_aside as (
    select q.connector_id, q.finding->>'reference' as reference
    from exchange_v1.quarantined_record q join exchange_v1.connector k on k.id = q.connector_id
    where k.jurisdiction_id = $2::text and q.status = 'quarantined'),
  uncertain as (
    select debt_id from cases.suspense where jurisdiction_id = $2::text and state = 'open' and debt_id is not null
    union
    select debt_id from cases.proposal
    where jurisdiction_id = $2::text and state = 'open' and kind = 'balance-differs' and debt_id is not null
    union
    select v.subject_id from cases.suspense q
    join exchange_v1.position v on v.connector_id = q.connector_id and v.reference = q.reference
    where q.jurisdiction_id = $2::text and q.state = 'open'
    union
    select v.subject_id from set_aside q
    join exchange_v1.position v on v.connector_id = q.connector_id and v.reference = q.reference),
  unread as (
    select connector_id from set_aside where reference is null
    union
    select e.connector_id from exchange_v1.exchange e join exchange_v1.connector k on k.id = e.connector_id
    where k.jurisdiction_id = $2::text and e.direction = 'in' and e.state in ('received', 'undecided', 'applying'))
  select r.id, r.debt_id as "debtId", r.number, r.connector_id as "connectorId", r.strategy_id as "strategyId",
         r.made_on as "madeOn", o.paid_on as "lastPaidOn", greatest(s.over_on, a.over_on) as "freeSince",
         coalesce(o.minor, 0) as "balanceMinor", coalesce(a.stands, false) as arranged,
         coalesce(s.stands, false) as stopped,
         u.debt_id is not null or f.connector_id is not null as "moneyUncertain",
         coalesce(p.held, false) as held, coalesce(p.in_flight, false) as "inFlight"
  from chosen r
  left join owed o on o.debt_id = r.debt_id
  left join stopped s on s.debt_id = r.debt_id
  left join arranged a on a.debt_id = r.debt_id
  left join placed p on p.id = r.id
  left join uncertain u on u.debt_id = r.debt_id
  left join unread f on f.connector_id = r.connector_id
  order by r.number`;

/**
 * The next referrals of which it is time to ask, locked with their cases. What someone else changes just now is left for
 * the next turn.
 */
export async function readDueReferrals(
  manager: EntityManager,
  jurisdictionId: string,
  today: string,
  limit: number,
): Promise<RecallFacts[]> {
  const due = await rows<{ id: string }>(
    manager,
    `select r.id from cases.referral r join cases.case_file c on c.id = r.case_id
     where c.jurisdiction_id = $1 and r.withdrawn_on is null and r.recall_review_on <= $2
     order by r.recall_review_on limit $3 for no key update of c, r skip locked`,
    [jurisdictionId, today, limit],
  );
  if (due.length === 0) return [];
  return rows<RecallFacts>(manager, facts('r.id = any($3::uuid[])'), [today, jurisdictionId, due.map(({ id }) => id)]);
}

/** Every referral in force of some strategies, whether or not it is time to ask, in pages and without locking any. */
export function readAllReferrals(
  manager: EntityManager,
  jurisdictionId: string,
  strategyIds: readonly string[],
  today: string,
): AsyncGenerator<RecallFacts[], void> {
  const which = `r.withdrawn_on is null and (r.expires_on is null or r.expires_on >= $1::date)
      and r.made_by = 'strategy' and r.strategy_id = any($3::text[])`;
  return readInPages<RecallFacts>(manager, facts(which), [today, jurisdictionId, strategyIds], PAGE);
}
