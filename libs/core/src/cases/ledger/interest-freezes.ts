import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { addDays } from '../../calendar/domain/iso-date.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import type { ChangeContext } from '../change-recorder.js';
import type { FrozenPeriod } from '../domain/interest/terms.js';
import { byDebt, stoppedPeriods } from './stopped-periods.js';
import type { PeriodRow } from './stopped-periods.js';

/** Days on which an officer lets no interest accrue on a debt, both included. */
export interface FreezeOrder {
  readonly debtId: string;
  readonly startsOn: string;
  readonly endsOn: string | null;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Freezes the interest of a debt, in the caller's transaction. It changes nothing by itself, and so makes no version of the
 * case: what had been posted for its days is taken back by the next accrual, which tells of it.
 *
 * @throws Refusal `debt-unknown`, `freeze-dates` or `key-reused`
 */
export async function freezeInterest(
  manager: EntityManager,
  context: Pick<ChangeContext, 'actor' | 'at'>,
  order: FreezeOrder,
): Promise<{ readonly freezeId: string; readonly frozen: boolean }> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.endsOn !== null && order.endsOn < order.startsOn) {
    throw new Refusal('freeze-dates', 'the freeze ends before it starts');
  }
  await lockCase(manager, debt.caseId);
  const [before] = await rows<{ id: string; starts_on: string }>(
    manager,
    'select id, starts_on from cases.interest_freeze where debt_id = $1 and idempotency_key = $2',
    [debt.id, order.idempotencyKey],
  );
  if (before) {
    if (before.starts_on === order.startsOn) return { freezeId: before.id, frozen: false };
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another freeze of this debt`);
  }
  const id = randomUUID();
  const { startsOn, endsOn, reason, idempotencyKey } = order;
  await rows(
    manager,
    `insert into cases.interest_freeze (id, debt_id, starts_on, ends_on, reason, idempotency_key, actor, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, debt.id, startsOn, endsOn, reason, idempotencyKey, context.actor, context.at],
  );
  return { freezeId: id, frozen: true };
}

/**
 * Ends a freeze: interest accrues again from `on`. Ending it again, or later than it ends, changes nothing.
 *
 * @throws Refusal `freeze-unknown`
 */
export async function endFreeze(
  manager: EntityManager,
  context: Pick<ChangeContext, 'actor'>,
  freezeId: string,
  on: string,
): Promise<{ readonly ended: boolean }> {
  const [found] = await rows<{ starts_on: string; ends_on: string | null }>(
    manager,
    'select starts_on, ends_on from cases.interest_freeze where id = $1 for update',
    [freezeId],
  );
  if (!found) throw new Refusal('freeze-unknown', `no freeze of interest has the id ${freezeId}`);
  // One that had not begun never freezes anything.
  const last = addDays(on > found.starts_on ? on : found.starts_on, -1);
  if (found.ends_on !== null && found.ends_on <= last) return { ended: false };
  await rows(manager, 'update cases.interest_freeze set ends_on = $2, ended_by = $3 where id = $1', [
    freezeId,
    last,
    context.actor,
  ]);
  return { ended: true };
}

/** Freezes of a debt, the oldest first. */
export function listFreezes(on: Queryable, debtId: string) {
  return rows(
    on,
    `select id, starts_on as "startsOn", ends_on as "endsOn", reason, actor, recorded_at as "recordedAt",
            ended_by as "endedBy"
     from cases.interest_freeze where debt_id = $1 order by recorded_at, id`,
    [debtId],
  );
}

/**
 * Days on which debts bear no interest: freezes of officers, and stops of kinds that freeze it, whatever party or case they
 * were placed on.
 *
 * @param frozenBy kinds of stops by type of debt
 * @returns by debt; none where nothing freezes it
 */
export async function readFrozen(
  on: Queryable,
  debtIds: readonly string[],
  frozenBy: Readonly<Record<string, readonly string[]>>,
): Promise<ReadonlyMap<string, FrozenPeriod[]>> {
  const ordered = await rows<PeriodRow>(
    on,
    'select debt_id, starts_on as "from", ends_on as "to" from cases.interest_freeze where debt_id = any($1)',
    [debtIds],
  );
  return byDebt([...(await stoppedPeriods(on, debtIds, frozenBy)), ...ordered]);
}
