import type { EntityManager } from 'typeorm';
import type { AddressSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { NO_DETAILS } from '../cases/domain/proof.js';
import type { DeliveryMethod } from '../cases/domain/proof.js';
import { lockCases } from '../cases/lock-cases.js';
import { insertProofs } from '../cases/proof-store.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { changesOfParties, holdGroup } from '../parties/party-group.js';
import { noteReturnedMail } from '../parties/returned-mail.js';
import type { ReturnedMail } from '../parties/returned-mail.js';
import { Refusal } from '../platform/errors.js';
import type { NoticeKind, NoticeState } from './domain/notice-kind.js';
import { tellsOfAddress } from './domain/return-reason.js';
import type { ReturnReason } from './domain/return-reason.js';
import { addressHash } from './read-positions.js';

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
  /** The proof that it came back. */
  readonly returnedProof: string | null;
}

/** A letter that came back. */
export interface ReturnOrder {
  readonly noticeId: string;
  readonly on: IsoDate;
  readonly reason: ReturnReason;
}

/** @throws Refusal `notice-unknown` */
export async function readNotice(on: Queryable, id: string): Promise<SentNotice> {
  const [found] = await rows<SentNotice>(
    on,
    `select n.id, n.number, n.case_id as "caseId", n.debt_id as "debtId", n.party_id as "partyId",
            b.jurisdiction_id as "jurisdictionId", n.kind, b.method, n.state, n.address_hash as "addressHash",
            n.posted_on as "postedOn", n.tracking_number as "trackingNumber", n.returned_proof as "returnedProof"
     from cases.notice n join cases.notice_batch b on b.id = n.batch_id where n.id = $1`,
    [id],
  );
  if (!found) throw new Refusal('notice-unknown', `no notice has the id ${id}`);
  return found;
}

/**
 * Records that a letter came back, as a proof with its event. Where that says that the address is wrong, it is marked as
 * returned with the party, whoever says it there: nothing more is written to it until somebody verifies it, and partners are
 * told another one where there is one. In the caller's transaction.
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
  const sent = await readNotice(manager, noticeId);
  const { survivorId, memberIds } = await holdGroup(manager, sent.partyId);
  const told = await changesOfParties(manager, [survivorId]);
  await lockCases(manager, [sent.caseId, ...told.map(({ caseId: each }) => each)]);
  const notice = await readNotice(manager, noticeId);
  if (notice.state === 'returned') return { returned: false };
  if (notice.state !== 'posted') throw new Refusal('notice-not-posted', `the notice is ${notice.state}`);
  if (on > today) throw new Refusal('date-in-future', `${on} is after ${today}, the office's today`);
  if (on < notice.postedOn!) {
    throw new Refusal('returned-before-posted', `the notice was posted on ${notice.postedOn}`);
  }
  const { caseId, debtId, kind, method, number, trackingNumber } = notice;
  const recorded = await insertProofs(manager, { ...context, jurisdictionId: notice.jurisdictionId }, [
    {
      ...NO_DETAILS,
      ...{ caseId, debtId, kind: 'notice-returned', on, noticeKind: kind, method, trackingNumber },
      reference: String(number),
      returnedReason: reason,
      key: await nextKey(manager, debtId, `notices:${noticeId}:returned`),
    },
  ]);
  const proofId = recorded.get(debtId)!;
  await rows(
    manager,
    `update cases.notice set state = 'returned', returned_on = $2, returned_reason = $3, returned_proof = $4 where id = $1`,
    [noticeId, on, reason, proofId],
  );
  if (tellsOfAddress(reason, method)) {
    await markReturned(manager, context, memberIds, notice.addressHash, { letterId: proofId, returnedOn: on });
  }
  return { returned: true };
}

/** A return that was withdrawn keeps its key: what is recorded after it is another one. */
async function nextKey(manager: EntityManager, debtId: string, key: string): Promise<string> {
  const [before] = await rows<{ times: number }>(
    manager,
    'select count(*) as times from cases.proof where debt_id = $1 and starts_with(idempotency_key, $2)',
    [debtId, key],
  );
  return before!.times === 0 ? key : `${key}:${before!.times + 1}`;
}

/** Notes it of the address that the letter had, wherever that stands with the party or a duplicate. */
async function markReturned(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  memberIds: readonly string[],
  hash: string,
  returned: Pick<ReturnedMail, 'letterId' | 'returnedOn'>,
): Promise<void> {
  const known = await rows<{ partyId: string; address: AddressSnapshot }>(
    manager,
    `select party_id as "partyId", address from cases.party_address where party_id = any($1)
     union
     select id, address from cases.party where id = any($1) and address is not null`,
    [memberIds],
  );
  const written = new Map(
    known.filter(({ address }) => addressHash(address) === hash).map((each) => [JSON.stringify(each.address), each]),
  );
  for (const { partyId, address } of written.values()) {
    await noteReturnedMail(manager, context, { partyId, address, ...returned });
  }
}
