/** A party and its duplicates, where `one` is the party that stands for them. */
const isOneOf = (member: string, one: string): string => `(${member}.id = ${one} or ${member}.merged_into = ${one})`;

/**
 * Mail came back from an address, and nobody has found it good since. The last word on each counts, whichever of the group of
 * `q` it was said of: who verifies one entry of an address has verified the address.
 */
const cameBack = (address: string): string => `coalesce((
             select max(r.returned_on) >= coalesce(max(r.verified_on), '-infinity')
             from cases.party m join cases.party_address r on r.party_id = m.id
             where ${isOneOf('m', 'q.id')} and r.address = ${address}), false)`;

/**
 * The address to use of the party `q`: where mail did not come back, then the newest, then the party's own before a
 * duplicate's. Where mail came back from all of them the newest is told all the same: a partner would rather doubt an
 * address than have none. Where somebody works, and any other place that is not theirs, is told to nobody: an employer would
 * learn of the debt (US-REGF-06). The premises of a business are its own.
 */
const ADDRESS = `
  select a.address from (
    select m.address, m.address_since as since, m.id, m.number
    from cases.party m where ${isOneOf('m', 'q.id')} and m.address is not null
    union all
    select b.address, b.since, m.id, m.number
    from cases.party m join cases.party_address b on b.party_id = m.id
    where ${isOneOf('m', 'q.id')} and b.until is null
      and (b.kind in ('residence', 'mailing', 'registered') or (b.kind = 'premises' and q.kind = 'business'))) a
  order by ${cameBack('a.address')}, a.since desc nulls last, a.id <> q.id, a.number, a.address limit 1`;

/**
 * The telephone to use of the party `q`, by the same order. A number that is not to be used, or for which consent to be
 * contacted in collection was withdrawn, is told to nobody, whoever said it and whichever duplicate has it. Where it ended,
 * what was said of it before is over as well; who says it again later is heard.
 */
const TELEPHONE = `
  select t.value from (
    select m.telephone as value, null::date as since, null::uuid as point_id, m.id, m.number
    from cases.party m where ${isOneOf('m', 'q.id')} and m.telephone is not null
    union all
    select c.value, c.since, c.id, m.id, m.number
    from cases.party m join cases.party_contact_point c on c.party_id = m.id
    where ${isOneOf('m', 'q.id')} and c.kind = 'telephone') t
  where not exists (
    select 1 from cases.party m join cases.party_contact_point c on c.party_id = m.id
    where ${isOneOf('m', 'q.id')} and c.kind = 'telephone' and c.value = t.value
      and ((c.id = t.point_id and c.until is not null) or coalesce(t.since < c.until, c.until is not null)
           or c.do_not_use_reason is not null or 'withdrawn' = (
             select s.state from cases.party_consent s
             where s.contact_point_id = c.id and s.purpose = 'collection'
             order by s.happened_on desc, s.number desc limit 1)))
  order by t.since desc nulls last, t.id <> q.id, t.number, t.value limit 1`;

/** How duplicates are read as one, and which address and telephone of a party are in use. */
export const PARTIES_CASES_VIEWS = `
-- every party beside each that is the same, itself among them
create view cases.party_same as
  select p.id as party_id, m.id as same_id
  from cases.party p join cases.party m on ${isOneOf('m', 'coalesce(p.merged_into, p.id)')};

-- every case beside each whose debtor is the same, itself among them
create view cases.case_same as
  select c.id as case_id, o.id as same_id
  from cases.case_file c
  join cases.party_same s on s.party_id = c.debtor_id
  join cases.case_file o on o.debtor_id = s.same_id;

-- what anybody is told of a party; of a duplicate nothing is told, but of the party that stands for it
create view cases.party_told as
  select q.id, q.number, q.kind, q.surname, q.first_name, q.middle_name, q.generation,
         case when q.has_more then (${TELEPHONE}) else q.telephone end as telephone,
         case when q.has_more then (${ADDRESS}) else q.address end as address
  from cases.party q;

grant select on cases.party_same, cases.case_same, cases.party_told to concord_gateway;

-- somebody who owes a debt twice, under two entries that are one person, owes it once, as debtor before as co-debtor
create or replace view cases_v1.debt_party as
  select distinct on (dp.debt_id, t.id)
         dp.debt_id, dp.role, t.id, t.kind, t.surname, t.first_name, t.middle_name, t.generation, t.telephone, t.address,
         t.number::text as number
  from cases.debt_party dp
  join cases.party p on p.id = dp.party_id
  join cases.party_told t on t.id = coalesce(p.merged_into, p.id)
  order by dp.debt_id, t.id, case dp.role when 'debtor' then 0 when 'co-debtor' then 1 else 2 end;

-- stops and identifiers stand under the party that they were filed for: these two say for whom they count as well
create view cases_v1.merged_party as
  select id as party_id, merged_into as survivor_id from cases.party where merged_into is not null;

create view cases_v1.joined_case as
  select c.id as case_id, o.id as other_case_id
  from cases.case_file c
  join cases.party p on p.id = c.debtor_id and (p.has_more or p.merged_into is not null)
  join cases.party m on m.id <> p.id and ${isOneOf('m', 'coalesce(p.merged_into, p.id)')}
  join cases.case_file o on o.debtor_id = m.id;

grant select on cases_v1.merged_party, cases_v1.joined_case to concord_connectors;
`;
