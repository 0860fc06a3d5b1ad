/**
 * The stops that reach debts by their debtor, as two common table expressions: `merged`, the duplicates of the debtors, and
 * `reached`, each stop with its `debt_id`. Those of the debt, its case and its debtor are among them, and those of the
 * debtor's duplicates; what protects a co-debtor alone reaches nobody else. Whether a stop holds is for the caller to ask.
 *
 * @param debts an expression whose rows have `case_id`, `debtor_id` and the debt's id
 * @param id how its rows call the debt's id
 */
export const stopsReaching = (debts: string, id: string): string => `
  merged as (
    select p.id as party_id, s.same_id
    from cases.party p join cases.party_same s on s.party_id = p.id and s.same_id <> p.id
    where p.id in (select debtor_id from ${debts}) and (p.has_more or p.merged_into is not null)),
  reached as (
    select d.${id} as debt_id, s.* from ${debts} d join cases.stop s on s.subject_id = d.${id}
    where s.party_id is null or s.party_id = d.debtor_id
    union all
    select d.${id}, s.* from ${debts} d join cases.stop s on s.subject_id = d.case_id
    where s.party_id is null or s.party_id = d.debtor_id
    union all
    select d.${id}, s.* from ${debts} d join cases.stop s on s.subject_id = d.debtor_id
    where s.party_id is null or s.party_id = d.debtor_id
    union all
    select d.${id}, s.* from ${debts} d join merged m on m.party_id = d.debtor_id
    join cases.stop s on s.subject_id = m.same_id
    where s.party_id is null or s.party_id = d.debtor_id
    union all
    select d.${id}, s.* from ${debts} d join merged m on m.party_id = d.debtor_id
    join cases.case_file c on c.debtor_id = m.same_id join cases.stop s on s.subject_id = c.id
    where s.party_id is null or s.party_id = d.debtor_id)`;
