import type { AddressSnapshot, IdentifierKind, IdentifierReference, IsoDate, PartySnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { groupBy } from '../grouping.js';

interface PartyRow {
  readonly debt_id: string;
  readonly role: PartySnapshot['role'];
  readonly id: string;
  readonly number: string;
  readonly kind: PartySnapshot['kind'];
  readonly surname: string;
  readonly first_name: string | null;
  readonly middle_name: string | null;
  readonly generation: string | null;
  readonly telephone: string | null;
  readonly address: AddressSnapshot | null;
  readonly address_since: IsoDate | null;
  readonly identifiers: Partial<Record<IdentifierKind, string>> | null;
}

/** Who owes each debt, the debtor first. @returns by debt */
export async function readParties(
  on: Queryable,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, readonly PartySnapshot[]>> {
  const found = await rows<PartyRow>(
    on,
    `select p.*, i.identifiers, c.address_since
     from cases_v1.debt_party p
     left join lateral (
       -- of two of one kind the last counts: the party's own before a duplicate's
       select jsonb_object_agg(i.kind, i.id order by i.party_id = p.id, i.party_id) as identifiers
       from cases_v1.party_identifier i
       -- as a list, since a join may be answered from a table of everybody's
       where i.party_id = any(array(
         select p.id union all select party_id from cases_v1.merged_party where survivor_id = p.id))
     ) i on true
     left join lateral (
       select max(changed_on) as address_since from cases_v1.address_change where debt_id = p.debt_id and party_id = p.id
     ) c on true
     where p.debt_id = any($1) order by p.debt_id, p.role <> 'debtor', p.id`,
    [debtIds],
  );
  const byDebt = groupBy(found, (row) => row.debt_id);
  return new Map([...byDebt].map(([debtId, ofDebt]) => [debtId, ofDebt.map(party)]));
}

function party(row: PartyRow): PartySnapshot {
  const references = Object.entries(row.identifiers ?? {}).map(([kind, id]): [string, IdentifierReference] => [
    kind,
    { identifier: id },
  ]);
  return {
    id: row.id,
    number: row.number,
    role: row.role,
    kind: row.kind,
    surname: row.surname,
    firstName: row.first_name,
    middleName: row.middle_name,
    generation: row.generation,
    address: row.address,
    ...(row.address_since === null ? {} : { addressSince: row.address_since }),
    telephone: row.telephone,
    identifiers: Object.fromEntries(references),
  };
}
