import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { locateDebt, lockCase } from '../case-lookup.js';
import type { ChangeContext } from '../change-recorder.js';
import { isReversible } from '../domain/ledger/entry.js';
import type { EntryKind } from '../domain/ledger/entry.js';
import { INTEREST_SOURCE, writeEntries } from './ledger-store.js';
import { API_SOURCE } from './post-entry.js';
import type { PostedEntry } from './post-entry.js';

/** An entry of a debt that an officer takes back, in full. */
export interface EntryReversalOrder {
  readonly debtId: string;
  readonly entryId: string;
  readonly effectiveOn: string;
  /** The office's today. */
  readonly bookedOn: string;
  readonly reference: string | null;
  readonly reason: string;
  readonly idempotencyKey: string;
}

interface UndoneRow {
  readonly id: string;
  readonly kind: EntryKind;
  readonly amount_minor: number;
  readonly source: string;
}

/**
 * Takes back exactly one entry, in the caller's transaction. A payment that a partner collected is taken back under the
 * office's own source: the partner does not know of it, and is told.
 *
 * @throws Refusal `debt-unknown`, `date-in-future`, `key-reused`, `entry-unknown`, `not-reversible` or `already-reversed`
 */
export async function reverseEntry(
  manager: EntityManager,
  context: Omit<ChangeContext, 'jurisdictionId'>,
  order: EntryReversalOrder,
): Promise<PostedEntry> {
  const debt = await locateDebt(manager, order.debtId);
  if (order.effectiveOn > order.bookedOn) {
    throw new Refusal('date-in-future', `${order.effectiveOn} is after ${order.bookedOn}, the office's today`);
  }
  await lockCase(manager, debt.caseId);
  const before = await reversedBefore(manager, order);
  if (before !== null) return { entryId: before, balanceMinor: await balance(manager, debt.id), posted: false };
  const [undone] = await rows<UndoneRow>(
    manager,
    'select id, kind, amount_minor, source from cases.ledger_entry where id = $1 and debt_id = $2',
    [order.entryId, debt.id],
  );
  if (!undone) throw new Refusal('entry-unknown', `the debt has no entry with the id ${order.entryId}`);
  if (!isReversible(undone.kind) || undone.source === INTEREST_SOURCE) {
    throw new Refusal('not-reversible', `an entry of the kind ${undone.kind} is corrected, not reversed`);
  }
  const [reversal] = await rows(manager, 'select id from cases.ledger_entry where reverses = $1', [undone.id]);
  if (reversal) throw new Refusal('already-reversed', `the ${undone.kind} was reversed before`);
  const id = randomUUID();
  await writeEntries(manager, { ...context, jurisdictionId: debt.jurisdictionId }, [
    {
      ...{ id, debtId: debt.id, caseId: debt.caseId, currency: debt.currency, kind: 'reversal' },
      ...{ amountMinor: undone.amount_minor, effectiveOn: order.effectiveOn, bookedOn: order.bookedOn },
      ...{ bucket: null, reverses: undone.id, reversesKind: undone.kind, source: API_SOURCE },
      ...{ reference: order.reference, reason: order.reason, key: order.idempotencyKey },
    },
  ]);
  return { entryId: id, balanceMinor: await balance(manager, debt.id), posted: true };
}

async function reversedBefore(manager: EntityManager, order: EntryReversalOrder): Promise<string | null> {
  const [found] = await rows<{ id: string; reverses: string | null }>(
    manager,
    'select id, reverses from cases.ledger_entry where debt_id = $1 and idempotency_key = $2',
    [order.debtId, `${API_SOURCE}:${order.idempotencyKey}`],
  );
  if (!found) return null;
  if (found.reverses !== order.entryId) {
    throw new Refusal('key-reused', `the key ${order.idempotencyKey} was used for another entry of this debt`);
  }
  return found.id;
}

async function balance(manager: EntityManager, debtId: string): Promise<number> {
  const [sum] = await rows<{ minor: number }>(
    manager,
    'select coalesce(sum(effect_minor), 0) as minor from cases.ledger_entry where debt_id = $1',
    [debtId],
  );
  return sum!.minor;
}
