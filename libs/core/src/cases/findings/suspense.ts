import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt } from '../case-lookup.js';
import type { ChangeContext } from '../change-recorder.js';
import { postPayment } from '../payments.js';
import { postReversal } from '../reversals.js';

/** Money from a partner that waits for a person. Amounts in minor units of `currency`. */
export interface SuspenseView {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly connectorId: string;
  readonly kind: 'payment' | 'reversal';
  /** How the partner names the account, and the payment. */
  readonly reference: string;
  readonly naturalKey: string;
  readonly debtId: string | null;
  readonly amountMinor: number;
  readonly commissionMinor: number;
  readonly currency: string;
  readonly happenedOn: string;
  readonly bookedOn: string;
  readonly code: string;
  readonly reason: string;
  readonly state: 'open' | 'posted' | 'cancelled';
  /** The file and the place in it. */
  readonly exchangeId: string;
  readonly sequence: number;
}

const SUSPENSE = `
  select id, jurisdiction_id as "jurisdictionId", connector_id as "connectorId", kind, reference,
         natural_key as "naturalKey", debt_id as "debtId", amount_minor as "amountMinor",
         commission_minor as "commissionMinor", currency, happened_on as "happenedOn", booked_on as "bookedOn", code, reason,
         state, exchange_id as "exchangeId", sequence
  from cases.suspense`;

/** What is in suspense, the oldest first. */
export function listSuspense(
  gateway: DataSource,
  filter: { readonly jurisdiction?: string | undefined; readonly state?: string | undefined },
): Promise<SuspenseView[]> {
  return rows<SuspenseView>(
    gateway,
    `${SUSPENSE} where ($1::text is null or jurisdiction_id = $1) and state = $2 order by booked_on, id limit 1000`,
    [filter.jurisdiction ?? null, filter.state ?? 'open'],
  );
}

/**
 * Posts money in suspense to the debt that it was meant for, in the caller's transaction: a payment, or the reversal of the
 * payment that it names, once that payment is in the ledger of the debt. Where the partner has not lowered this debt's
 * balance already, it is told like any other payment.
 *
 * @throws Refusal `suspense-unknown`, `suspense-settled`, `payment-unknown`, `amount-differs`, `already-reversed`,
 *   `amount-zero`, or what posting refuses
 */
export async function postSuspense(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  id: string,
  debtId: string,
): Promise<{ readonly entryId: string; readonly balanceMinor: number }> {
  const found = await lockOpen(manager, id);
  if (found.kind === 'reversal') return reverse(manager, context, found, debtId);
  if (found.amountMinor === 0) throw new Refusal('amount-zero', 'the payment is of nothing: dismiss it');
  const debt = await locateDebt(manager, debtId);
  if (debt.jurisdictionId !== found.jurisdictionId) {
    throw new Refusal('debt-unknown', `no debt of ${found.jurisdictionId} has the id ${debtId}`);
  }
  const source = found.debtId === debtId ? 'partner' : 'suspense';
  const posted = await postPayment(manager, context, {
    debtId,
    amountMinor: found.amountMinor,
    currency: found.currency,
    paidOn: found.happenedOn,
    bookedOn: found.bookedOn,
    reference: found.reference,
    idempotencyKey: found.naturalKey,
    settles: false,
    source: `${source}:${found.connectorId}`,
    // Nobody keeps more than there is.
    commissionMinor: Math.min(found.commissionMinor, found.amountMinor),
  });
  await settle(manager, context, id, posted.entryId);
  return { entryId: posted.entryId, balanceMinor: posted.balanceMinor };
}

/** The payment may have been posted as the partner reported it, or from suspense to another debt. */
async function reverse(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  found: SuspenseView,
  debtId: string,
): Promise<{ readonly entryId: string; readonly balanceMinor: number }> {
  const [payment] = await rows<{ id: string; amount_minor: number }>(
    manager,
    `select e.id, e.amount_minor from cases.ledger_entry e, cases.suspense s
     where s.id = $1 and e.debt_id = $2 and e.kind = 'payment'
       and e.idempotency_key in ('partner:' || s.connector_id || ':' || s.reverses_key,
                                 'suspense:' || s.connector_id || ':' || s.reverses_key)`,
    [found.id, debtId],
  );
  if (!payment)
    throw new Refusal('payment-unknown', 'the payment that it takes back is not in the ledger of this debt');
  if (payment.amount_minor !== found.amountMinor) {
    throw new Refusal('amount-differs', 'the payment that it takes back is of another amount');
  }
  const { entryId } = await postReversal(manager, context, {
    paymentId: payment.id,
    reversedOn: found.happenedOn,
    bookedOn: found.bookedOn,
    reference: found.reference,
    idempotencyKey: found.naturalKey,
    commissionMinor: found.commissionMinor,
  });
  await settle(manager, context, found.id, entryId);
  const [sum] = await rows<{ minor: number }>(
    manager,
    'select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = $1',
    [debtId],
  );
  return { entryId, balanceMinor: sum!.minor };
}

async function settle(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  id: string,
  entryId: string,
): Promise<void> {
  await rows(
    manager,
    `update cases.suspense set state = 'posted', entry_id = $2, settled_by = $3, settled_at = $4 where id = $1`,
    [id, entryId, context.actor, context.at],
  );
}

/**
 * Takes something out of suspense without posting it: it was sent back, or never was money.
 *
 * @throws Refusal `suspense-unknown` or `suspense-settled`
 */
export async function dismissSuspense(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  id: string,
  reason: string,
): Promise<void> {
  await lockOpen(manager, id);
  await rows(
    manager,
    `update cases.suspense set state = 'cancelled', reason = reason || '; dismissed: ' || $2, settled_by = $3, settled_at = $4
     where id = $1`,
    [id, reason, context.actor, context.at],
  );
}

async function lockOpen(manager: EntityManager, id: string): Promise<SuspenseView> {
  const [found] = await rows<SuspenseView>(manager, `${SUSPENSE} where id = $1 for update`, [id]);
  if (!found) throw new Refusal('suspense-unknown', `nothing in suspense has the id ${id}`);
  if (found.state !== 'open') throw new Refusal('suspense-settled', `it is ${found.state} already`);
  return found;
}
