import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import type { PostalAddress } from './domain/address-likeness.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** A letter to a party that came back from the address to which it went. */
export interface ReturnedMail {
  /** Whom the letter was for; any entry of that person. */
  readonly partyId: string;
  /** As the letter had it, which is as `cases.party_told` gave it. */
  readonly address: PostalAddress;
  readonly returnedOn: IsoDate;
}

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
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { partyId, address, returnedOn }: ReturnedMail,
): Promise<{ readonly noted: boolean }> {
  const { survivorId, memberIds, jurisdictionId } = await holdGroup(manager, partyId);
  const parameters = [memberIds, JSON.stringify(address), returnedOn];
  // What the source says now has no entry until something is noted of it.
  const made = await rows<{ party_id: string }>(
    manager,
    `insert into cases.party_address (id, party_id, kind, address, source, since, returned_on, idempotency_key, actor,
       recorded_at)
     select gen_random_uuid(), p.id, 'mailing', p.address, 'host-system', p.address_since, $3, 'source ' || gen_random_uuid(),
            $4, $5
     from cases.party p
     where p.id = any($1) and p.address = $2::jsonb and not exists (
       select 1 from cases.party_address a
       where a.party_id = p.id and a.address = p.address and a.source = 'host-system' and a.until is null)
     returning party_id`,
    [...parameters, context.actor, context.at],
  );
  const marked = await rows<{ id: string }>(
    manager,
    `update cases.party_address set returned_on = greatest(returned_on, $3::date)
     where party_id = any($1) and address = $2::jsonb returning id`,
    parameters,
  );
  if (marked.length === 0) return { noted: false };
  await rows(manager, 'update cases.party set has_more = true where (id = any($1) or id = $2) and not has_more', [
    made.map(({ party_id }) => party_id),
    survivorId,
  ]);
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { noted: true };
}
