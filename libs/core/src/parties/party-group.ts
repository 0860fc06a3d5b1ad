import type { EntityManager } from 'typeorm';
import { recordChanges } from '../cases/change-recorder.js';
import type { CaseChange, ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { keepAddressDay } from './address-day.js';

/** A party with its duplicates. */
export interface PartyGroup {
  readonly jurisdictionId: string;
  /** The party that stands for all. */
  readonly survivorId: string;
  /** All of them, the survivor first. */
  readonly memberIds: readonly string[];
}

/**
 * The group that a party belongs to; by itself, of one.
 *
 * @throws Refusal `party-unknown`
 */
export async function readGroup(on: Queryable, partyId: string): Promise<PartyGroup> {
  const members = await rows<{ id: string; jurisdiction_id: string; survivor_id: string }>(
    on,
    `select m.id, m.jurisdiction_id, coalesce(m.merged_into, m.id) as survivor_id
     from cases.party_same s join cases.party m on m.id = s.same_id
     where s.party_id = $1 order by m.merged_into is not null, m.number`,
    [partyId],
  );
  const [survivor] = members;
  if (!survivor) throw new Refusal('party-unknown', `no party has the id ${partyId}`);
  return {
    jurisdictionId: survivor.jurisdiction_id,
    survivorId: survivor.survivor_id,
    memberIds: members.map(({ id }) => id),
  };
}

/**
 * Keeps merges of a party from being made or undone, and new debts from being registered for it or any that is the same,
 * until the transaction ends, and reads its group. Whoever tells the cases that a party reaches must hold it: what came in
 * between would add cases that nobody told. Parties are held before cases.
 *
 * @throws Refusal `party-unknown`
 */
export async function holdGroup(manager: EntityManager, partyId: string): Promise<PartyGroup> {
  await holdParties(manager, [partyId]);
  return readGroup(manager, partyId);
}

/** As {@link holdGroup}, of several parties. @returns all that are held: these and what is the same as one of them */
export async function holdParties(manager: EntityManager, partyIds: readonly string[]): Promise<string[]> {
  if (partyIds.length === 0) return [];
  const held = new Set<string>();
  for (;;) {
    // Each time by a statement of its own, so that it sees a merge that was waited for.
    const members = await rows<{ id: string }>(
      manager,
      'select distinct same_id as id from cases.party_same where party_id = any($1)',
      [partyIds],
    );
    const ids = members.map(({ id }) => id);
    if (ids.every((id) => held.has(id))) return ids;
    await rows(manager, 'select 1 from cases.party where id = any($1) order by id for no key update', [ids]);
    ids.forEach((id) => held.add(id));
  }
}

/**
 * Lets no other intake or merge of the jurisdiction in, and locks parties that are on file by the source's references, until
 * the transaction ends, with whom they are merged into, in the order in which everything locks them. Whoever registers debts
 * for parties, or brings them up to date, locks them before any case: a stop that is placed just now is waited for, or waits and
 * reaches the new debt as well.
 */
export async function lockFiledParties(
  manager: EntityManager,
  jurisdictionId: string,
  references: readonly string[],
): Promise<void> {
  await lockParties(manager, jurisdictionId);
  await rows(
    manager,
    // reference by reference, which `offset 0` keeps, and by a list of ids: the parties of the whole office are not to be read
    `select 1 from cases.party where id = any(array(
       select unnest(array[p.id, p.merged_into])
       from unnest($2::text[]) as g (reference)
       cross join lateral (
         select id, merged_into from cases.party
         where jurisdiction_id = $1 and source_reference = g.reference offset 0) p))
     order by id for no key update`,
    [jurisdictionId, [...new Set(references)]],
  );
}

/**
 * Lets one change of parties in a jurisdiction be made at a time, until the transaction ends: intake, which opens cases and
 * brings parties up to date, and merges.
 */
export async function lockParties(manager: EntityManager, jurisdictionId: string): Promise<void> {
  await rows(manager, `select pg_advisory_xact_lock(hashtext('intake ' || $1))`, [jurisdictionId]);
}

/** The change of every case in which one of these parties, or what is the same as one of them, owes. */
export async function changesOfParties(
  on: Queryable,
  partyIds: readonly string[],
): Promise<CaseChange<'concord.party.changed.v1'>[]> {
  if (partyIds.length === 0) return [];
  const found = await rows<{ case_id: string; party_id: string }>(
    on,
    `select distinct d.case_id, s.party_id
     from cases.party_same s
     join cases.debt_party dp on dp.party_id = s.same_id
     join cases.debt d on d.id = dp.debt_id
     where s.party_id = any($1) order by 1, 2`,
    [partyIds],
  );
  return found.map(({ case_id, party_id }) => ({
    caseId: case_id,
    type: 'concord.party.changed.v1',
    subjectId: party_id,
    data: { partyId: party_id },
  }));
}

/**
 * Gives every case of a party its next version, with the event that tells connectors to look again, after something that
 * stands with the party changed.
 */
export async function tellOfParty(manager: EntityManager, context: ChangeContext, survivorId: string): Promise<void> {
  await keepAddressDay(manager, context.at, [survivorId]);
  await recordChanges(manager, context, await changesOfParties(manager, [survivorId]));
}
