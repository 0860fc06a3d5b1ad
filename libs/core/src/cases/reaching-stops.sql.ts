/**
 * Every stop that reaches some debts, whatever its dates and whether or not it was lifted, over merged parties and cases: a
 * query of `debt_id`, `stop_id`, `party_id` and `of_debtor`. Whoever reads stops of debts reads them by this, joined to
 * `cases.stop s on s.id = stop_id` (or `cases_v1.stop`) for the rest of the stop:
 *
 * - a stop of the debt itself, of its case or of any case of the same debtor, and of any party that owes it or is the same
 *   as one that does; a stop that reaches the debt in several ways is one row for each whom it protects;
 * - `party_id` is whom it protects: null for whoever owes the debt as its debtor, else the party that stands today for the
 *   one that the stop was filed for. Never compare `cases.stop.party_id` with anything: it is as filed, before merges;
 * - `of_debtor` says whether it protects the debt's debtor, under whichever entry. Where it is false it protects a co-debtor
 *   or a guarantor alone.
 *
 * @param debts a table expression or the name of a query with the columns `id` and `case_id` of the debts. Where it is a
 *   `with` query of a few thousand debts, each branch is looked up debt by debt
 */
export const reachingStops = (debts: string): string => `
  select distinct r.debt_id, r.stop_id, r.party_id,
         r.party_id is null or r.party_id = coalesce(z.merged_into, z.id) as of_debtor
  from (
    select d.id as debt_id, d.case_id, s.id as stop_id, coalesce(q.merged_into, s.party_id) as party_id
    from ${debts} d join cases.stop s on s.subject_id = d.id and s.scope = 'debt'
    left join cases.party q on q.id = s.party_id
    union all
    select d.id, d.case_id, s.id, null
    from ${debts} d join cases.stop s on s.subject_id = d.case_id and s.scope = 'case'
    union all
    -- of what stands with one person alone, which is nearly all, the two branches over duplicates find nothing by the flags
    select d.id, d.case_id, s.id, null
    from ${debts} d join cases.case_file c on c.id = d.case_id
    join cases.party q on q.id = c.debtor_id and (q.has_more or q.merged_into is not null)
    join cases.party_same m on m.party_id = q.id and m.same_id <> q.id
    join cases.case_file o on o.debtor_id = m.same_id
    join cases.stop s on s.subject_id = o.id and s.scope = 'case'
    union all
    select d.id, d.case_id, s.id, coalesce(q.merged_into, q.id)
    from ${debts} d join cases.debt_party dp on dp.debt_id = d.id
    join cases.party q on q.id = dp.party_id
    join cases.stop s on s.subject_id = q.id and s.scope = 'party'
    union all
    select d.id, d.case_id, s.id, coalesce(q.merged_into, q.id)
    from ${debts} d join cases.debt_party dp on dp.debt_id = d.id
    join cases.party q on q.id = dp.party_id and (q.has_more or q.merged_into is not null)
    join cases.party_same m on m.party_id = q.id and m.same_id <> q.id
    join cases.stop s on s.subject_id = m.same_id and s.scope = 'party') r
  join cases.case_file f on f.id = r.case_id
  join cases.party z on z.id = f.debtor_id`;
