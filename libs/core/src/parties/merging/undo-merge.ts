import type { EntityManager } from 'typeorm';
import type { ChangeContext } from '../../cases/change-recorder.js';
import { recordChanges } from '../../cases/change-recorder.js';
import { liftUnreachedDischarges } from '../../cases/undo-discharge.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { keepAddressDay } from '../address-day.js';
import { changesOfParties, lockParties, readGroup } from '../party-group.js';
import { pointAtSurvivors } from './survivors.js';

/**
 * Undoes a merge, in the caller's transaction: both parties are again what they were. What was recorded in between under the
 * survivor stays there, and what came for the debts, the case or the source's key of the duplicate is the duplicate's. Debts
 * that were discharged through the merge alone are owed again. Again changes nothing.
 *
 * @throws Refusal `merge-unknown`
 */
export async function undoMerge(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  mergeId: string,
  reason: string,
): Promise<{ readonly undone: boolean }> {
  const [merge] = await rows<{ jurisdiction_id: string; duplicate_id: string }>(
    manager,
    'select jurisdiction_id, duplicate_id from cases.party_merge where id = $1',
    [mergeId],
  );
  if (!merge) throw new Refusal('merge-unknown', `no merge has the id ${mergeId}`);
  await lockParties(manager, merge.jurisdiction_id);
  const undone = await rows<{ id: string }>(
    manager,
    `update cases.party_merge set undone_by = $2, undone_at = $3, undone_reason = $4
     where id = $1 and undone_at is null returning id`,
    [mergeId, context.actor, context.at, reason],
  );
  if (undone.length === 0) return { undone: false };
  const { survivorId, memberIds } = await readGroup(manager, merge.duplicate_id);
  // Which cases to tell is read while they are one: it is those of both.
  const changes = await changesOfParties(manager, [survivorId]);
  await pointAtSurvivors(manager, memberIds);
  await keepAddressDay(manager, context.at, memberIds);
  const jurisdictionId = merge.jurisdiction_id;
  const caseIds = changes.map(({ caseId }) => caseId);
  const lifted = await liftUnreachedDischarges(manager, {
    ...{ mergeId, jurisdictionId, at: context.at, memberIds, caseIds },
  });
  await recordChanges(manager, { ...context, jurisdictionId }, [...changes, ...lifted]);
  return { undone: true };
}
