import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { reused } from './added-before.js';
import { locateContactPoint } from './contact-points.js';
import type { ConsentPurpose, ConsentState, ConsentWay } from './domain/party-words.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** What somebody said about being contacted at one place for one purpose. */
export interface ConsentOrder {
  readonly contactPointId: string;
  readonly purpose: ConsentPurpose;
  readonly state: ConsentState;
  /** The day on which it was said. */
  readonly on: IsoDate;
  readonly how: ConsentWay;
  readonly idempotencyKey: string;
}

/**
 * Records consent or its withdrawal, in the caller's transaction. The last word for a purpose holds, by the day on which it
 * was said; nothing that was said before is changed.
 *
 * @throws Refusal `contact-point-unknown`, `key-reused`
 */
export async function recordConsent(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ConsentOrder,
): Promise<{ readonly consentId: string; readonly recorded: boolean }> {
  const { partyId } = await locateContactPoint(manager, order.contactPointId);
  const { survivorId, jurisdictionId } = await holdGroup(manager, partyId);
  const facts = [order.purpose, order.state, order.on, order.how];
  const [recorded] = await rows<{ id: string }>(
    manager,
    `insert into cases.party_consent (id, contact_point_id, purpose, state, happened_on, how, idempotency_key, actor,
       recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
     on conflict (contact_point_id, idempotency_key) do nothing returning id`,
    [randomUUID(), order.contactPointId, ...facts, order.idempotencyKey, context.actor, context.at],
  );
  if (!recorded) {
    const [before] = await rows<{ id: string; facts: unknown }>(
      manager,
      `select id, jsonb_build_array(purpose, state, happened_on, how) as facts from cases.party_consent
       where contact_point_id = $1 and idempotency_key = $2`,
      [order.contactPointId, order.idempotencyKey],
    );
    if (!isDeepStrictEqual(before!.facts, facts)) throw reused(order.idempotencyKey);
    return { consentId: before!.id, recorded: false };
  }
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { consentId: recorded.id, recorded: true };
}
