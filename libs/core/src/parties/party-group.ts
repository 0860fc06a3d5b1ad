import type { EntityManager } from 'typeorm';
import { recordChanges } from '../cases/change-recorder.js';
import type { CaseChange, ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

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
 * Keeps merges of a party from being made or undone until the transaction ends, and reads its group. Whoever tells the
 * cases that a party reaches must hold it: a merge in between would add cases that nobody told.
 *
 * @throws Refusal `party-unknown`
 */
export async function holdGroup(manager: EntityManager, partyId: string): Promise<PartyGroup> {
  await rows(
    manager,
    `select 1 from cases.party where id = $1 or id = (select merged_into from cases.party where id = $1)
     order by id for no key update`,
    [partyId],
  );
  // A statement of its own, so that it sees a merge that was waited for.
  return readGroup(manager, partyId);
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

/** Gives every case of a party its next version, with the event that tells connectors to look again. */
export async function tellOfParty(manager: EntityManager, context: ChangeContext, survivorId: string): Promise<void> {
  await recordChanges(manager, context, await changesOfParties(manager, [survivorId]));
}
