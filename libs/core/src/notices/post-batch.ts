import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../calendar/domain/iso-date.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { NO_DETAILS } from '../cases/domain/proof.js';
import type { DeliveryMethod } from '../cases/domain/proof.js';
import { lockCases } from '../cases/lock-cases.js';
import { insertProofs } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockBatch, noticesOf, settingOfBatch, withdrawNotices } from './batch-store.js';
import type { StoredBatch, StoredNotice } from './batch-store.js';
import type { Look } from './domain/hindrance.js';
import { checkTracking } from './domain/tracking.js';
import { lookAgain } from './look-again.js';
import type { TrackingLine } from './read-tracking.js';

/** Days after the release within which letters are posted: what they say, and by when to answer, is of the release. */
export const POSTING_DAYS = 7;
/** Letters that a refusal names. */
const NAMED = 10;
const NOT_POSTED = 'not-posted';

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
  /** Ids of letters that went out although something has come in the way since the release. */
  readonly despite: readonly string[];
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
 * @param look on the office's today
 * @throws Refusal `notice-batch-unknown`, `notice-batch-not-released`, `notice-batch-posted` otherwise than now,
 *   `notice-batch-empty`, `notice-batch-not-printed`, `notice-unknown`, `date-in-future`, `posted-before-release`,
 *   `release-too-old`, `tracking-refused`, or `notice-hindered`
 */
export async function postBatch(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: PostingOrder,
  look: Omit<Look, 'another'>,
): Promise<PostedBatch> {
  const batch = await lockBatch(manager, order.batchId);
  if (batch.state === 'posted') return postedBefore(batch, order, await noticesOf(manager, batch.id));
  if (batch.state !== 'released') throw new Refusal('notice-batch-not-released', `the batch is ${batch.state}`);
  refuseDay(order.on, batch.releasedOn!, look.on);
  const released = (await noticesOf(manager, batch.id)).filter(({ state }) => state === 'released');
  const held = order.notPosted.map((id) => {
    if (!released.some((notice) => notice.id === id)) {
      throw new Refusal('notice-unknown', `no notice of the batch that is to be posted has the id ${id}`);
    }
    return { id, code: NOT_POSTED, reason: 'The letter was held back by hand.' };
  });
  const posted = released.filter(({ id }) => !order.notPosted.includes(id));
  if (posted.length === 0) throw new Refusal('notice-batch-empty', 'no notice of the batch is to be posted');
  if (batch.contentHash === null) throw new Refusal('notice-batch-not-printed', 'the letters were not printed yet');
  const tracked = trackingOf(
    order,
    posted.map(({ number }) => number),
  );
  await lockCases(
    manager,
    posted.map(({ caseId }) => caseId),
  );
  await refuseHindered(manager, batch.id, posted, order.despite, look);
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

function refuseDay(on: IsoDate, releasedOn: IsoDate, today: IsoDate): void {
  if (on > today) throw new Refusal('date-in-future', `${on} is after ${today}, the office's today`);
  if (on < releasedOn) throw new Refusal('posted-before-release', `the batch was released on ${releasedOn}`);
  if (on > addDays(releasedOn, POSTING_DAYS)) {
    const reason = `the letters are of ${releasedOn} and were to be posted within ${POSTING_DAYS} days: make them anew`;
    throw new Refusal('release-too-old', reason);
  }
}

/**
 * A stop that came after the release is no secret to whoever records the posting: the letter was held back, or it is said
 * that it went out all the same.
 */
async function refuseHindered(
  manager: EntityManager,
  batchId: string,
  posted: readonly StoredNotice[],
  despite: readonly string[],
  look: Omit<Look, 'another'>,
): Promise<void> {
  const setting = (await settingOfBatch(manager, batchId))!;
  const { hindered } = await lookAgain(manager, posted, setting, look);
  const unsaid = hindered.filter(({ noticeId }) => !despite.includes(noticeId));
  if (unsaid.length === 0) return;
  const numbers = new Map(posted.map(({ id, number }) => [id, number]));
  const named = unsaid.slice(0, NAMED).map(({ noticeId, code, rule }) => `${numbers.get(noticeId)} (${rule ?? code})`);
  const more = unsaid.length > NAMED ? ` and ${unsaid.length - NAMED} more` : '';
  throw new Refusal('notice-hindered', `held back, or posted despite what came in the way: ${named.join(', ')}${more}`);
}

/** The same posting again. What came back since was posted. */
function postedBefore(batch: StoredBatch, order: PostingOrder, notices: readonly StoredNotice[]): PostedBatch {
  const posted = notices.filter(({ state }) => state === 'posted' || state === 'returned');
  const held = notices.filter(({ code }) => code === NOT_POSTED).map(({ id }) => id);
  const sameHeld = held.length === order.notPosted.length && held.every((id) => order.notPosted.includes(id));
  if (batch.postedOn === order.on && batch.method === order.method && sameHeld) {
    const tracked = trackingOf(
      order,
      posted.map(({ number }) => number),
    );
    if (posted.every(({ number, trackingNumber }) => (tracked.get(number) ?? null) === trackingNumber)) {
      return { posted: false, notices: posted.length };
    }
  }
  const reason = `the batch was posted on ${batch.postedOn} by ${batch.method}, with ${posted.length} letters`;
  throw new Refusal('notice-batch-posted', reason);
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
