import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { recordChanges } from '../cases/change-recorder.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockArrangement } from './arrangement-store.js';

/**
 * Ends an arrangement by agreement, in the caller's transaction. Ending it again changes nothing.
 *
 * @throws Refusal `arrangement-unknown`, or `arrangement-over` for one that was breached or completed
 */
export async function endArrangement(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  arrangementId: string,
  ending: { readonly on: IsoDate; readonly reason: string },
): Promise<{ readonly ended: boolean }> {
  const arrangement = await lockArrangement(manager, arrangementId);
  if (arrangement.state === 'ended') return { ended: false };
  if (arrangement.state !== 'in-force') {
    throw new Refusal('arrangement-over', `the arrangement was ${arrangement.state} on ${arrangement.endedOn}`);
  }
  await recordChanges(manager, { ...context, jurisdictionId: arrangement.jurisdictionId }, [
    {
      caseId: arrangement.caseId,
      type: 'concord.arrangement.ended.v1',
      subjectId: arrangement.id,
      data: { arrangementId: arrangement.id },
    },
  ]);
  await rows(manager, `update cases.arrangement set state = 'ended', ended_on = $2, ended_reason = $3 where id = $1`, [
    arrangement.id,
    ending.on,
    ending.reason,
  ]);
  return { ended: true };
}
