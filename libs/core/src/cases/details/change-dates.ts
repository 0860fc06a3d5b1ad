import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import { recordChanges } from '../change-recorder.js';
import type { ChangeContext } from '../change-recorder.js';
import { DEBT_DATES, debtDatesFault } from '../domain/debt-dates.js';
import type { DebtDate, DebtDates } from '../domain/debt-dates.js';

/** Dates of a debt that an officer sets or corrects. */
export interface DatesOrder {
  readonly debtId: string;
  /** Those that change; null takes a date back that nobody knows after all. */
  readonly dates: { readonly [kind in DebtDate]?: IsoDate | null | undefined };
  readonly reason: string;
  /** Who told the office, and how. */
  readonly source: string;
  /** The same key changes a debt once, however often it is sent. */
  readonly idempotencyKey: string;
}

export interface ChangedDates {
  readonly dates: DebtDates;
  /** False when nothing was changed now: the dates were so already, or the key was used for this before. */
  readonly changed: boolean;
}

/**
 * Changes dates of a debt, in the caller's transaction, and keeps what they were. Everything that follows from them is
 * looked at again: positions by the event, strategies on the office's today, interest with the next accrual.
 *
 * @param today the office's
 * @throws Refusal `debt-unknown`, `date-in-future`, `dates-out-of-order`, or `key-reused`
 */
export async function changeDates(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: DatesOrder,
  today: IsoDate,
): Promise<ChangedDates> {
  const debt = await locateDebt(manager, order.debtId);
  await lockCase(manager, debt.caseId);
  const before = await readDates(manager, debt.id);
  if (await changedBefore(manager, order)) return { dates: before, changed: false };
  const dates = { ...before, ...stated(order) };
  const fault = debtDatesFault(dates, today);
  if (fault) throw new Refusal(fault.code, fault.message);
  const changed = DEBT_DATES.filter((kind) => dates[kind] !== before[kind]);
  if (changed.length === 0) return { dates, changed: false };
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    { caseId: debt.caseId, type: 'concord.debt.changed.v1', subjectId: debt.id, data: { debtId: debt.id } },
  ]);
  await rows(
    manager,
    `update cases.debt set incurred_on = $2, due_on = $3, delinquent_on = $4, itemised_on = $5,
       strategy_review_on = least(strategy_review_on, $6) where id = $1`,
    [debt.id, dates.incurred, dates.due, dates.delinquent, dates.itemised, today],
  );
  await rows(
    manager,
    `insert into cases.debt_date_change (id, debt_id, case_version, date_kind, before, after, reason, source,
       idempotency_key, actor, recorded_at, asked)
     select id, $2, $3, kind, before, after, $4, $5, $6, $7, $8, $9
     from jsonb_to_recordset($1::jsonb) as c (id uuid, kind text, before date, after date)`,
    [
      JSON.stringify(changed.map((kind) => ({ id: randomUUID(), kind, before: before[kind], after: dates[kind] }))),
      debt.id,
      version,
      order.reason,
      order.source,
      order.idempotencyKey,
      context.actor,
      context.at,
      JSON.stringify(stated(order)),
    ],
  );
  return { dates, changed: true };
}

function stated({ dates }: DatesOrder): Partial<Record<DebtDate, IsoDate | null>> {
  return Object.fromEntries(Object.entries(dates).filter(([, on]) => on !== undefined));
}

async function readDates(manager: EntityManager, debtId: string): Promise<DebtDates> {
  const [dates] = await rows<DebtDates>(
    manager,
    'select incurred_on as incurred, due_on as due, delinquent_on as delinquent, itemised_on as itemised from cases.debt where id = $1',
    [debtId],
  );
  return dates!;
}

/** Whether the key changed this debt before, and the same was asked: more dates, or fewer, would be passed over. */
async function changedBefore(manager: EntityManager, order: DatesOrder): Promise<boolean> {
  const before = await rows<{ same: boolean }>(
    manager,
    `select asked is not distinct from $3::jsonb as same from cases.debt_date_change
     where debt_id = $1 and idempotency_key = $2`,
    [order.debtId, order.idempotencyKey, JSON.stringify(stated(order))],
  );
  if (before.some(({ same }) => !same)) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for other dates of this debt`);
  }
  return before.length > 0;
}
