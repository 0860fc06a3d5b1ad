import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { locateDebt, lockCase } from './case-lookup.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/** Money received for one debt. */
export interface PaymentOrder {
  readonly debtId: string;
  /** Minor units of `currency`, above zero. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidOn: string;
  /** The business date under which it is posted: when the office came to know of it, whenever it was paid. */
  readonly bookedOn: string;
  /** The payer's or the counter's reference, kept with the entry. */
  readonly reference: string | null;
  /** The same key is posted once, however often it is asked for. */
  readonly idempotencyKey: string;
  /** The office takes this payment for the whole debt: what is left is adjusted off as settled. */
  readonly settles: boolean;
  readonly source: string;
  /** What whoever collected it kept of it; left out where nobody said. At most the amount. */
  readonly commissionMinor?: number;
}

export interface PostedPayment {
  readonly entryId: string;
  readonly balanceMinor: number;
  /** False when this key was posted before and nothing was done now. */
  readonly posted: boolean;
}

/**
 * Posts a payment to the ledger, in the caller's transaction.
 *
 * @throws Refusal `debt-unknown`, `currency-differs`, or `key-reused` when the key was used for something else
 */
export async function postPayment(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: PaymentOrder,
): Promise<PostedPayment> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.currency !== debt.currency) {
    throw new Refusal('currency-differs', `the debt is in ${debt.currency}, the payment in ${order.currency}`);
  }
  await lockCase(manager, debt.caseId);
  const key = `${order.source}:${order.idempotencyKey}`;
  const before = await postedBefore(manager, order, key);
  if (before) return { entryId: before, balanceMinor: await balance(manager, debt.id), posted: false };

  const entry = {
    id: randomUUID(),
    kind: 'payment',
    amountMinor: order.amountMinor,
    reason: null as string | null,
    key,
    commissionMinor: order.commissionMinor ?? null,
  };
  const left = (await balance(manager, debt.id)) - order.amountMinor;
  const entries = [entry];
  if (order.settles && left > 0) {
    entries.push({
      id: randomUUID(),
      kind: 'adjustment',
      amountMinor: left,
      reason: 'settlement',
      key: `${key}:settlement`,
      commissionMinor: null,
    });
  }
  const versions = await recordChanges(
    manager,
    { ...context, jurisdictionId: debt.jurisdictionId },
    entries.map(({ id }) => ({
      caseId: debt.caseId,
      type: 'concord.ledger.posted.v1' as const,
      subjectId: id,
      data: { debtId: debt.id, entryId: id },
    })),
  );
  for (const [index, { id, kind, amountMinor, reason, key: entryKey, commissionMinor }] of entries.entries()) {
    await rows(
      manager,
      `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on,
         booked_on, source, reference, reason, idempotency_key, actor, recorded_at, commission_minor)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)`,
      [
        id,
        debt.id,
        debt.caseId,
        versions[index],
        kind,
        amountMinor,
        debt.currency,
        order.paidOn,
        order.bookedOn,
        order.source,
        order.reference,
        reason,
        entryKey,
        context.actor,
        context.at,
        commissionMinor,
      ],
    );
  }
  // A smaller balance may bring the debt into, or out of, what a strategy refers.
  await rows(manager, 'update cases.debt set strategy_review_on = least(strategy_review_on, $2) where id = $1', [
    debt.id,
    order.paidOn,
  ]);
  return { entryId: entry.id, balanceMinor: await balance(manager, debt.id), posted: true };
}

async function postedBefore(manager: EntityManager, order: PaymentOrder, key: string): Promise<string | null> {
  const [found] = await rows<{ id: string; amount_minor: number; kind: string }>(
    manager,
    'select id, amount_minor, kind from cases.ledger_entry where debt_id = $1 and idempotency_key = $2',
    [order.debtId, key],
  );
  if (!found) return null;
  if (found.amount_minor !== order.amountMinor || found.kind !== 'payment') {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another payment of this debt`);
  }
  return found.id;
}

async function balance(manager: EntityManager, debtId: string): Promise<number> {
  const [sum] = await rows<{ balance: number }>(
    manager,
    'select coalesce(sum(effect_minor), 0) as balance from cases.ledger_entry where debt_id = $1',
    [debtId],
  );
  return sum!.balance;
}
