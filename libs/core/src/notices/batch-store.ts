import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { DeliveryMethod } from '../cases/domain/proof.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { LeftOut } from './domain/left-out.js';
import type { BatchState, Language, NoticeKind, NoticeState } from './domain/notice-kind.js';
import type { LetterFacts } from './domain/position.js';
import type { NoticeSetting } from './domain/setting.js';

/** A batch as it is listed. */
export interface BatchSummary {
  readonly id: string;
  readonly number: number;
  readonly jurisdictionId: string;
  readonly kind: NoticeKind;
  readonly language: Language;
  readonly state: BatchState;
  readonly madeOn: IsoDate;
  readonly releasedOn: IsoDate | null;
  readonly postedOn: IsoDate | null;
  readonly method: DeliveryMethod | null;
  /** Debts that were asked for and got no letter. */
  readonly leftOutCount: number;
  /** SHA-256 of the printed file; null until there is one. */
  readonly contentHash: string | null;
  readonly bytes: number | null;
  readonly pages: number | null;
  readonly actor: string;
  readonly releasedBy: string | null;
  readonly postedBy: string | null;
  readonly cancelledBy: string | null;
  readonly cancelledAt: Date | null;
}

export interface StoredBatch extends BatchSummary {
  readonly leftOut: readonly LeftOut[];
}

const SUMMARY = `
  id, number, jurisdiction_id as "jurisdictionId", kind, language, state, made_on as "madeOn",
         released_on as "releasedOn", posted_on as "postedOn", method,
         jsonb_array_length(left_out) as "leftOutCount",
         content_hash as "contentHash", bytes, pages, actor, released_by as "releasedBy", posted_by as "postedBy",
         cancelled_by as "cancelledBy", cancelled_at as "cancelledAt"`;

const BATCH = `select ${SUMMARY}, left_out as "leftOut" from cases.notice_batch`;

/** @throws Refusal `notice-batch-unknown` */
export async function readBatch(on: Queryable, id: string): Promise<StoredBatch> {
  return required(await rows<StoredBatch>(on, `${BATCH} where id = $1`, [id]), id);
}

/**
 * Locks a batch until the transaction ends.
 *
 * @throws Refusal `notice-batch-unknown`
 */
export async function lockBatch(manager: EntityManager, id: string): Promise<StoredBatch> {
  return required(await rows<StoredBatch>(manager, `${BATCH} where id = $1 for update`, [id]), id);
}

function required([found]: readonly StoredBatch[], id: string): StoredBatch {
  if (!found) throw new Refusal('notice-batch-unknown', `no batch of notices has the id ${id}`);
  return found;
}

/** Batches, the newest first. */
export function findBatches(
  on: Queryable,
  filter: {
    readonly jurisdiction?: string;
    readonly state?: string;
    readonly before?: number;
    readonly limit?: number;
  },
): Promise<BatchSummary[]> {
  return rows<BatchSummary>(
    on,
    `select ${SUMMARY} from cases.notice_batch where ($1::text is null or jurisdiction_id = $1) and ($2::text is null or state = $2)
       and ($3::bigint is null or number < $3) order by number desc limit $4`,
    [filter.jurisdiction ?? null, filter.state ?? null, filter.before ?? null, Math.min(filter.limit ?? 100, 1000)],
  );
}

/** One letter of a batch. */
export interface StoredNotice {
  readonly id: string;
  /** Shown on the letter. */
  readonly number: number;
  readonly caseId: string;
  readonly debtId: string;
  readonly debtNumber: number;
  readonly partyId: string;
  readonly state: NoticeState;
  readonly balanceMinor: number;
  readonly currency: string;
  readonly firstPage: number | null;
  readonly pages: number | null;
  /** Why it was taken out; null where it was not. */
  readonly code: string | null;
  readonly reason: string | null;
  readonly trackingNumber: string | null;
  readonly postedOn: IsoDate | null;
  readonly returnedOn: IsoDate | null;
  readonly returnedReason: string | null;
}

/** The notices of a batch in the order of their numbers, which is the order of print. */
export function noticesOf(on: Queryable, batchId: string): Promise<StoredNotice[]> {
  return rows<StoredNotice>(
    on,
    `select n.id, n.number, n.case_id as "caseId", n.debt_id as "debtId", d.number as "debtNumber",
            n.party_id as "partyId", n.state, n.balance_minor as "balanceMinor", n.currency,
            n.first_page as "firstPage", n.pages, n.code, n.reason, n.tracking_number as "trackingNumber",
            n.posted_on as "postedOn", n.returned_on as "returnedOn", n.returned_reason as "returnedReason"
     from cases.notice n join cases.debt d on d.id = n.debt_id where n.batch_id = $1 order by n.number`,
    [batchId],
  );
}

/** What the letters of a batch say that were not taken out of it, in the order of print. */
export function lettersOf(
  on: Queryable,
  batchId: string,
): Promise<{ readonly id: string; readonly number: number; readonly letter: LetterFacts }[]> {
  return rows(
    on,
    `select id, number, letter from cases.notice where batch_id = $1 and state <> 'withdrawn' order by number`,
    [batchId],
  );
}

/** By what the letters of a batch are printed once it is released; null before. */
export async function settingOfBatch(on: Queryable, batchId: string): Promise<NoticeSetting | null> {
  const [found] = await rows<{ setting: NoticeSetting | null }>(
    on,
    'select setting from cases.notice_batch where id = $1',
    [batchId],
  );
  return found?.setting ?? null;
}

/** Takes notices out of their batch, each with its reason. */
export async function withdrawNotices(
  manager: EntityManager,
  withdrawn: readonly { readonly id: string; readonly code: string; readonly reason: string }[],
): Promise<void> {
  if (withdrawn.length === 0) return;
  await rows(
    manager,
    `update cases.notice n set state = 'withdrawn', code = w.code, reason = w.reason
     from jsonb_to_recordset($1::jsonb) as w (id uuid, code text, reason text) where n.id = w.id`,
    [JSON.stringify(withdrawn)],
  );
}
