import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import type { PostalAddress } from './domain/address-likeness.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** A letter to a party that came back from the address to which it went. */
export interface ReturnedMail {
  /** What says that it came back, by which that can be withdrawn. */
  readonly letterId: string;
  /** Whom the letter was for; any entry of that person. */
  readonly partyId: string;
  /** As the letter had it, which is as `cases.party_told` gave it. */
  readonly address: PostalAddress;
  readonly returnedOn: IsoDate;
}

type Context = Omit<ChangeContext, 'jurisdictionId'>;

/**
 * Notes wherever an address stands with a party or one that is the same that mail came back from it, and tells the cases, in
 * the caller's transaction: partners and letters go to another address where there is one. Each entry is marked by itself,
 * so that undoing a merge loses nothing. It holds the parties, and so comes before any lock of a case.
 *
 * @returns whether anybody has that address
 * @throws Refusal `party-unknown`
 */
export async function noteReturnedMail(
  manager: EntityManager,
  context: Context,
  { letterId, partyId, address, returnedOn }: ReturnedMail,
): Promise<{ readonly noted: boolean }> {
  const { survivorId, memberIds, jurisdictionId } = await holdGroup(manager, partyId);
  const parameters = [memberIds, JSON.stringify(address)];
  // What the source says now has no entry until something is noted of it.
  const made = await rows<{ party_id: string }>(
    manager,
    `insert into cases.party_address (id, party_id, kind, address, source, since, idempotency_key, actor, recorded_at)
     select gen_random_uuid(), p.id, 'mailing', p.address, 'host-system', p.address_since, 'source ' || gen_random_uuid(), $3, $4
     from cases.party p
     where p.id = any($1) and p.address = $2::jsonb and not exists (
       select 1 from cases.party_address a
       where a.party_id = p.id and a.address = p.address and a.source = 'host-system' and a.until is null)
     returning party_id`,
    [...parameters, context.actor, context.at],
  );
  const marked = await rows<{ address_id: string }>(
    manager,
    `insert into cases.returned_mail (address_id, letter_id, returned_on, actor, recorded_at)
     select id, $3, $4, $5, $6 from cases.party_address where party_id = any($1) and address = $2::jsonb
     returning address_id`,
    [...parameters, letterId, returnedOn, context.actor, context.at],
  );
  if (marked.length === 0) return { noted: false };
  await markByLetters(manager, marked);
  await rows(manager, 'update cases.party set has_more = true where (id = any($1) or id = $2) and not has_more', [
    made.map(({ party_id }) => party_id),
    survivorId,
  ]);
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { noted: true };
}

/** The parties with whose addresses a letter was noted that came back: whoever withdraws that holds them before. */
export async function partiesOfReturnedMail(manager: EntityManager, letterId: string): Promise<string[]> {
  const found = await rows<{ party_id: string }>(
    manager,
    `select distinct a.party_id from cases.returned_mail m join cases.party_address a on a.id = m.address_id
     where m.letter_id = $1`,
    [letterId],
  );
  return found.map(({ party_id }) => party_id);
}

/**
 * Takes back what {@link noteReturnedMail} noted of a letter, and tells the cases, in the caller's transaction. What other
 * letters, or somebody by hand, said of the same addresses stays. That the letter was noted stays on record.
 */
export async function withdrawReturnedMail(manager: EntityManager, context: Context, letterId: string): Promise<void> {
  const withdrawn = await rows<{ address_id: string }>(
    manager,
    `update cases.returned_mail set withdrawn_by = $2, withdrawn_at = $3 where letter_id = $1 and withdrawn_at is null
     returning address_id`,
    [letterId, context.actor, context.at],
  );
  if (withdrawn.length === 0) return;
  await markByLetters(manager, withdrawn);
  const survivors = await rows<{ id: string; jurisdiction_id: string }>(
    manager,
    `select distinct coalesce(p.merged_into, p.id) as id, p.jurisdiction_id
     from cases.party_address a join cases.party p on p.id = a.party_id where a.id = any($1) order by 1`,
    [withdrawn.map(({ address_id }) => address_id)],
  );
  for (const { id, jurisdiction_id: jurisdictionId } of survivors) {
    await tellOfParty(manager, { ...context, jurisdictionId }, id);
  }
}

/** An address is marked by the last of the letters that came back from it and were not withdrawn. */
async function markByLetters(
  manager: EntityManager,
  entries: readonly { readonly address_id: string }[],
): Promise<void> {
  await rows(
    manager,
    `update cases.party_address a set letter_returned_on = (
       select max(m.returned_on) from cases.returned_mail m where m.address_id = a.id and m.withdrawn_at is null)
     where a.id = any($1)`,
    [entries.map(({ address_id }) => address_id)],
  );
}
