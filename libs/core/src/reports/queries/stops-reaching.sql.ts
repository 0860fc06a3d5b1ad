import { reachingStops } from '../../cases/reaching-stops.sql.js';

/**
 * The stops that hold on day $2 for debts of office $1, once a debt, payment arrangements among them. What protects a
 * co-debtor alone does not reach the debt.
 */
export const STOPS_REACHING = `
  select s.id, s.kind, s.details, r.debt_id
  from (
    select distinct debt_id, stop_id
    from (${reachingStops('(select id, case_id from cases.debt where jurisdiction_id = $1)')}) reached
    where of_debtor) r
  join cases.stop s on s.id = r.stop_id
  where s.starts_on <= $2::date
    and (s.ends_on is null or s.ends_on >= $2::date) and (s.lifted_on is null or s.lifted_on > $2::date)
  union all
  select a.id, 'arrangement', '{}'::jsonb, ad.debt_id
  from cases.arrangement a join cases.arrangement_debt ad on ad.arrangement_id = a.id
  where a.jurisdiction_id = $1 and a.agreed_on <= $2::date and (a.ended_on is null or a.ended_on > $2::date)`;
