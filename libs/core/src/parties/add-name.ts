import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { NameKind } from './domain/party-words.js';
import { lookBeside } from './look-beside.js';
import { addedBefore } from './added-before.js';
import type { AddedDetail } from './added-before.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** A name that a party has or had; a business's whole name stands in `surname`. */
export interface NameOrder {
  readonly partyId: string;
  readonly kind: NameKind;
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  readonly generation: string | null;
  readonly since: IsoDate | null;
  readonly until: IsoDate | null;
  readonly source: string;
  readonly idempotencyKey: string;
}

/**
 * Adds a name to a party, in the caller's transaction; of a duplicate, to the party that stands for it.
 *
 * @throws Refusal `party-unknown`, `key-reused`, or `name-invalid` for what only people have, of a business
 */
export async function addName(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: NameOrder,
): Promise<AddedDetail> {
  const group = await holdGroup(manager, order.partyId);
  const { survivorId, jurisdictionId } = group;
  const [party] = await rows<{ kind: string }>(manager, 'select kind from cases.party where id = $1', [survivorId]);
  const personal = order.firstName ?? order.middleName ?? order.generation;
  if (party!.kind === 'business' && personal !== null) {
    throw new Refusal('name-invalid', 'a business has one name, in surname');
  }
  if (order.since !== null && order.until !== null && order.until < order.since) {
    throw new Refusal('dates-invalid', 'the name ends before it begins');
  }
  const facts = [order.kind, order.surname, order.firstName, order.middleName, order.generation];
  const before = await addedBefore(manager, 'name', group, order.idempotencyKey, [...facts, order.since, order.until]);
  if (before !== null) return before;
  const id = randomUUID();
  await rows(
    manager,
    `insert into cases.party_name (id, party_id, kind, surname, first_name, middle_name, generation, since, until,
       source, idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[id, survivorId, ...facts, order.since, order.until],
      ...[order.source, order.idempotencyKey, context.actor, context.at],
    ],
  );
  await lookBeside(manager, survivorId);
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { id, partyId: survivorId, added: true };
}
