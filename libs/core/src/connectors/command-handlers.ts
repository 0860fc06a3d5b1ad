import type { CommandHandler } from '../commands/command-handler.js';

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(): CommandHandler[] {
  return [];
}
