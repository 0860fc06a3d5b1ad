/**
 * Which party of a debt a partner means by a number, as a query of one row or none: `party_id`, the party that stands for it
 * now, and `is_debtor`. Partners are told the number of the party that stood for it on the day, and keep it for as long as
 * they hold the debt: a party is known by its own number, by that of every duplicate, and by those that it was merged with
 * before the merge was undone. Where an undone merge leaves more than one to choose from, nobody is meant.
 *
 * @param debt the debt's id; neither of the two may be an expression on `met`, `filed`, `one`, `other` or `meant`
 * @param number the number as text, without leading zeros
 */
export const namedParty = (debt: string, number: string): string => `
  with recursive met as (
    select dp.party_id as filed_id, dp.role, dp.party_id as one_id from cases.debt_party dp where dp.debt_id = ${debt}
    union
    select met.filed_id, met.role, other.id
    from met cross join lateral (
      select survivor_id as id from cases.party_merge where duplicate_id = met.one_id
      union all
      select duplicate_id from cases.party_merge where survivor_id = met.one_id) other),
  meant as (
    select coalesce(filed.merged_into, filed.id) as party_id, bool_or(met.role = 'debtor') as is_debtor,
           bool_or(coalesce(one.merged_into, one.id) = coalesce(filed.merged_into, filed.id)) as stands
    from met join cases.party filed on filed.id = met.filed_id join cases.party one on one.id = met.one_id
    where one.number::text = ${number}
    group by 1)
  select party_id, is_debtor from meant where stands or (select count(*) from meant) = 1`;
