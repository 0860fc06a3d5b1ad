import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockCase } from './case-lookup.js';
import { recordChanges } from './change-recorder.js';
import type { ChangeContext } from './change-recorder.js';

/** A payment that is taken back, in full. */
export interface ReversalOrder {
  /** The ledger entry of the payment. */
  readonly paymentId: string;
  readonly reversedOn: string;
  readonly bookedOn: string;
  readonly reference: string | null;
  /** The same key is posted once in a debt. */
  readonly idempotencyKey: string;
  readonly commissionMinor: number;
}

interface PaymentRow {
  readonly debt_id: string;
  readonly case_id: string;
  readonly jurisdiction_id: string;
  readonly amount_minor: number;
  readonly currency: string;
  readonly source: string;
}

/**
 * Posts the reversal of one payment, in the caller's transaction, under the payment's own source.
 *
 * @throws Refusal `payment-unknown` or `already-reversed`
 */
export async function postReversal(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ReversalOrder,
): Promise<{ readonly entryId: string; readonly debtId: string }> {
  const [payment] = await rows<PaymentRow>(
    manager,
    `select e.debt_id, e.case_id, c.jurisdiction_id, e.amount_minor, e.currency, e.source
     from cases.ledger_entry e join cases.case_file c on c.id = e.case_id where e.id = $1 and e.kind = 'payment'`,
    [order.paymentId],
  );
  if (!payment) throw new Refusal('payment-unknown', `no payment has the id ${order.paymentId}`);
  await lockCase(manager, payment.case_id);
  const [before] = await rows<{ id: string }>(manager, 'select id from cases.ledger_entry where reverses = $1', [
    order.paymentId,
  ]);
  if (before) throw new Refusal('already-reversed', 'the payment was reversed before');
  const entryId = randomUUID();
  const [version] = await recordChanges(manager, { ...context, jurisdictionId: payment.jurisdiction_id }, [
    {
      caseId: payment.case_id,
      type: 'concord.ledger.posted.v1',
      subjectId: entryId,
      data: { debtId: payment.debt_id, entryId },
    },
  ]);
  await rows(
    manager,
    `insert into cases.ledger_entry (id, debt_id, case_id, case_version, kind, amount_minor, currency, effective_on, source,
       reference, idempotency_key, reverses, actor, recorded_at, booked_on, commission_minor)
     values ($1, $2, $3, $4, 'reversal', $5::bigint, $6, $7, $8, $9, $10, $11, $12, $13, $14, least($15::bigint, $5::bigint))`,
    [
      entryId,
      payment.debt_id,
      payment.case_id,
      version,
      payment.amount_minor,
      payment.currency,
      order.reversedOn,
      payment.source,
      order.reference,
      `${payment.source}:${order.idempotencyKey}`,
      order.paymentId,
      context.actor,
      context.at,
      order.bookedOn,
      order.commissionMinor,
    ],
  );
  // A larger balance may bring the debt into what a strategy refers.
  await rows(manager, 'update cases.debt set strategy_review_on = least(strategy_review_on, $2) where id = $1', [
    payment.debt_id,
    order.reversedOn,
  ]);
  return { entryId, debtId: payment.debt_id };
}
