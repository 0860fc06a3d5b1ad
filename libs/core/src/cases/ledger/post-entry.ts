import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import type { ChangeContext } from '../change-recorder.js';
import type { AllocationOrder } from '../domain/ledger/allocation-order.js';
import { balanceOf } from '../domain/ledger/balance.js';
import type { Balance } from '../domain/ledger/balance.js';
import type { Bucket } from '../domain/ledger/entry.js';
import { entryRefusal } from '../domain/ledger/entry-refusal.js';
import type { EntryRefusal, PostableKind } from '../domain/ledger/entry-refusal.js';
import { readEntries, writeEntries } from './ledger-store.js';

/** An entry that an officer posts. */
export interface EntryOrder {
  readonly debtId: string;
  readonly kind: PostableKind;
  /** Minor units of `currency`, above zero. */
  readonly amountMinor: number;
  readonly currency: string;
  /** The only bucket that it is about: of a fee `fee` or `cost`; null for the order of allocation. */
  readonly bucket: Bucket | null;
  readonly effectiveOn: string;
  /** The office's today. */
  readonly bookedOn: string;
  readonly reference: string | null;
  readonly reason: string;
  /** The same key is posted once in a debt, however often it is asked for. */
  readonly idempotencyKey: string;
}

export interface PostedEntry {
  readonly entryId: string;
  readonly balanceMinor: number;
  /** False when this key was posted before and nothing was done now. */
  readonly posted: boolean;
}

export const API_SOURCE = 'api';

/** The reason by which a payment in settlement is known: an officer's own words must not say it. */
const SETTLEMENT = 'settlement';

/**
 * Posts an officer's entry, in the caller's transaction.
 *
 * @throws Refusal `debt-unknown`, `currency-differs`, `date-in-future`, `reason-reserved`, `key-reused`, or an
 *   {@link EntryRefusal}
 */
export async function postEntry(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: EntryOrder,
  ordersOf: (jurisdictionId: string) => readonly AllocationOrder[],
): Promise<PostedEntry> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.currency !== debt.currency) {
    throw new Refusal('currency-differs', `the debt is in ${debt.currency}, the entry in ${order.currency}`);
  }
  if (order.effectiveOn > order.bookedOn) {
    throw new Refusal('date-in-future', `${order.effectiveOn} is after ${order.bookedOn}, the office's today`);
  }
  if (order.reason === SETTLEMENT) throw new Refusal('reason-reserved', `a reason must not be "${SETTLEMENT}"`);
  await lockCase(manager, debt.caseId);
  const orders = ordersOf(debt.jurisdictionId);
  const stands = async () => balanceOf((await readEntries(manager, [debt.id])).get(debt.id) ?? [], orders);
  const before = await postedBefore(manager, order);
  const standing = await stands();
  if (before !== null) return { entryId: before, balanceMinor: standing.balanceMinor, posted: false };
  const refusal = entryRefusal(order, standing);
  if (refusal !== null) throw new Refusal(refusal, REASONS[refusal](order, standing));
  const id = randomUUID();
  await writeEntries(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    {
      ...{ id, debtId: debt.id, caseId: debt.caseId, currency: debt.currency, kind: order.kind },
      ...{ amountMinor: order.amountMinor, effectiveOn: order.effectiveOn, bookedOn: order.bookedOn },
      ...{ bucket: order.bucket, reverses: null, reversesKind: null, source: API_SOURCE },
      ...{ reference: order.reference, reason: order.reason, key: order.idempotencyKey },
    },
  ]);
  return { entryId: id, balanceMinor: (await stands()).balanceMinor, posted: true };
}

const REASONS: Readonly<Record<EntryRefusal, (order: EntryOrder, standing: Balance) => string>> = {
  'bucket-not-meant': ({ kind, bucket }) => `a ${kind} is not about ${bucket}`,
  'no-credit': () => 'nothing was paid beyond what is owed',
  'above-credit': (_, { creditMinor }) => `no more than ${creditMinor} is to be given back`,
  'above-balance': (_, { balanceMinor }) => `no more than ${balanceMinor} is owed`,
  'above-bucket': ({ bucket }, { buckets }) => `no more than ${buckets[bucket!]} of ${bucket} is owed`,
};

async function postedBefore(manager: EntityManager, order: EntryOrder): Promise<string | null> {
  const [found] = await rows<{ id: string; kind: string; amount_minor: number; bucket: string | null }>(
    manager,
    'select id, kind, amount_minor, bucket from cases.ledger_entry where debt_id = $1 and idempotency_key = $2',
    [order.debtId, `${API_SOURCE}:${order.idempotencyKey}`],
  );
  if (!found) return null;
  if (found.kind !== order.kind || found.amount_minor !== order.amountMinor || found.bucket !== order.bucket) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another entry of this debt`);
  }
  return found.id;
}
