import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt } from '../case-lookup.js';
import type { ChangeContext } from '../change-recorder.js';
import { postPayment } from '../payments.js';

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
 * Posts a payment in suspense to the debt that it was meant for, in the caller's transaction. Where the partner does not
 * have this debt's balance lowered already, it is told like any other payment.
 *
 * @throws Refusal `suspense-unknown`, `suspense-settled`, `suspense-reversal`, `amount-zero`, or what posting refuses
 */
export async function postSuspense(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  id: string,
  debtId: string,
): Promise<{ readonly entryId: string; readonly balanceMinor: number }> {
  const found = await lockOpen(manager, id);
  if (found.kind === 'reversal') {
    throw new Refusal('suspense-reversal', 'a reversal undoes its own payment only: dismiss it, with the reason');
  }
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
  });
  await rows(
    manager,
    `update cases.suspense set state = 'posted', entry_id = $2, settled_by = $3, settled_at = $4 where id = $1`,
    [id, posted.entryId, context.actor, context.at],
  );
  return { entryId: posted.entryId, balanceMinor: posted.balanceMinor };
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
