import { createHash } from 'node:crypto';
import type { AddressSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { readEntries } from '../cases/ledger/ledger-store.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { addressText } from './domain/address.js';
import { debtorOf } from './domain/position.js';
import type { NoticeParty, NoticePosition, PostWishes } from './domain/position.js';

type DebtRow = Omit<NoticePosition, 'parties' | 'entries' | 'stops' | 'addressReturned' | 'post' | 'underWay'> & {
  readonly underWay: string[];
};

/** By what the address of a letter is found among those of a party, however it is written there. */
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
    addressReturned: false,
    post: NO_WISHES,
  }));
  const debtorIds = [...new Set(positions.map((position) => debtorOf(position).id))];
  const returned = await returnedAddresses(on, debtorIds);
  const wishes = new Map((await rows<PostWishes & { partyId: string }>(on, WISHES, [debtorIds])).map(wishOf));
  return positions.map((position): NoticePosition => {
    const { id, address } = debtorOf(position);
    const addressReturned = address !== null && returned.has(`${id} ${addressHash(address)}`);
    return { ...position, addressReturned, post: wishes.get(id) ?? NO_WISHES };
  });
}

const NO_WISHES: PostWishes = { notUsed: false, withdrawn: [] };

const wishOf = ({ partyId, notUsed, withdrawn }: PostWishes & { partyId: string }): readonly [string, PostWishes] => [
  partyId,
  { notUsed, withdrawn },
];

const DEBTS = `
  select d.id as "debtId", d.case_id as "caseId", d.number, d.source_reference as "sourceReference", d.type,
         d.original_creditor_name as "originalCreditor", d.incurred_on as "incurredOn", d.itemised_on as "itemisedOn",
         d.currency,
         exists (
           select 1 from cases.standing_proof p
           where p.debt_id = d.id and p.kind = 'notice-sent' and p.notice_kind = 'validation-notice'
             and not exists (select 1 from cases.standing_proof r where r.debt_id = d.id and r.kind = 'notice-returned'
                               and r.happened_on >= p.happened_on
                               and coalesce(r.reference = p.reference, true)
                               and coalesce(r.notice_kind, 'validation-notice') = 'validation-notice')
         ) as validated,
         (select coalesce(jsonb_agg(jsonb_build_object(
                   'kind', h.kind, 'on', h.happened_on, 'subject', h.subject, 'outcome', h.outcome)), '[]')
          from cases.standing_proof h where h.debt_id = d.id and h.kind = 'hearing-outcome') as hearings,
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
    select d.id as debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details,
           coalesce(q.merged_into, s.party_id) as party_id
    from debts d join cases_v1.stop s on s.scope = 'debt' and s.subject_id = d.id
    left join cases.party q on q.id = s.party_id
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

/** One row for each party of whom something is said about letters; the last word for a purpose holds. */
const WISHES = `
  with point as (
    select s.party_id, c.id, c.until is not null as ended, c.do_not_use_reason is not null as not_used
    from cases.party_same s join cases.party_contact_point c on c.party_id = s.same_id and c.kind = 'post'
    where s.party_id = any($1))
  select p.party_id as "partyId",
         bool_or(p.not_used and not p.ended) or bool_and(p.ended) as "notUsed",
         array(select l.purpose from (
                 select distinct on (c.purpose) c.purpose, c.state
                 from point o join cases.party_consent c on c.contact_point_id = o.id where o.party_id = p.party_id
                 order by c.purpose, c.happened_on desc, c.number desc) l
               where l.state = 'withdrawn' order by 1) as withdrawn
  from point p group by p.party_id`;

/** Addresses of parties and their duplicates from which mail came back, and which nobody has verified after that. */
async function returnedAddresses(on: Queryable, partyIds: readonly string[]): Promise<ReadonlySet<string>> {
  const found = await rows<{
    partyId: string;
    address: AddressSnapshot;
    returned: string | null;
    verified: string | null;
  }>(
    on,
    `select s.party_id as "partyId", a.address, a.returned_on as returned, a.verified_on as verified
     from cases.party_same s join cases.party_address a on a.party_id = s.same_id
     where s.party_id = any($1) and (a.returned_on is not null or a.verified_on is not null)`,
    [partyIds],
  );
  // The same address may stand there more than once, as several said it.
  const days = new Map<string, { returned: string; verified: string }>();
  for (const { partyId, address, returned, verified } of found) {
    const key = `${partyId} ${addressHash(address)}`;
    const known = days.get(key) ?? { returned: '', verified: '' };
    days.set(key, { returned: later(known.returned, returned), verified: later(known.verified, verified) });
  }
  return new Set(
    [...days].filter(([, each]) => each.returned !== '' && each.verified <= each.returned).map(([key]) => key),
  );
}

const later = (one: string, other: string | null): string => (other !== null && other > one ? other : one);

function group<T extends { readonly debtId: string }>(found: readonly T[]): ReadonlyMap<string, Omit<T, 'debtId'>[]> {
  const byDebt = new Map<string, Omit<T, 'debtId'>[]>();
  for (const { debtId, ...rest } of found) {
    const known = byDebt.get(debtId);
    if (known) known.push(rest);
    else byDebt.set(debtId, [rest]);
  }
  return byDebt;
}
