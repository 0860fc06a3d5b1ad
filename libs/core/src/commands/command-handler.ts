import type { CommandKind } from './command-kinds.js';
import type { CommandProgress } from './command-order.js';

/** A command as its handler gets it. */
export interface OrderedCommand {
  readonly id: string;
  /** As it was ordered: the handler parses it. */
  readonly body: unknown;
  readonly actor: string;
  readonly correlationId: string;
  readonly progress: (progress: CommandProgress) => Promise<void>;
}

/**
 * Carries out one kind of command. What it does may be done again: when its process dies, another one begins it anew.
 *
 * An expected outcome other than success is thrown as a Refusal, whose code and message reach whoever ordered it.
 */
export interface CommandHandler {
  readonly kind: CommandKind;
  /** @returns the result, as JSON */
  carryOut(command: OrderedCommand): Promise<unknown>;
}

/** All handlers, as the connectors' side is composed. */
export const COMMAND_HANDLERS = Symbol('CommandHandlers');
