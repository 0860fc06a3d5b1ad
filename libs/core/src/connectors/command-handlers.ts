import type { DataSource } from 'typeorm';
import type { CommandHandler } from '../commands/command-handler.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import type { Clock } from '../platform/clock.js';
import { AdverseStopHandler } from './adverse-stop-handler.js';

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(
  exchange: DataSource,
  jurisdictions: readonly Jurisdiction[],
  clock: Clock,
): CommandHandler[] {
  return [new AdverseStopHandler(exchange, jurisdictions, clock)];
}
