import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { addedBefore } from './added-before.js';
import type { AddedDetail } from './added-before.js';
import type { PostalAddress } from './domain/address-likeness.js';
import type { AddressKind, DetailSource } from './domain/party-words.js';
import { lookBeside } from './look-beside.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** An address that somebody other than the source's file says. */
export interface AddressOrder {
  readonly partyId: string;
  readonly kind: AddressKind;
  readonly address: PostalAddress;
  readonly source: DetailSource;
  /** The connector, register or letter. */
  readonly sourceDetail: string | null;
  /** Since when it is known to hold; not after the office's today. */
  readonly since: IsoDate;
  readonly verifiedOn: IsoDate | null;
  readonly idempotencyKey: string;
}

/** What became known of an address. Each part that is null says nothing. */
export interface AddressMark {
  readonly partyId: string;
  /** Null for the one that the source says now. */
  readonly addressId: string | null;
  readonly verifiedOn: IsoDate | null;
  /** Mail that was sent there came back. */
  readonly returnedOn: IsoDate | null;
  /** Last day on which it held. */
  readonly until: IsoDate | null;
}

type Context = Omit<ChangeContext, 'jurisdictionId'>;

/**
 * Adds an address to a party, in the caller's transaction; of a duplicate, to the party that stands for it.
 *
 * @throws Refusal `party-unknown`, `key-reused`
 */
export async function addAddress(manager: EntityManager, context: Context, order: AddressOrder): Promise<AddedDetail> {
  const group = await holdGroup(manager, order.partyId);
  const { survivorId, jurisdictionId } = group;
  const facts = [order.kind, order.address, order.source];
  const before = await addedBefore(manager, 'address', group, order.idempotencyKey, facts);
  if (before !== null) return before;
  const id = randomUUID();
  await rows(
    manager,
    `insert into cases.party_address (id, party_id, kind, address, source, source_detail, since, verified_on,
       idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)`,
    [
      ...[id, survivorId, order.kind, JSON.stringify(order.address), order.source, order.sourceDetail],
      ...[order.since, order.verifiedOn, order.idempotencyKey, context.actor, context.at],
    ],
  );
  await lookBeside(manager, survivorId);
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { id, partyId: survivorId, added: true };
}

/**
 * Notes that an address was verified, that mail came back from it, or that it ended, in the caller's transaction. What the
 * source says now gets an entry of its own for that, which holds for as long as the source says the same.
 *
 * @throws Refusal `party-unknown`, `address-unknown`, `dates-invalid`, `address-current` for an end of what the source says
 */
export async function markAddress(
  manager: EntityManager,
  context: Context,
  mark: AddressMark,
): Promise<{ readonly id: string }> {
  const { survivorId, memberIds, jurisdictionId } = await holdGroup(manager, mark.partyId);
  const id = mark.addressId ?? (await entryOfSource(manager, context, mark));
  const [known] = await rows<{ since: IsoDate | null }>(
    manager,
    'select since from cases.party_address where id = $1 and party_id = any($2)',
    [id, memberIds],
  );
  if (!known) throw new Refusal('address-unknown', `the party has no address with the id ${id}`);
  if (known.since !== null && mark.until !== null && mark.until < known.since) {
    throw new Refusal('dates-invalid', `it holds since ${known.since}`);
  }
  await rows(
    manager,
    `update cases.party_address
     set verified_on = coalesce($2, verified_on), noted_returned_on = coalesce($3, noted_returned_on),
       until = coalesce($4, until)
     where id = $1`,
    [id, mark.verifiedOn, mark.returnedOn, mark.until],
  );
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { id };
}

/** The entry of what the source says of the party now, made where there is none. */
async function entryOfSource(manager: EntityManager, context: Context, mark: AddressMark): Promise<string> {
  if (mark.until !== null) {
    throw new Refusal('address-current', 'what the host system says ends when the host system says something else');
  }
  const [known] = await rows<{ id: string }>(
    manager,
    `select a.id from cases.party p
     join cases.party_address a on a.party_id = p.id and a.address = p.address and a.source = 'host-system' and a.until is null
     where p.id = $1 limit 1`,
    [mark.partyId],
  );
  if (known) return known.id;
  const id = randomUUID();
  const [made] = await rows<{ id: string }>(
    manager,
    `insert into cases.party_address (id, party_id, kind, address, source, since, idempotency_key, actor, recorded_at)
     select $1::uuid, id, 'mailing', address, 'host-system', address_since, 'source ' || $1::uuid::text, $3, $4
     from cases.party where id = $2 and address is not null returning id`,
    [id, mark.partyId, context.actor, context.at],
  );
  if (!made) throw new Refusal('address-unknown', 'the host system says no address of the party');
  await lookBeside(manager, mark.partyId);
  return made.id;
}
