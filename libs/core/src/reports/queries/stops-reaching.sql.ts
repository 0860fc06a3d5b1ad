/**
 * The stops that hold on day $2 for debts of office $1, once a debt, payment arrangements among them. What protects a
 * co-debtor alone does not reach the debt.
 */
export const STOPS_REACHING = `
  select s.id, s.kind, s.details, r.debt_id
  from (
    select s.id as stop_id, d.id as debt_id
    from cases.stop s join cases.debt d on d.id = s.subject_id
    where s.scope = 'debt' and d.jurisdiction_id = $1
    union all
    select s.id, d.id
    from cases.stop s
    join cases.case_same c on c.same_id = s.subject_id
    join cases.debt d on d.case_id = c.case_id
    where s.scope = 'case' and d.jurisdiction_id = $1
    union all
    select s.id, d.id
    from cases.stop s
    join cases.party_same p on p.same_id = s.subject_id
    join cases.debt_party dp on dp.party_id = p.party_id and dp.role = 'debtor'
    join cases.debt d on d.id = dp.debt_id
    where s.scope = 'party' and d.jurisdiction_id = $1) r
  join cases.stop s on s.id = r.stop_id
  where s.party_id is null and s.starts_on <= $2::date
    and (s.ends_on is null or s.ends_on >= $2::date) and (s.lifted_on is null or s.lifted_on > $2::date)
  union all
  select a.id, 'arrangement', '{}'::jsonb, ad.debt_id
  from cases.arrangement a join cases.arrangement_debt ad on ad.arrangement_id = a.id
  where a.jurisdiction_id = $1 and a.agreed_on <= $2::date and (a.ended_on is null or a.ended_on > $2::date)`;
