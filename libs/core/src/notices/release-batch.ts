import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { lockCases } from '../cases/lock-cases.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockBatch, noticesOf, withdrawNotices } from './batch-store.js';
import type { StoredNotice } from './batch-store.js';
import { factsOf } from './domain/facts.js';
import type { Look } from './domain/hindrance.js';
import { debtorOf } from './domain/position.js';
import type { NoticePosition } from './domain/position.js';
import type { NoticeSetting } from './domain/setting.js';
import { lookAgain } from './look-again.js';
import type { HinderedNotice } from './look-again.js';
import { addressHash } from './read-positions.js';

export interface ReleasedBatch {
  /** False when it was released before and nothing was done now. */
  readonly released: boolean;
  /** What was taken out of the batch. */
  readonly takenOut: readonly HinderedNotice[];
  /** Letters that state another balance than when they were made. */
  readonly changed: number;
}

/**
 * Releases a batch for posting, in the caller's transaction. Under the locks of the cases every position is read once more:
 * what now stands in the way takes a letter out, and the others say what holds on the day of the release. By what they are
 * printed is kept with the batch.
 *
 * @param look on the office's today
 * @throws Refusal `notice-batch-unknown` or `notice-batch-cancelled`
 */
export async function releaseBatch(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  batchId: string,
  setting: NoticeSetting,
  look: Omit<Look, 'another'>,
): Promise<ReleasedBatch> {
  const batch = await lockBatch(manager, batchId);
  if (batch.state === 'cancelled') throw new Refusal('notice-batch-cancelled', 'the batch was cancelled');
  if (batch.state !== 'made') return { released: false, takenOut: [], changed: 0 };
  const notices = (await noticesOf(manager, batchId)).filter(({ state }) => state === 'made');
  await lockCases(
    manager,
    notices.map(({ caseId }) => caseId),
  );
  const { hindered: takenOut, free } = await lookAgain(manager, notices, setting, look);
  await withdrawNotices(
    manager,
    takenOut.map(({ noticeId, code, reason }) => ({ id: noticeId, code, reason })),
  );
  const today = look.on;
  const changed = await rewrite(manager, free, setting, today);
  await rows(
    manager,
    `update cases.notice_batch set state = 'released', released_on = $2, released_by = $3, setting = $4 where id = $1`,
    [batchId, today, context.actor, JSON.stringify(setting)],
  );
  return { released: true, takenOut, changed };
}

/** @returns how many state another balance than before */
async function rewrite(
  manager: EntityManager,
  kept: readonly { readonly notice: StoredNotice; readonly position: NoticePosition }[],
  setting: NoticeSetting,
  today: IsoDate,
): Promise<number> {
  const letters = kept.map(({ notice, position }) => {
    const letter = factsOf(position, setting.allocation, today);
    return {
      id: notice.id,
      partyId: debtorOf(position).id,
      letter,
      addressHash: addressHash(letter.addressee.address),
      balanceMinor: letter.balance.totalMinor,
      changed: letter.balance.totalMinor !== notice.balanceMinor,
    };
  });
  await rows(
    manager,
    `update cases.notice n set state = 'released', party_id = l."partyId", letter = l.letter,
            address_hash = l."addressHash", balance_minor = l."balanceMinor"
     from jsonb_to_recordset($1::jsonb) as l (id uuid, "partyId" uuid, letter jsonb, "addressHash" text,
       "balanceMinor" bigint) where n.id = l.id`,
    [JSON.stringify(letters)],
  );
  return letters.filter(({ changed }) => changed).length;
}

/**
 * Gives a batch up that was made or released and not posted, in the caller's transaction.
 *
 * @throws Refusal `notice-batch-unknown` or `notice-batch-posted`
 */
export async function cancelBatch(
  manager: EntityManager,
  { actor, at }: Pick<ChangeContext, 'actor' | 'at'>,
  batchId: string,
): Promise<{ readonly cancelled: boolean }> {
  const batch = await lockBatch(manager, batchId);
  if (batch.state === 'cancelled') return { cancelled: false };
  if (batch.state === 'posted') throw new Refusal('notice-batch-posted', 'the batch is posted already');
  const notices = (await noticesOf(manager, batchId)).filter(({ state }) => state === 'made' || state === 'released');
  await withdrawNotices(
    manager,
    notices.map(({ id }) => ({ id, code: 'batch-cancelled', reason: 'The batch was cancelled.' })),
  );
  await rows(
    manager,
    `update cases.notice_batch set state = 'cancelled', cancelled_by = $2, cancelled_at = $3 where id = $1`,
    [batchId, actor, at],
  );
  return { cancelled: true };
}
