import { createHash } from 'node:crypto';
import type { AddressSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { readEntries } from '../cases/ledger/ledger-store.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { addressText } from './domain/address.js';
import { debtorOf } from './domain/position.js';
import type { NoticeParty, NoticePosition } from './domain/position.js';

type DebtRow = Omit<NoticePosition, 'parties' | 'entries' | 'stops' | 'returnedAddresses' | 'underWay'> & {
  readonly underWay: string[];
};

/** By what an address is remembered as one from which mail came back. */
export function addressHash(address: AddressSnapshot): string {
  return createHash('sha256').update(addressText(address)).digest('hex');
}

/**
 * The positions of debts as they are now, by a fixed number of statements however many they are. The caller holds the locks
 * of their cases where something is decided on them.
 *
 * @returns in the order of the debts' numbers
 */
export async function readPositions(on: Queryable, debtIds: readonly string[]): Promise<NoticePosition[]> {
  const debts = await rows<DebtRow>(on, DEBTS, [debtIds]);
  const parties = group(await rows<NoticeParty & { debtId: string }>(on, PARTIES, [debtIds]));
  const entries = await readEntries(on, debtIds);
  const stops = group(await rows<StopSnapshot & { debtId: string }>(on, STOPS, [debtIds]));
  const positions = debts.map((debt): NoticePosition => ({
    ...debt,
    parties: parties.get(debt.debtId) ?? [],
    entries: entries.get(debt.debtId) ?? [],
    stops: stops.get(debt.debtId) ?? [],
    returnedAddresses: [],
  }));
  const returned = await returnedOf(on, positions);
  return positions.map((position) => ({ ...position, returnedAddresses: returned.get(position.debtId) ?? [] }));
}

const DEBTS = `
  select d.id as "debtId", d.case_id as "caseId", d.number, d.source_reference as "sourceReference", d.type,
         d.original_creditor_name as "originalCreditor", d.incurred_on as "incurredOn", d.itemised_on as "itemisedOn",
         d.currency,
         exists (
           select 1 from cases.proof p
           where p.debt_id = d.id and p.kind = 'notice-sent' and p.notice_kind = 'validation-notice'
             and not exists (select 1 from cases.proof r where r.debt_id = d.id and r.kind = 'notice-returned'
                               and r.happened_on >= p.happened_on
                               and coalesce(r.notice_kind, 'validation-notice') = 'validation-notice')
         ) as validated,
         array(select n.kind from cases.notice n where n.debt_id = d.id and n.state in ('made', 'released') order by 1)
           as "underWay"
  from cases.debt d where d.id = any($1) order by d.number`;

const PARTIES = `
  select o.debt_id as "debtId", p.id, o.role, p.kind, p.surname, p.first_name as "firstName",
         p.middle_name as "middleName", p.generation, p.address
  from (
    select distinct on (dp.debt_id, coalesce(q.merged_into, q.id)) dp.debt_id, dp.role, coalesce(q.merged_into, q.id) as id
    from cases.debt_party dp join cases.party q on q.id = dp.party_id where dp.debt_id = any($1)
    order by dp.debt_id, coalesce(q.merged_into, q.id), dp.role <> 'debtor') o
  join cases.party_told p on p.id = o.id
  order by o.debt_id, o.role <> 'debtor', p.id`;

const STOPS = `
  with debts as (select id, case_id from cases.debt where id = any($1)),
  reached as (
    select d.id as debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, s.party_id
    from debts d join cases_v1.stop s on s.scope = 'debt' and s.subject_id = d.id
    union all
    select d.id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, s.party_id
    from debts d join cases.case_same c on c.case_id = d.case_id
    join cases_v1.stop s on s.scope = 'case' and s.subject_id = c.same_id
    union all
    select dp.debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, coalesce(q.merged_into, q.id)
    from cases.debt_party dp join cases.party q on q.id = dp.party_id
    join cases.party_same p on p.party_id = q.id
    join cases_v1.stop s on s.scope = 'party' and s.subject_id = p.same_id
    where dp.debt_id = any($1))
  select distinct debt_id as "debtId", id, kind, party_id as "partyId", starts_on as "startsOn", ends_on as "endsOn", details
  from reached where lifted_on is null order by debt_id, starts_on, id`;

/** Which of the debtors' addresses are known as ones from which mail came back. */
async function returnedOf(on: Queryable, positions: readonly NoticePosition[]): Promise<ReadonlyMap<string, string[]>> {
  const asked = positions.flatMap((position) => {
    const { id, address } = debtorOf(position);
    return address === null ? [] : [{ debtId: position.debtId, partyId: id, hash: addressHash(address) }];
  });
  const found = await rows<{ debtId: string; hash: string }>(
    on,
    `select a."debtId", a.hash
     from jsonb_to_recordset($1::jsonb) as a ("debtId" uuid, "partyId" uuid, hash text)
     join cases.returned_address r on r.party_id = a."partyId" and r.address_hash = a.hash`,
    [JSON.stringify(asked)],
  );
  return new Map([...group(found)].map(([debtId, each]) => [debtId, each.map(({ hash }) => hash)]));
}

function group<T extends { readonly debtId: string }>(found: readonly T[]): ReadonlyMap<string, Omit<T, 'debtId'>[]> {
  const byDebt = new Map<string, Omit<T, 'debtId'>[]>();
  for (const { debtId, ...rest } of found) {
    const known = byDebt.get(debtId);
    if (known) known.push(rest);
    else byDebt.set(debtId, [rest]);
  }
  return byDebt;
}
