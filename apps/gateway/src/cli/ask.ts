import type { CommandKind } from '@concord/core/commands/command-kinds';
import { commandOrdered } from './operations/order-command.js';
import { perform } from './perform.js';
import { actor, withProgress } from './terminal.js';

/** The option of everything that a person decides. */
export const REASON = ['--reason <text>', 'why; kept with your name'] as const;

/** Asks the connectors for something in the name of whoever gives the command, and waits for the result. */
export async function ask<R>(kind: CommandKind, body: Readonly<Record<string, unknown>>): Promise<R> {
  return withProgress(
    async (progress) => (await perform(commandOrdered, { kind, body, actor: actor() }, progress.show)) as R,
  );
}
