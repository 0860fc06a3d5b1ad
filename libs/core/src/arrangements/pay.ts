import type { EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ChangeContext } from '../cases/change-recorder.js';
import { postPayment } from '../cases/payments.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';
import { lockArrangement, owedDebts } from './arrangement-store.js';
import { allocate } from './domain/allocation.js';

const SOURCE = 'arrangement';

/** Money that is paid towards an arrangement, to be divided among its debts. */
export interface ArrangementPayment {
  readonly arrangementId: string;
  /** Minor units, above zero. */
  readonly amountMinor: number;
  readonly currency: string;
  readonly paidOn: IsoDate;
  readonly bookedOn: IsoDate;
  readonly reference: string | null;
  /** The same key is posted once in an arrangement. */
  readonly idempotencyKey: string;
}

export interface PostedShare {
  readonly debtId: string;
  readonly entryId: string;
  readonly amountMinor: number;
}

/**
 * Posts a payment to the debts of an arrangement as the arrangement says, each share as a payment of its own, in the
 * caller's transaction. Also when the arrangement is over: money that came is posted.
 *
 * @throws Refusal `arrangement-unknown`, `currency-differs`, or `key-reused` when the key was used for another amount
 */
export async function payArrangement(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: ArrangementPayment,
): Promise<{ readonly shares: readonly PostedShare[]; readonly posted: boolean }> {
  const arrangement = await lockArrangement(manager, order.arrangementId);
  if (order.currency !== arrangement.currency) {
    throw new Refusal('currency-differs', `the debts are in ${arrangement.currency}, the payment in ${order.currency}`);
  }
  const key = `${arrangement.id}:${order.idempotencyKey}`;
  const before = await postedBefore(manager, arrangement.id, `${SOURCE}:${key}`);
  if (before.length > 0) {
    if (before.reduce((sum, { amountMinor }) => sum + amountMinor, 0) !== order.amountMinor) {
      throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another payment of it`);
    }
    return { shares: before, posted: false };
  }
  const shares: PostedShare[] = [];
  const debts = await owedDebts(manager, arrangement.id);
  for (const { debtId, amountMinor } of allocate(order.amountMinor, debts, arrangement.allocation)) {
    const { entryId } = await postPayment(manager, context, {
      debtId,
      amountMinor,
      currency: order.currency,
      paidOn: order.paidOn,
      bookedOn: order.bookedOn,
      reference: order.reference,
      idempotencyKey: key,
      settles: false,
      source: SOURCE,
    });
    shares.push({ debtId, entryId, amountMinor });
  }
  return { shares, posted: true };
}

function postedBefore(manager: EntityManager, arrangementId: string, key: string): Promise<PostedShare[]> {
  return rows<PostedShare>(
    manager,
    `select e.debt_id as "debtId", e.id as "entryId", e.amount_minor as "amountMinor"
     from cases.arrangement_debt ad join cases.ledger_entry e on e.debt_id = ad.debt_id
     where ad.arrangement_id = $1 and e.idempotency_key = $2 and e.kind = 'payment' order by e.case_version`,
    [arrangementId, key],
  );
}
