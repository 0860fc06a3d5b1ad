import type { DataSource } from 'typeorm';
import type { OrderedCommand } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { settleUncertain } from '../out/arrived.js';
import { connectorOf, decidedBy, keepDecision, lockOutgoing } from './decided-exchange.js';

/**
 * Carries out a person's word that a file has arrived whose confirmation was lost: the partner has said so. What it told is then
 * taken as told, which for a kind of file that is never answered nothing else could bring about.
 *
 * @returns the state of the file
 * @throws Refusal `exchange-not-uncertain`, or what {@link lockOutgoing} refuses
 */
export async function decideArrived(
  parts: { readonly exchange: DataSource; readonly registry: ConnectorRegistry; readonly clock: Clock },
  { exchangeId, reason }: { readonly exchangeId: string; readonly reason: string },
  command: OrderedCommand,
): Promise<{ readonly state: string }> {
  const { exchange, registry, clock } = parts;
  const connector = await connectorOf(exchange, registry, exchangeId);
  return exchange.transaction(async (manager) => {
    const row = await lockOutgoing(manager, exchangeId);
    if (decidedBy(row, command)) return { state: row.state };
    if (row.state !== 'delivered' || row.delivery_outcome !== 'presumed-collected') {
      throw new Refusal(
        'exchange-not-uncertain',
        `${row.file_name ?? row.id} is ${row.state}: nobody doubts where it is`,
      );
    }
    const at = clock.now();
    await keepDecision(manager, row, command, { decision: 'arrived', reason, at });
    await settleUncertain(manager, connector, row, at);
    return { state: row.state };
  });
}
