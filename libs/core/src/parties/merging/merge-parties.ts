import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { ChangeContext } from '../../cases/change-recorder.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { match } from '../domain/match.js';
import type { Match } from '../domain/match.js';
import { lockParties, readGroup, tellOfParty } from '../party-group.js';
import type { PartyGroup } from '../party-group.js';
import { readCompared } from '../matching/read-compared.js';
import { pointAtSurvivors } from './survivors.js';

/** A person's decision that one party is a duplicate of another. */
export interface MergeOrder {
  readonly duplicateId: string;
  /** The party that stands for both from now on. */
  readonly survivorId: string;
  readonly reason: string;
  /** Why they are one although identifiers of one kind differ; null where none does. */
  readonly despiteDifferences: string | null;
}

export interface MadeMerge {
  readonly mergeId: string;
  /** False where this very merge was in force already. */
  readonly merged: boolean;
}

/**
 * Takes a duplicate and the party that it duplicates for one, in the caller's transaction. Nothing is moved or overwritten:
 * whatever stands with the duplicate counts for the survivor as long as the merge is in force. Every case in which either of
 * them owes takes a new version.
 *
 * @throws Refusal `party-unknown`, `same-party`, `party-merged` when one of them is a duplicate already,
 *   `jurisdictions-differ`, `kinds-differ`, `identifiers-differ`
 */
export async function mergeParties(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: MergeOrder,
): Promise<MadeMerge> {
  if (order.duplicateId === order.survivorId) throw new Refusal('same-party', 'a party is no duplicate of itself');
  const { jurisdictionId } = await readGroup(manager, order.survivorId);
  await lockParties(manager, jurisdictionId);
  const duplicate = await readGroup(manager, order.duplicateId);
  const survivor = await readGroup(manager, order.survivorId);
  if (duplicate.jurisdictionId !== survivor.jurisdictionId) {
    throw new Refusal(
      'jurisdictions-differ',
      'what one office knows of a person is not joined with what another knows',
    );
  }
  const before = await mergeInForce(manager, order);
  if (before) return { mergeId: before, merged: false };
  refuseDuplicate(duplicate, order.duplicateId);
  refuseDuplicate(survivor, order.survivorId);
  const evidence = await evidenceFor(manager, duplicate, survivor);
  refuseDifferences(order, evidence);

  const id = randomUUID();
  await rows(
    manager,
    `insert into cases.party_merge (id, jurisdiction_id, duplicate_id, survivor_id, reason, despite_differences, evidence,
       actor, merged_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [
      ...[id, jurisdictionId, order.duplicateId, order.survivorId, order.reason, order.despiteDifferences],
      ...[JSON.stringify(evidence), context.actor, context.at],
    ],
  );
  await pointAtSurvivors(manager, [...duplicate.memberIds, ...survivor.memberIds]);
  await tellOfParty(manager, { ...context, jurisdictionId }, order.survivorId);
  return { mergeId: id, merged: true };
}

async function mergeInForce(manager: EntityManager, order: MergeOrder): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    manager,
    'select id from cases.party_merge where duplicate_id = $1 and survivor_id = $2 and undone_at is null',
    [order.duplicateId, order.survivorId],
  );
  return found?.id ?? null;
}

/** Only parties that stand by themselves are merged, so that no merge leads in a circle. */
function refuseDuplicate(group: PartyGroup, partyId: string): void {
  if (group.survivorId === partyId) return;
  throw new Refusal('party-merged', `${partyId} is a duplicate of ${group.survivorId} already`);
}

async function evidenceFor(manager: EntityManager, duplicate: PartyGroup, survivor: PartyGroup): Promise<Match> {
  const compared = await readCompared(manager, [duplicate.survivorId, survivor.survivorId]);
  const left = compared.get(duplicate.survivorId)!;
  const right = compared.get(survivor.survivorId)!;
  if (left.kind !== right.kind) throw new Refusal('kinds-differ', 'a person and a business are never one');
  return match(left, right);
}

function refuseDifferences(order: MergeOrder, { reasons }: Match): void {
  const differing = reasons
    .map(({ code }) => code)
    .filter((code) => code === 'different-ssn' || code === 'different-sin' || code === 'different-date-of-birth');
  if (differing.length === 0 || order.despiteDifferences !== null) return;
  const kinds = differing.map((code) => code.replace('different-', '')).join(', ');
  throw new Refusal(
    'identifiers-differ',
    `they have different identifiers (${kinds}): say in despiteDifferences why they are one`,
  );
}
