import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { PostalAddress } from '../domain/address-likeness.js';
import type { ComparedIdentifier, ComparedParty } from '../domain/match.js';
import type { PartyName } from '../domain/name-normalisation.js';

interface ComparedRow {
  readonly id: string;
  readonly kind: PartyName['kind'];
  readonly names: readonly Omit<PartyName, 'kind'>[];
  readonly addresses: readonly PostalAddress[] | null;
  readonly telephones: readonly string[] | null;
  readonly identifiers: Readonly<Partial<Record<ComparedIdentifier, readonly string[]>>> | null;
}

/**
 * What is compared of parties, each with its duplicates: all names, addresses and telephones that it has or had, and the
 * keyed indexes of its identifiers. One statement for all.
 *
 * @param partyIds parties that stand for themselves
 * @returns by party
 */
export async function readCompared(on: Queryable, partyIds: readonly string[]): Promise<Map<string, ComparedParty>> {
  const found = await rows<ComparedRow>(
    on,
    `with member as materialized (
       select s.party_id as one, m.*
       from cases.party_same s join cases.party m on m.id = s.same_id where s.party_id = any($1)),
     name as (
       select one, jsonb_agg(jsonb_build_object('surname', surname, 'firstName', first_name, 'middleName', middle_name,
                             'generation', generation) order by number, id) as names
       from (select one, surname, first_name, middle_name, generation, number, null::uuid as id from member
             union all
             select m.one, n.surname, n.first_name, n.middle_name, n.generation, m.number, n.id
             from member m join cases.party_name n on n.party_id = m.id where m.has_more) n group by one),
     address as (
       select one, jsonb_agg(address) as addresses
       from (select one, address from member where address is not null
             union
             select m.one, a.address from member m join cases.party_address a on a.party_id = m.id where m.has_more) a
       group by one),
     telephone as (
       select one, jsonb_agg(telephone) as telephones
       from (select one, telephone from member where telephone is not null
             union
             select m.one, c.value from member m join cases.party_contact_point c on c.party_id = m.id
             where m.has_more and c.kind = 'telephone') t group by one),
     identifier as (
       select one, jsonb_object_agg(kind, indexes) as identifiers
       from (select m.one, i.kind, jsonb_agg(distinct encode(i.blind_index, 'hex')) as indexes
             from member m join cases.party_identifier i on i.party_id = m.id group by 1, 2) i group by one)
     select p.id, p.kind, n.names, a.addresses, t.telephones, i.identifiers
     from cases.party p join name n on n.one = p.id
     left join address a on a.one = p.id left join telephone t on t.one = p.id left join identifier i on i.one = p.id
     where p.id = any($1)`,
    [partyIds],
  );
  return new Map(found.map((row) => [row.id, compared(row)]));
}

function compared({ kind, names, addresses, telephones, identifiers }: ComparedRow): ComparedParty {
  return {
    kind,
    names: names.map((name) => ({ ...name, kind })),
    addresses: addresses ?? [],
    telephones: telephones ?? [],
    identifiers: identifiers ?? {},
  };
}
