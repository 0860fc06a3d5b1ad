import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { addedBefore } from './added-before.js';
import type { AddedDetail } from './added-before.js';
import type { ContactKind, DetailSource } from './domain/party-words.js';
import { lookBeside } from './look-beside.js';
import { holdGroup, tellOfParty } from './party-group.js';

/** Hours on the office's clock, `HH:MM`, in which somebody may be contacted. */
export interface AllowedHours {
  readonly from: string;
  readonly until: string;
}

/** A way to reach somebody. */
export interface ContactPointOrder {
  readonly partyId: string;
  readonly kind: ContactKind;
  /** Digits of a telephone, or an address of electronic mail; null for letters. */
  readonly value: string | null;
  readonly source: DetailSource;
  readonly sourceDetail: string | null;
  /** Not after the office's today. */
  readonly since: IsoDate;
  readonly hours: AllowedHours | null;
  readonly doNotUseReason: string | null;
  readonly idempotencyKey: string;
}

/** What may be done with a contact point from now on. Each part replaces what was said before; undefined leaves it. */
export interface ContactPointChange {
  readonly contactPointId: string;
  readonly hours?: AllowedHours | null;
  /** Why it is not to be used; null where it may be again. */
  readonly doNotUseReason?: string | null;
  /** Last day on which it held. */
  readonly until?: IsoDate;
}

type Context = Omit<ChangeContext, 'jurisdictionId'>;

/**
 * Adds a contact point to a party, in the caller's transaction; of a duplicate, to the party that stands for it.
 *
 * @throws Refusal `party-unknown`, `key-reused`, `hours-invalid`, or `contact-invalid` where a value is missing or too much
 */
export async function addContactPoint(
  manager: EntityManager,
  context: Context,
  order: ContactPointOrder,
): Promise<AddedDetail> {
  if ((order.kind === 'post') !== (order.value === null)) {
    throw new Refusal('contact-invalid', 'a telephone and an e-mail address have a value, letters have none');
  }
  refuseHours(order.hours);
  const group = await holdGroup(manager, order.partyId);
  const { survivorId, jurisdictionId } = group;
  const facts = [order.kind, order.value, order.source];
  const use = [order.hours?.from ?? null, order.hours?.until ?? null, order.doNotUseReason];
  const asked = [...facts, ...use];
  const before = await addedBefore(manager, 'contactPoint', group, order.idempotencyKey, asked);
  if (before !== null) return before;
  const id = randomUUID();
  await rows(
    manager,
    `insert into cases.party_contact_point (id, party_id, kind, value, source, source_detail, since, allowed_from,
       allowed_until, do_not_use_reason, asked, idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      ...[id, survivorId, ...facts, order.sourceDetail, order.since, ...use, JSON.stringify(asked)],
      ...[order.idempotencyKey, context.actor, context.at],
    ],
  );
  await lookBeside(manager, survivorId);
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { id, partyId: survivorId, added: true };
}

/**
 * Says when, whether and until when a contact point may be used, in the caller's transaction.
 *
 * @throws Refusal `contact-point-unknown`, `hours-invalid`, `dates-invalid`
 */
export async function changeContactPoint(
  manager: EntityManager,
  context: Context,
  change: ContactPointChange,
): Promise<{ readonly changed: boolean }> {
  refuseHours(change.hours ?? null);
  const { partyId, since } = await locateContactPoint(manager, change.contactPointId);
  if (change.until !== undefined && change.until < since) {
    throw new Refusal('dates-invalid', `it holds since ${since}`);
  }
  const { survivorId, jurisdictionId } = await holdGroup(manager, partyId);
  const changed = await rows<{ id: string }>(
    manager,
    `update cases.party_contact_point c
     set allowed_from = n.allowed_from, allowed_until = n.allowed_until, do_not_use_reason = n.reason, until = n.until
     from (select id,
             case when $2 then $3::time else allowed_from end as allowed_from,
             case when $2 then $4::time else allowed_until end as allowed_until,
             case when $5 then $6::text else do_not_use_reason end as reason,
             coalesce($7::date, until) as until
           from cases.party_contact_point where id = $1) n
     where c.id = n.id and (c.allowed_from, c.allowed_until, c.do_not_use_reason, c.until)
       is distinct from (n.allowed_from, n.allowed_until, n.reason, n.until)
     returning c.id`,
    [
      ...[change.contactPointId, change.hours !== undefined, change.hours?.from ?? null, change.hours?.until ?? null],
      ...[change.doNotUseReason !== undefined, change.doNotUseReason ?? null, change.until ?? null],
    ],
  );
  if (changed.length === 0) return { changed: false };
  await tellOfParty(manager, { ...context, jurisdictionId }, survivorId);
  return { changed: true };
}

/** @throws Refusal `contact-point-unknown` */
export async function locateContactPoint(
  on: Queryable,
  id: string,
): Promise<{ readonly partyId: string; readonly since: IsoDate }> {
  const [found] = await rows<{ partyId: string; since: IsoDate }>(
    on,
    'select party_id as "partyId", since from cases.party_contact_point where id = $1',
    [id],
  );
  if (!found) throw new Refusal('contact-point-unknown', `no contact point has the id ${id}`);
  return found;
}

function refuseHours(hours: AllowedHours | null): void {
  if (hours !== null && hours.from >= hours.until) {
    throw new Refusal('hours-invalid', 'the hours end before they begin');
  }
}
