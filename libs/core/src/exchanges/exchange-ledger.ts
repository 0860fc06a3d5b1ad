import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import { clearAlerts } from '../alerts/alerts.js';
import type { AlertCause } from '../alerts/alerts.js';
import { assertTransition } from './domain/exchange-state.js';

/** One file, out or in, as the ledger has it. */
export interface ExchangeRow {
  readonly id: string;
  readonly connector_id: string;
  readonly direction: 'out' | 'in';
  readonly kind: string;
  readonly business_date: string;
  readonly mode: string;
  readonly state: string;
  readonly correlation_id: string;
  readonly file_name: string | null;
  readonly file_sequence: number | null;
  readonly content_hash: string | null;
  readonly bytes: number | null;
  readonly delivery_step: 'uploaded' | 'verified' | 'renamed' | null;
  /** How sure the delivery is: `delivered`, or `presumed-collected` where its answer or a person must say; null before it. */
  readonly delivery_outcome: 'delivered' | 'presumed-collected' | null;
  readonly answer_due_on: string | null;
  /** Why its last step could not be done; null when it was. */
  readonly failure: unknown;
  /** Why the file waits, or waited, for a person. */
  readonly held: unknown;
  /** What a person decided of it, who and when. */
  readonly decision: unknown;
  readonly resends_id: string | null;
  readonly corrects_id: string | null;
  readonly started_at: Date;

  /** The file that waits for a person, of which this one says what must not wait. */
  readonly part_of_id: string | null;
}

/** @throws Error when there is no such exchange */
export async function readExchange(on: Queryable, id: string): Promise<ExchangeRow> {
  const [exchange] = await rows<ExchangeRow>(on, 'select * from exchange.exchange where id = $1', [id]);
  if (!exchange) throw new Error(`no exchange has the id ${id}`);
  return exchange;
}

/**
 * Locks an exchange until the transaction ends: only one moves it on or decides about it at a time.
 *
 * @throws Error when there is no such exchange
 */
export async function lockExchange(manager: EntityManager, id: string): Promise<ExchangeRow> {
  const found = await rows<ExchangeRow>(manager, 'select * from exchange.exchange where id = $1 for no key update', [
    id,
  ]);
  if (!found[0]) throw new Error(`no exchange has the id ${id}`);
  return found[0];
}

/** Columns that a step may fill in as it moves an exchange on. */
export interface ExchangeFacts {
  readonly file_name?: string;
  readonly file_sequence?: number;
  /** Place of this file among all that were ever released. */
  readonly release_number?: number;
  readonly content_hash?: string;
  readonly bytes?: number;
  readonly records?: number;
  /** Records that put something adverse at the partner that it did not hold. */
  readonly adverse?: number;
  readonly delivery_outcome?: string;
  readonly answer_due_on?: string | null;
  readonly failure?: unknown;
}

const STAMPS: Readonly<Record<string, string>> = {
  released: 'released_at',
  archived: 'archived_at',
  delivered: 'delivered_at',
  answered: 'answered_at',
};

const FINAL = new Set(['cancelled', 'answered', 'empty', 'shown', 'resent', 'applied', 'refused', 'dismissed']);

/** What may be wrong with an outgoing file is over when the file has come to its end. */
const OVER_AT_THE_END: readonly AlertCause[] = ['exchange-held', 'exchange-failed', 'delivery-uncertain'];

/** Moves an exchange on to its next state, with what became known in the step, and clears an earlier failure. */
export async function advance(
  manager: EntityManager,
  exchange: Pick<ExchangeRow, 'id' | 'direction' | 'state'>,
  to: string,
  at: Date,
  facts: ExchangeFacts = {},
): Promise<void> {
  assertTransition(exchange.direction, exchange.state, to);
  const columns: [string, unknown][] = Object.entries({ failure: null, ...facts }).map(([column, value]) => [
    column,
    column === 'failure' && value !== null ? JSON.stringify(value) : value,
  ]);
  const stamps = [STAMPS[to], FINAL.has(to) ? 'finished_at' : undefined].filter((stamp) => stamp !== undefined);
  const assignments = [
    ...columns.map(([column], index) => `${column} = $${index + 5}`),
    ...stamps.map((stamp) => `${stamp} = $4`),
  ];
  const moved = await rows<{ id: string }>(
    manager,
    `update exchange.exchange set state = $3, ${assignments.join(', ')}
     where id = $1 and state = $2 and $4::timestamptz is not null returning id`,
    [exchange.id, exchange.state, to, at, ...columns.map(([, value]) => value)],
  );
  if (moved.length === 0) throw new Error(`exchange ${exchange.id} is no longer ${exchange.state}`);
  if (exchange.direction === 'in' || !FINAL.has(to)) return;
  for (const cause of OVER_AT_THE_END) await clearAlerts(manager, { cause, about: exchange.id }, at);
}

/** Keeps why a step could not be done; the exchange stays where it is and the step is tried again. */
export async function noteFailure(on: Queryable, exchangeId: string, step: string, error: unknown): Promise<void> {
  const { name, message } = error instanceof Error ? error : { name: 'Error', message: String(error) };
  await rows(on, 'update exchange.exchange set failure = $2 where id = $1', [
    exchangeId,
    JSON.stringify({ step, name, message: message.slice(0, 2000) }),
  ]);
}
