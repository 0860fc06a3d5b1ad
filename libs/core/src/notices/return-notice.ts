import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { lockCase } from '../cases/case-lookup.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { NO_DETAILS } from '../cases/domain/proof.js';
import type { DeliveryMethod } from '../cases/domain/proof.js';
import { insertProofs } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { NoticeKind, NoticeState } from './domain/notice-kind.js';

interface SentNotice {
  readonly id: string;
  readonly number: number;
  readonly caseId: string;
  readonly debtId: string;
  readonly partyId: string;
  readonly jurisdictionId: string;
  readonly kind: NoticeKind;
  readonly method: DeliveryMethod | null;
  readonly state: NoticeState;
  readonly addressHash: string;
  readonly postedOn: IsoDate | null;
  readonly trackingNumber: string | null;
}

/** A letter that came back. */
export interface ReturnOrder {
  readonly noticeId: string;
  readonly on: IsoDate;
  /** As the carrier wrote it: moved, unknown, refused, ... */
  readonly reason: string;
}

/** @throws Refusal `notice-unknown` */
export async function readNotice(on: Queryable, id: string): Promise<SentNotice> {
  const [found] = await rows<SentNotice>(
    on,
    `select n.id, n.number, n.case_id as "caseId", n.debt_id as "debtId", n.party_id as "partyId",
            b.jurisdiction_id as "jurisdictionId", n.kind, b.method, n.state, n.address_hash as "addressHash",
            n.posted_on as "postedOn", n.tracking_number as "trackingNumber"
     from cases.notice n join cases.notice_batch b on b.id = n.batch_id where n.id = $1`,
    [id],
  );
  if (!found) throw new Refusal('notice-unknown', `no notice has the id ${id}`);
  return found;
}

/**
 * Records that a letter came back, as a proof with its event, and marks the address that it went to: nothing more is
 * written there until the party has another one. In the caller's transaction.
 *
 * @param today the office's
 * @throws Refusal `notice-unknown`, `notice-not-posted`, `date-in-future`, or `returned-before-posted`
 */
export async function returnNotice(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  { noticeId, on, reason }: ReturnOrder,
  today: IsoDate,
): Promise<{ readonly returned: boolean }> {
  await lockCase(manager, (await readNotice(manager, noticeId)).caseId);
  const notice = await readNotice(manager, noticeId);
  if (notice.state === 'returned') return { returned: false };
  if (notice.state !== 'posted') throw new Refusal('notice-not-posted', `the notice is ${notice.state}`);
  if (on > today) throw new Refusal('date-in-future', `${on} is after ${today}, the office's today`);
  if (on < notice.postedOn!) {
    throw new Refusal('returned-before-posted', `the notice was posted on ${notice.postedOn}`);
  }
  const { caseId, debtId, kind, method, number, trackingNumber } = notice;
  await insertProofs(manager, { ...context, jurisdictionId: notice.jurisdictionId }, [
    {
      ...NO_DETAILS,
      ...{ caseId, debtId, kind: 'notice-returned', on, noticeKind: kind, method, trackingNumber },
      reference: String(number),
      key: `notices:${noticeId}:returned`,
    },
  ]);
  await rows(
    manager,
    `update cases.notice set state = 'returned', returned_on = $2, returned_reason = $3 where id = $1`,
    [noticeId, on, reason],
  );
  await rows(
    manager,
    `insert into cases.returned_address (party_id, address_hash, notice_id, returned_on, reason, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7) on conflict do nothing`,
    [notice.partyId, notice.addressHash, noticeId, on, reason, context.actor, context.at],
  );
  return { returned: true };
}
