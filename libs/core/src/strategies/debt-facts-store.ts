import type { EntityManager } from 'typeorm';
import { reachingStops } from '../cases/reaching-stops.sql.js';
import { readInPages } from '../database/read-in-pages.js';
import { rows } from '../database/sql.js';
import type { DueDebt, EarlierReferral } from './domain/referral-plan.js';
import type { Strategy } from './domain/strategy.js';

/** A debt with all that strategies look at. */
export interface DebtFacts extends DueDebt {
  /** Concord's number of it. */
  readonly number: number;
  /** All referrals of it, by whomever they were made. */
  readonly referrals: readonly (Omit<EarlierReferral, 'debtId'> & { readonly id: string })[];
}

const PAGE = 5_000;

/**
 * What strategies look at, of some debts. The debtor is the one of the case, whose stops count, and those of a duplicate; a
 * co-debtor's bind nobody else. A referral that expired is over, whether or not anyone has withdrawn it since.
 *
 * Parameters: $1 the office's date, $2 whether the last payment is looked at.
 *
 * @param which condition on the debt `d`
 */
const facts = (which: string): string => `
  with chosen as materialized (
    select d.id, d.number, d.case_id, c.debtor_id, d.type, d.delinquent_on, d.due_on, d.incurred_on,
           (d.registered_at at time zone j.time_zone)::date as registered_on
    from cases.debt d join cases.case_file c on c.id = d.case_id join cases.jurisdiction j on j.id = d.jurisdiction_id
    where ${which}),
  owed as (
    select e.debt_id, sum(e.effect_minor) as minor,
           max(e.effective_on) filter (where $2::boolean and e.kind = 'payment' and u.id is null) as paid_on
    from chosen d join cases.ledger_entry e on e.debt_id = d.id
    left join cases.ledger_entry u on u.reverses = e.id and u.reverses is not null and $2::boolean
    group by e.debt_id),
  stopped as (
    select r.debt_id, array_agg(distinct s.kind) as kinds
    from (${reachingStops('chosen')}) r join cases.stop s on s.id = r.stop_id
    where r.of_debtor and s.lifted_on is null and s.starts_on <= $1::date and (s.ends_on is null or s.ends_on >= $1::date)
    group by r.debt_id),
  referred as (
    select r.debt_id, jsonb_agg(jsonb_build_object('id', r.id, 'act', r.act, 'connectorId', r.connector_id, 'expiresOn', r.expires_on,
             'endedOn', case when r.withdrawn_on is not null then r.withdrawn_on
                             when r.expires_on < $1::date then r.expires_on end,
             'end', case when r.withdrawn_on is not null then coalesce(r.end_kind, 'withdrawn')
                         when r.expires_on < $1::date then 'expired' end)) as list
    from chosen d join cases.referral r on r.debt_id = d.id group by r.debt_id)
  select d.id, d.number, d.type, d.delinquent_on as "delinquentOn", d.due_on as "dueOn",
         d.incurred_on as "incurredOn", d.registered_on as "registeredOn", coalesce(o.minor, 0) as "balanceMinor", o.paid_on as "lastPaidOn",
         p.kind as "debtorKind", coalesce(jsonb_typeof(p.address) = 'object', false) as "hasAddress",
         p.telephone is not null as "hasTelephone", coalesce(s.kinds, '{}') as stops,
         coalesce(a.holds_back, '{}') as "arrangedActs", coalesce(r.list, '[]') as referrals
  from chosen d
  join cases.party q on q.id = d.debtor_id
  join cases.party_told p on p.id = coalesce(q.merged_into, q.id)
  left join owed o on o.debt_id = d.id
  left join stopped s on s.debt_id = d.id
  left join cases.arrangement_debt ad on ad.debt_id = d.id and ad.state = 'in-force'
  left join cases.arrangement a on a.id = ad.arrangement_id
  left join referred r on r.debt_id = d.id
  order by d.number`;

/**
 * The next debts to look at, locked with their cases, in the order in which they came in: the same debts are shared in the
 * same way everywhere. What someone else changes just now is left for the next turn: every change of a case locks the case
 * before the debt.
 */
export async function readDueDebts(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  today: string,
  limit: number,
): Promise<DebtFacts[]> {
  const due = await rows<{ id: string }>(
    manager,
    `select d.id from cases.debt d join cases.case_file c on c.id = d.case_id
     where d.jurisdiction_id = $1 and d.strategy_review_on <= $2
     order by d.number limit $3 for no key update of c, d skip locked`,
    [jurisdictionId, today, limit],
  );
  if (due.length === 0) return [];
  // Read once they are locked: what somebody committed until then counts.
  return rows<DebtFacts>(manager, facts('d.id = any($3::uuid[])'), [
    today,
    looksAtPayments(strategies),
    due.map(({ id }) => id),
  ]);
}

/** Every debt of the strategies' types, whether or not its review is due, in pages and without locking any. */
export function readAllDebts(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  today: string,
): AsyncGenerator<DebtFacts[], void> {
  const types = [...new Set(strategies.flatMap(({ debtTypes }) => debtTypes))];
  const parameters = [today, looksAtPayments(strategies), jurisdictionId, types];
  const which = 'd.jurisdiction_id = $3::text and d.type = any($4::text[])';
  return readInPages<DebtFacts>(manager, facts(which), parameters, PAGE);
}

/** The referrals of some debts, each with its debt. */
export function referralsOf(debts: readonly DebtFacts[]): (EarlierReferral & { readonly id: string })[] {
  return debts.flatMap(({ id: debtId, referrals }) => referrals.map((referral) => ({ ...referral, debtId })));
}

function looksAtPayments(strategies: readonly Strategy[]): boolean {
  return strategies.some(({ ageFrom }) => ageFrom === 'last-payment');
}
