import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { PostalAddress } from '../domain/address-likeness.js';
import type { ComparedParty } from '../domain/match.js';
import type { PartyName } from '../domain/name-normalisation.js';

interface ComparedRow {
  readonly id: string;
  readonly kind: PartyName['kind'];
  readonly names: readonly Omit<PartyName, 'kind'>[];
  readonly addresses: readonly PostalAddress[] | null;
  readonly telephones: readonly string[] | null;
  readonly ssn: readonly string[] | null;
  readonly sin: readonly string[] | null;
  readonly born: readonly string[] | null;
}

const nameOf = (from: string): string =>
  `jsonb_build_object('surname', ${from}surname, 'firstName', ${from}first_name, 'middleName', ${from}middle_name,
                      'generation', ${from}generation)`;

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
     fact as (
       select one, kind, 'name' as what, ${nameOf('')} as value from member
       union all
       select m.one, m.kind, 'name', ${nameOf('n.')}
       from member m join cases.party_name n on n.party_id = m.id where m.has_more
       union all
       select one, kind, 'address', address from member where address is not null
       union all
       select m.one, m.kind, 'address', a.address
       from member m join cases.party_address a on a.party_id = m.id where m.has_more
       union all
       select one, kind, 'telephone', to_jsonb(telephone) from member where telephone is not null
       union all
       select m.one, m.kind, 'telephone', to_jsonb(c.value)
       from member m join cases.party_contact_point c on c.party_id = m.id where m.has_more and c.kind = 'telephone'
       union all
       select m.one, m.kind, i.kind, to_jsonb(encode(i.blind_index, 'hex'))
       from member m join cases.party_identifier i on i.party_id = m.id)
     select one as id, min(kind) as kind,
            jsonb_agg(distinct value) filter (where what = 'name') as names,
            jsonb_agg(distinct value) filter (where what = 'address') as addresses,
            jsonb_agg(distinct value) filter (where what = 'telephone') as telephones,
            jsonb_agg(distinct value) filter (where what = 'ssn') as ssn,
            jsonb_agg(distinct value) filter (where what = 'sin') as sin,
            jsonb_agg(distinct value) filter (where what = 'date-of-birth') as born
     from fact group by one`,
    [partyIds],
  );
  return new Map(found.map((row) => [row.id, compared(row)]));
}

function compared({ kind, names, addresses, telephones, ssn, sin, born }: ComparedRow): ComparedParty {
  return {
    kind,
    names: names.map((name) => ({ ...name, kind })),
    addresses: addresses ?? [],
    telephones: telephones ?? [],
    identifiers: { ssn: ssn ?? [], sin: sin ?? [], 'date-of-birth': born ?? [] },
  };
}
