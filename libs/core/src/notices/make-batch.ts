import { createHash, randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { lockCases } from '../cases/lock-cases.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import type { LeftOut } from './batch-store.js';
import { factsOf } from './domain/facts.js';
import { hindranceOf } from './domain/hindrance.js';
import { debtorOf } from './domain/position.js';
import type { NoticePosition } from './domain/position.js';
import type { NoticeSetting } from './domain/setting.js';
import type { Unwritable } from './domain/unwritable.js';
import { addressHash, readPositions } from './read-positions.js';

/** The most letters of one batch. */
export const LARGEST_BATCH = 1000;

/** Which debts of an office get a letter. What is left out does not narrow. */
export interface NoticeSelection {
  readonly debtTypes: readonly string[] | null;
  /** Days since the date of first delinquency; without that date, since it was incurred or registered. */
  readonly minAgeDays: number;
  /** What is owed, in minor units. */
  readonly minBalanceMinor: number;
  readonly maxBalanceMinor: number | null;
  /** Only debts about which no letter of the kind was posted within so many days; 0 for none ever. */
  readonly notWithinDays: number;
}

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
  /** False when this key was made before and nothing was done now. */
  readonly made: boolean;
}

/**
 * Makes a batch of letters, in the caller's transaction: under the locks of the cases the latest position of each debt is
 * read, and what stands in the way of a letter leaves it out, with the reason.
 *
 * @param today the office's
 * @throws Refusal `debt-unknown`, or `key-reused`
 */
export async function makeBatch(
  manager: EntityManager,
  context: ChangeContext,
  order: BatchOrder,
  today: IsoDate,
  unwritable: Unwritable,
): Promise<MadeBatch> {
  const before = await madeBefore(manager, context.jurisdictionId, order);
  if (before) return before;
  const positions = await lockedPositions(manager, context.jurisdictionId, order, today);
  // The same order may have been carried out while this one waited for the locks.
  const meanwhile = await madeBefore(manager, context.jurisdictionId, order);
  if (meanwhile) return meanwhile;
  const leftOut: LeftOut[] = [];
  const written: NoticePosition[] = [];
  for (const position of positions) {
    const hindrance = hindranceOf(position, order.setting, { on: today, unwritable, another: true });
    if (hindrance === null) written.push(position);
    else leftOut.push({ debtId: position.debtId, ...hindrance });
  }
  if (written.length === 0) return { batchId: null, noticeIds: [], leftOut, made: false };
  const batchId = await insertBatch(manager, context, order, leftOut, today);
  if (batchId === null) return (await madeBefore(manager, context.jurisdictionId, order))!;
  const noticeIds = await insertNotices(manager, batchId, order.setting, written, today);
  return { batchId, noticeIds, leftOut, made: true };
}

/**
 * The positions of the debts that are asked for, under the locks of their cases.
 *
 * @throws Refusal `debt-unknown`
 */
export async function lockedPositions(
  manager: EntityManager,
  jurisdictionId: string,
  order: Pick<BatchOrder, 'debts' | 'limit' | 'setting'>,
  today: IsoDate,
): Promise<NoticePosition[]> {
  const debts = isList(order.debts)
    ? await debtsById(manager, jurisdictionId, order.debts)
    : await debtsLike(manager, jurisdictionId, order.debts, order, today);
  await lockCases(
    manager,
    debts.map(({ caseId }) => caseId),
  );
  return readPositions(
    manager,
    debts.map(({ id }) => id),
  );
}

interface Found {
  readonly id: string;
  readonly caseId: string;
}

async function debtsById(on: Queryable, jurisdictionId: string, ids: readonly string[]): Promise<Found[]> {
  const found = await rows<Found>(
    on,
    'select id, case_id as "caseId" from cases.debt where id = any($1) and jurisdiction_id = $2',
    [ids, jurisdictionId],
  );
  const known = new Set(found.map(({ id }) => id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw new Refusal('debt-unknown', `no debt of ${jurisdictionId} has the id ${missing}`);
  return found;
}

/** Those that owe, the oldest first. */
function debtsLike(
  on: Queryable,
  jurisdictionId: string,
  selection: NoticeSelection,
  { limit, setting }: Pick<BatchOrder, 'limit' | 'setting'>,
  today: IsoDate,
): Promise<Found[]> {
  const { debtTypes, minAgeDays, minBalanceMinor, maxBalanceMinor, notWithinDays } = selection;
  return rows<Found>(
    on,
    `select d.id, d.case_id as "caseId"
     from cases.debt d
     cross join lateral (select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = d.id) b
     where d.jurisdiction_id = $1 and ($2::text[] is null or d.type = any($2))
       and coalesce(d.delinquent_on, d.incurred_on, d.registered_at::date) <= $3::date - $4::int
       and b.minor >= greatest(1, $5::bigint) and ($6::bigint is null or b.minor <= $6)
       and not exists (select 1 from cases.notice n where n.debt_id = d.id and n.kind = $7
                         and (n.state in ('made', 'released')
                              or (n.state in ('posted', 'returned') and ($8::int = 0 or n.posted_on > $3::date - $8::int))))
     order by coalesce(d.delinquent_on, d.incurred_on, d.registered_at::date), d.number limit $9`,
    [
      ...[jurisdictionId, debtTypes, today, minAgeDays, minBalanceMinor, maxBalanceMinor],
      ...[setting.kind, notWithinDays, Math.min(limit, LARGEST_BATCH)],
    ],
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
  const [before] = await rows<{ id: string; request_hash: string; left_out: LeftOut[]; notices: string[] }>(
    manager,
    `select b.id, b.request_hash, b.left_out,
            array(select n.id::text from cases.notice n where n.batch_id = b.id order by n.number) as notices
     from cases.notice_batch b where b.jurisdiction_id = $1 and b.idempotency_key = $2`,
    [jurisdictionId, order.idempotencyKey],
  );
  if (!before) return null;
  if (before.request_hash !== hashOf(order)) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for other notices`);
  }
  return { batchId: before.id, noticeIds: before.notices, leftOut: before.left_out, made: false };
}

/** @returns null when another transaction made this key meanwhile */
async function insertBatch(
  manager: EntityManager,
  context: ChangeContext,
  order: BatchOrder,
  leftOut: readonly LeftOut[],
  today: IsoDate,
): Promise<string | null> {
  const [inserted] = await rows<{ id: string }>(
    manager,
    `insert into cases.notice_batch (id, jurisdiction_id, kind, language, state, made_on, left_out, idempotency_key,
       request_hash, actor, recorded_at)
     values ($1, $2, $3, $4, 'made', $5, $6, $7, $8, $9, $10)
     on conflict (jurisdiction_id, idempotency_key) do nothing returning id`,
    [
      ...[randomUUID(), context.jurisdictionId, order.setting.kind, order.setting.language, today],
      ...[JSON.stringify(leftOut), order.idempotencyKey, hashOf(order), context.actor, context.at],
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
