import type { DataSource, EntityManager } from 'typeorm';
import { z } from 'zod';
import type { OrderedCommand } from '../../commands/command-handler.js';
import type { Connector } from '../../connectors/connector.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** What a person decides of one file, and why. */
export const decisionBody = z.object({ exchangeId: z.uuid(), reason: z.string().trim().min(1).max(1000) });

/** What was decided of a file, as it is kept with it. */
export interface Decision {
  readonly decision: 'release' | 'cancel' | 'resend' | 'arrived';
  readonly actor: string;
  readonly reason: string;
  readonly at: string;
  /** The state that the file was in. */
  readonly was: string;
  /** The command that ordered it: begun anew, it finds its own decision, and has nothing more to do. */
  readonly command: string;
}

/**
 * Locks an outgoing file that somebody decides about: two who decide at once come one after the other, and the second is told
 * what the first did.
 *
 * @throws Refusal `exchange-unknown`, or `exchange-not-outgoing`
 */
export async function lockOutgoing(manager: EntityManager, id: string): Promise<ExchangeRow> {
  const [row] = await rows<ExchangeRow>(manager, 'select * from exchange.exchange where id = $1 for no key update', [
    id,
  ]);
  if (!row) throw new Refusal('exchange-unknown', `no exchange has the id ${id}`);
  if (row.direction !== 'out') {
    throw new Refusal(
      'exchange-not-outgoing',
      `${row.file_name ?? id} came from the partner; this is for files that we send`,
    );
  }
  return row;
}

/**
 * The connector of a file, read before the file is locked: whoever holds a lock asks for no other connection.
 *
 * @throws Refusal `exchange-unknown`
 */
export async function connectorOf(exchange: DataSource, registry: ConnectorRegistry, id: string): Promise<Connector> {
  const [row] = await rows<Pick<ExchangeRow, 'connector_id'>>(
    exchange,
    'select connector_id from exchange.exchange where id = $1',
    [id],
  );
  if (!row) throw new Refusal('exchange-unknown', `no exchange has the id ${id}`);
  return registry.inAnyMode(row.connector_id);
}

/** Whether this very command has decided about the file before: it was begun anew. */
export function decidedBy(row: ExchangeRow, command: OrderedCommand): boolean {
  return [row.held, row.decision].some((kept) => (kept as { command?: string } | null)?.command === command.id);
}

/** Keeps who decided what of a file. */
export async function keepDecision(
  manager: EntityManager,
  row: ExchangeRow,
  command: OrderedCommand,
  decision: Pick<Decision, 'decision' | 'reason'> & { readonly at: Date },
): Promise<void> {
  const kept: Decision = {
    decision: decision.decision,
    actor: command.actor,
    reason: decision.reason,
    at: decision.at.toISOString(),
    was: row.state,
    command: command.id,
  };
  await rows(manager, 'update exchange.exchange set decision = $2 where id = $1', [row.id, JSON.stringify(kept)]);
}

const PAST_DECIDING: Readonly<Record<string, [code: string, message: string]>> = {
  held: ['exchange-already-held', 'it waits for a person already'],
  cancelled: ['exchange-cancelled', 'it was cancelled'],
  empty: ['exchange-finished', 'nothing was left for it to say'],
  shown: ['exchange-finished', 'it was built in shadow and is never sent'],
  resent: ['exchange-finished', 'it is a copy that was sent'],
};

/**
 * What a person just let go on, nobody else stops: of two who decide at once, the first one's decision holds. When it can't go on
 * by itself, it is open again.
 *
 * @throws Refusal `exchange-let-go`
 */
export function refuseLetGo(row: ExchangeRow): void {
  const decision = row.decision as Decision | null;
  if (row.state !== 'choosing' || decision === null || row.failure !== null) return;
  throw new Refusal('exchange-let-go', `${decision.actor} let this file go on: it is being sent`);
}

/** Why a file in this state can't be held, let go on or cancelled any more. */
export function tooLate(row: ExchangeRow): Refusal {
  const [code, message] = PAST_DECIDING[row.state] ?? [
    'exchange-already-released',
    'its content is fixed and numbered already; what it says wrongly is corrected by the next file',
  ];
  return new Refusal(code, `the file ${row.file_name ?? row.id} is ${row.state}: ${message}`);
}
