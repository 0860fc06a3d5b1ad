import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { NO_DETAILS } from '../cases/domain/proof.js';
import type { DeliveryMethod } from '../cases/domain/proof.js';
import { lockCases } from '../cases/lock-cases.js';
import { insertProofs } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockBatch, noticesOf, withdrawNotices } from './batch-store.js';
import type { StoredBatch } from './batch-store.js';
import { checkTracking } from './domain/tracking.js';
import type { TrackingLine } from './read-tracking.js';

/** What an office says when its letters went out. */
export interface PostingOrder {
  readonly batchId: string;
  /** The day on which they were handed over. */
  readonly on: IsoDate;
  readonly method: DeliveryMethod;
  /** Of the only letter of a batch. */
  readonly trackingNumber: string | null;
  /** The carrier's list; null where there is none. */
  readonly tracking: readonly TrackingLine[] | null;
  /** Ids of letters that were held back by hand. */
  readonly notPosted: readonly string[];
}

export interface PostedBatch {
  /** False when it was posted before and nothing was done now. */
  readonly posted: boolean;
  readonly notices: number;
}

/**
 * Records that the letters of a batch were posted: each is a proof that a notice was sent, with its event, in the caller's
 * transaction.
 *
 * @param today the office's
 * @throws Refusal `notice-batch-unknown`, `notice-batch-not-released`, `notice-batch-posted` on another day or by another
 *   method, `notice-batch-empty`, `notice-unknown`, `date-in-future`, `posted-before-release`, or `tracking-refused`
 */
export async function postBatch(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: PostingOrder,
  today: IsoDate,
): Promise<PostedBatch> {
  const batch = await lockBatch(manager, order.batchId);
  if (batch.state === 'posted') return postedBefore(batch, order, (await noticesOf(manager, batch.id)).length);
  if (batch.state !== 'released') throw new Refusal('notice-batch-not-released', `the batch is ${batch.state}`);
  if (order.on > today) throw new Refusal('date-in-future', `${order.on} is after ${today}, the office's today`);
  if (order.on < batch.releasedOn!) {
    throw new Refusal('posted-before-release', `the batch was released on ${batch.releasedOn}`);
  }
  const released = (await noticesOf(manager, batch.id)).filter(({ state }) => state === 'released');
  const held = order.notPosted.map((id) => {
    if (!released.some((notice) => notice.id === id)) {
      throw new Refusal('notice-unknown', `no notice of the batch that is to be posted has the id ${id}`);
    }
    return { id, code: 'not-posted', reason: 'The letter was held back by hand.' };
  });
  const posted = released.filter(({ id }) => !order.notPosted.includes(id));
  if (posted.length === 0) throw new Refusal('notice-batch-empty', 'no notice of the batch is to be posted');
  const tracked = trackingOf(
    order,
    posted.map(({ number }) => number),
  );
  await lockCases(
    manager,
    posted.map(({ caseId }) => caseId),
  );
  await withdrawNotices(manager, held);
  const { jurisdictionId, kind } = batch;
  const { on, method } = order;
  await insertProofs(
    manager,
    { ...context, jurisdictionId },
    posted.map(({ id, number, caseId, debtId }) => ({
      ...NO_DETAILS,
      ...{ caseId, debtId, kind: 'notice-sent' as const, on, noticeKind: kind, method },
      reference: String(number),
      trackingNumber: tracked.get(number) ?? null,
      key: `notices:${id}:sent`,
    })),
  );
  await rows(
    manager,
    `update cases.notice n set state = 'posted', posted_on = $2, tracking_number = t."trackingNumber"
     from jsonb_to_recordset($1::jsonb) as t (id uuid, "trackingNumber" text) where n.id = t.id`,
    [JSON.stringify(posted.map(({ id, number }) => ({ id, trackingNumber: tracked.get(number) ?? null }))), on],
  );
  await rows(
    manager,
    `update cases.notice_batch set state = 'posted', posted_on = $2, method = $3, posted_by = $4 where id = $1`,
    [batch.id, on, method, context.actor],
  );
  return { posted: true, notices: posted.length };
}

function postedBefore(batch: StoredBatch, order: PostingOrder, notices: number): PostedBatch {
  if (batch.postedOn === order.on && batch.method === order.method) return { posted: false, notices };
  throw new Refusal('notice-batch-posted', `the batch was posted on ${batch.postedOn} by ${batch.method}`);
}

/** The tracking numbers of letters, by their numbers. Certified mail has one for each. */
function trackingOf(order: PostingOrder, numbers: readonly number[]): ReadonlyMap<number, string> {
  const { trackingNumber, tracking, method } = order;
  if (trackingNumber !== null && (tracking !== null || numbers.length !== 1)) {
    throw new Refusal('tracking-refused', 'one tracking number is for a batch of one letter, without a list');
  }
  const lines = trackingNumber === null ? (tracking ?? []) : [{ notice: String(numbers[0]), trackingNumber, line: 1 }];
  const result = checkTracking(lines, new Set(numbers));
  if (!result.ok) throw new Refusal('tracking-refused', result.reason);
  const without = numbers.find((number) => !result.tracked.has(number));
  if (method === 'certified-mail' && without !== undefined) {
    throw new Refusal('tracking-refused', `notice ${without} has no tracking number, and certified mail has one`);
  }
  return result.tracked;
}
