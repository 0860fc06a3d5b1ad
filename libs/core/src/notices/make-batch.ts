import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { lockCases } from '../cases/lock-cases.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { factsOf } from './domain/facts.js';
import { hindranceOf } from './domain/hindrance.js';
import type { Look } from './domain/hindrance.js';
import { leaveOut } from './domain/left-out.js';
import type { LeftOut } from './domain/left-out.js';
import { debtorOf } from './domain/position.js';
import type { NoticePosition } from './domain/position.js';
import type { NoticeSetting } from './domain/setting.js';
import { addressHash, readPositions } from './read-positions.js';
import { debtsById, selectDebts } from './select-debts.js';
import type { FoundDebt, NoticeSelection } from './select-debts.js';

export interface BatchOrder {
  readonly setting: NoticeSetting;
  /** Debts by id, or by what they have in common. */
  readonly debts: readonly string[] | NoticeSelection;
  readonly limit: number;
  /** The same key is made once in an office, however often it is sent. */
  readonly idempotencyKey: string;
}

export interface MadeBatch {
  /** Null where nothing could be made, and so nothing was kept. */
  readonly batchId: string | null;
  readonly noticeIds: readonly string[];
  readonly leftOut: readonly LeftOut[];
  /** Number of the debt after which the selection goes on; null where all were looked at. */
  readonly goesOnAfter: number | null;
  /** False when this key was made before and nothing was done now. */
  readonly made: boolean;
}

/**
 * Makes a batch of letters, in the caller's transaction: under the locks of the cases the latest position of each debt is
 * read, and what stands in the way of a letter leaves it out, with the reason.
 *
 * @param look on the office's today
 * @throws Refusal `debt-unknown`, or `key-reused`
 */
export async function makeBatch(
  manager: EntityManager,
  context: ChangeContext,
  order: BatchOrder,
  lookedAt: Omit<Look, 'another'>,
): Promise<MadeBatch> {
  const before = await madeBefore(manager, context.jurisdictionId, order);
  if (before) return before;
  const look = { ...lookedAt, another: true };
  const today = look.on;
  const { debts, goesOnAfter, ...selected } = isList(order.debts)
    ? { debts: await debtsById(manager, context.jurisdictionId, order.debts), leftOut: [], goesOnAfter: null }
    : await selectDebts(manager, context.jurisdictionId, order.debts, order, look);
  const positions = await lockedPositions(manager, debts, today);
  // The same order may have been carried out while this one waited for the locks.
  const meanwhile = await madeBefore(manager, context.jurisdictionId, order);
  if (meanwhile) return meanwhile;
  const leftOut: LeftOut[] = [...selected.leftOut];
  const written: NoticePosition[] = [];
  for (const position of positions) {
    const hindrance = hindranceOf(position, order.setting, look);
    if (hindrance === null) written.push(position);
    else leftOut.push(leaveOut(position, hindrance));
  }
  if (written.length === 0) return { batchId: null, noticeIds: [], leftOut, goesOnAfter, made: false };
  const batchId = await insertBatch(manager, context, order, { leftOut, goesOnAfter }, today);
  if (batchId === null) return (await madeBefore(manager, context.jurisdictionId, order))!;
  const noticeIds = await insertNotices(manager, batchId, order.setting, written, today);
  return { batchId, noticeIds, leftOut, goesOnAfter, made: true };
}

/** The positions of debts, under the locks of their cases. */
export async function lockedPositions(
  manager: EntityManager,
  debts: readonly FoundDebt[],
  date: IsoDate,
): Promise<NoticePosition[]> {
  await lockCases(
    manager,
    debts.map(({ caseId }) => caseId),
  );
  return readPositions(
    manager,
    debts.map(({ id }) => id),
    date,
  );
}

function isList(debts: BatchOrder['debts']): debts is readonly string[] {
  return Array.isArray(debts);
}

/** Of what was asked for: two orders are the same when they ask for the same, whatever came of them. */
function hashOf({ setting, debts, limit }: BatchOrder): string {
  const asked = {
    kind: setting.kind,
    language: setting.language,
    debts: isList(debts) ? [...debts].sort() : debts,
    limit,
  };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex');
}

async function madeBefore(
  manager: EntityManager,
  jurisdictionId: string,
  order: BatchOrder,
): Promise<MadeBatch | null> {
  const [before] = await rows<{
    id: string;
    request_hash: string;
    left_out: LeftOut[];
    after: number | null;
    notices: string[];
  }>(
    manager,
    `select b.id, b.request_hash, b.left_out, b.goes_on_after as after,
            array(select n.id::text from cases.notice n where n.batch_id = b.id order by n.number) as notices
     from cases.notice_batch b where b.jurisdiction_id = $1 and b.idempotency_key = $2`,
    [jurisdictionId, order.idempotencyKey],
  );
  if (!before) return null;
  if (before.request_hash !== hashOf(order)) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for other notices`);
  }
  return {
    batchId: before.id,
    noticeIds: before.notices,
    leftOut: before.left_out,
    goesOnAfter: before.after,
    made: false,
  };
}

/** @returns null when another transaction made this key meanwhile */
async function insertBatch(
  manager: EntityManager,
  context: ChangeContext,
  order: BatchOrder,
  { leftOut, goesOnAfter }: Pick<MadeBatch, 'leftOut' | 'goesOnAfter'>,
  today: IsoDate,
): Promise<string | null> {
  const [inserted] = await rows<{ id: string }>(
    manager,
    `insert into cases.notice_batch (id, jurisdiction_id, kind, language, state, made_on, left_out, idempotency_key,
       request_hash, actor, recorded_at, goes_on_after)
     values ($1, $2, $3, $4, 'made', $5, $6, $7, $8, $9, $10, $11)
     on conflict (jurisdiction_id, idempotency_key) do nothing returning id`,
    [
      ...[randomUUID(), context.jurisdictionId, order.setting.kind, order.setting.language, today],
      ...[JSON.stringify(leftOut), order.idempotencyKey, hashOf(order), context.actor, context.at, goesOnAfter],
    ],
  );
  return inserted?.id ?? null;
}

async function insertNotices(
  manager: EntityManager,
  batchId: string,
  setting: NoticeSetting,
  positions: readonly NoticePosition[],
  today: IsoDate,
): Promise<string[]> {
  const notices = positions.map((position, place) => {
    const debtor = debtorOf(position);
    const letter = factsOf(position, setting.allocation, today);
    return {
      place,
      id: randomUUID(),
      caseId: position.caseId,
      debtId: position.debtId,
      partyId: debtor.id,
      letter,
      addressHash: addressHash(letter.addressee.address),
      balanceMinor: letter.balance.totalMinor,
      currency: position.currency,
    };
  });
  await rows(
    manager,
    `insert into cases.notice (id, batch_id, case_id, debt_id, party_id, kind, state, letter, address_hash, balance_minor,
       currency)
     select id, $2, "caseId", "debtId", "partyId", $3, 'made', letter, "addressHash", "balanceMinor", currency
     from jsonb_to_recordset($1::jsonb) as n (place integer, id uuid, "caseId" uuid, "debtId" uuid, "partyId" uuid,
       letter jsonb, "addressHash" text, "balanceMinor" bigint, currency text) order by place`,
    [JSON.stringify(notices), batchId, setting.kind],
  );
  return notices.map(({ id }) => id);
}
