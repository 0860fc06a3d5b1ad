import type { IsoDate } from '@concord/plugin-sdk';
import type { AllocationOrder } from '../../cases/domain/ledger/allocation-order.js';
import { balanceOf } from '../../cases/domain/ledger/balance.js';
import { nameOnEnvelope } from './address.js';
import { itemise, paymentsSince } from './itemise.js';
import { debtorOf } from './position.js';
import type { LetterFacts, NoticePosition } from './position.js';

/** The last payments that a letter lists one by one. */
const LISTED_PAYMENTS = 12;

/**
 * What a letter of a day says of a debt. It asks for no more than the latest position: what was posted counts, whatever its
 * day, as it does in the itemisation and the list of payments. Its debtor must have an address.
 */
export function factsOf(position: NoticePosition, orders: readonly AllocationOrder[], on: IsoDate): LetterFacts {
  const { number, sourceReference, type, originalCreditor, incurredOn, itemisedOn, currency, entries } = position;
  const debtor = debtorOf(position);
  const { balanceMinor, buckets } = balanceOf(entries, orders);
  const payments = paymentsSince(entries, itemisedOn);
  const earlier = payments.slice(0, Math.max(0, payments.length - LISTED_PAYMENTS));
  return {
    on,
    addressee: { name: nameOnEnvelope(debtor), address: debtor.address! },
    debt: { number, reference: sourceReference, type, creditor: originalCreditor, incurredOn, currency },
    balance: {
      totalMinor: balanceMinor,
      principalMinor: buckets.principal,
      interestMinor: buckets.interest,
      feeMinor: buckets.fee,
      costMinor: buckets.cost,
    },
    itemisation: itemisedOn === null ? null : itemise(entries, itemisedOn),
    payments: payments.slice(earlier.length),
    earlierPaymentsMinor: earlier.reduce((sum, { amountMinor }) => sum + amountMinor, 0),
  };
}
