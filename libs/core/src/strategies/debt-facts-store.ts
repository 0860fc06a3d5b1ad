import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { DueDebt, EarlierReferral } from './domain/referral-plan.js';
import type { Strategy } from './domain/strategy.js';

/** A debt with all that strategies look at. */
export interface DebtFacts extends DueDebt {
  /** Concord's number of it. */
  readonly number: number;
}

const CHOSEN = `d.id, d.number, d.case_id, c.debtor_id, d.type, d.delinquent_on, d.incurred_on,
         d.registered_at::date as registered_on`;

/**
 * What strategies look at, of the debts of a query named `chosen`. Parameters: $1 the office's date, $2 whether the
 * last payment is looked at. The debtor is the one of the case, whose stops count; a co-debtor's bind nobody else.
 */
const FACTS = `
  select d.id, d.number, d.type, d.delinquent_on as "delinquentOn", d.incurred_on as "incurredOn",
         d.registered_on as "registeredOn", coalesce(l.balance_minor, 0) as "balanceMinor",
         case when $2 then (
           select max(e.effective_on) from cases.ledger_entry e
           where e.debt_id = d.id and e.kind = 'payment'
             and not exists (select 1 from cases.ledger_entry r where r.reverses = e.id)) end as "lastPaidOn",
         p.kind as "debtorKind", coalesce(jsonb_typeof(p.address) = 'object', false) as "hasAddress",
         p.telephone is not null as "hasTelephone", coalesce(s.kinds, '{}') as stops,
         coalesce(a.holds_back, '{}') as "arrangedActs"
  from chosen d
  join cases.party p on p.id = d.debtor_id
  left join lateral (
    select sum(e.effect_minor) as balance_minor from cases.ledger_entry e where e.debt_id = d.id) l on true
  left join lateral (
    select array_agg(distinct s.kind) as kinds from cases.stop s
    where s.subject_id in (d.id, d.case_id, d.debtor_id) and s.lifted_on is null
      and s.starts_on <= $1 and (s.ends_on is null or s.ends_on >= $1)
      and (s.party_id is null or s.party_id = d.debtor_id)) s on true
  left join lateral (
    select a.holds_back from cases.arrangement_debt ad join cases.arrangement a on a.id = ad.arrangement_id
    where ad.debt_id = d.id and ad.state = 'in-force' limit 1) a on true
  order by d.number`;

/**
 * The next debts to look at, locked with their cases, in the order in which they came in: the same debts are shared in the
 * same way everywhere. What someone else changes just now is left for the next turn: every change of a case locks the case
 * before the debt.
 */
export function readDueDebts(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  today: string,
  limit: number,
): Promise<DebtFacts[]> {
  return rows<DebtFacts>(
    manager,
    `with chosen as materialized (
       select ${CHOSEN} from cases.debt d join cases.case_file c on c.id = d.case_id
       where d.jurisdiction_id = $3 and d.strategy_review_on <= $1
       order by d.number limit $4 for no key update of c, d skip locked)
     ${FACTS}`,
    [today, looksAtPayments(strategies), jurisdictionId, limit],
  );
}

/** Debts of the strategies' types whether or not their review is due, after a number and without locking them. */
export function readDebtsAfter(
  manager: EntityManager,
  jurisdictionId: string,
  strategies: readonly Strategy[],
  today: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<DebtFacts[]> {
  const types = [...new Set(strategies.flatMap(({ debtTypes }) => debtTypes))];
  return rows<DebtFacts>(
    manager,
    `with chosen as materialized (
       select ${CHOSEN} from cases.debt d join cases.case_file c on c.id = d.case_id
       where d.jurisdiction_id = $3 and d.type = any($4) and d.number > $5
       order by d.number limit $6)
     ${FACTS}`,
    [today, looksAtPayments(strategies), jurisdictionId, types, after, limit],
  );
}

/** All referrals of some debts, by whomever they were made; `id` names each. */
export function readReferralsOf(
  manager: EntityManager,
  debts: readonly DebtFacts[],
  today: string,
): Promise<(EarlierReferral & { readonly id: string })[]> {
  return rows<EarlierReferral & { readonly id: string }>(
    manager,
    // One that expired is over, whether or not anyone has withdrawn it since.
    `select id, debt_id as "debtId", act, connector_id as "connectorId",
            case when withdrawn_on is not null then withdrawn_on when expires_on < $2 then expires_on end as "endedOn",
            case when withdrawn_on is not null then coalesce(end_kind, 'withdrawn')
                 when expires_on < $2 then 'expired' end as "end"
     from cases.referral where debt_id = any($1)`,
    [debts.map(({ id }) => id), today],
  );
}

function looksAtPayments(strategies: readonly Strategy[]): boolean {
  return strategies.some(({ ageFrom }) => ageFrom === 'last-payment');
}
