import type { CommandKind } from '../commands/command-kinds.js';

/**
 * What a person decides of a file about which nothing goes on by itself: to apply a partner's file or to put it away, and
 * whether a file of ours arrived whose confirmation was lost.
 */
export const FILE_DECISIONS = ['apply', 'dismiss', 'arrived', 'not-arrived'] as const;
export type FileDecision = (typeof FILE_DECISIONS)[number];

/** The command that carries a decision out, with what it says beside the file and the reason. */
export function commandOf(decision: FileDecision): { readonly kind: CommandKind; readonly body: object } {
  return decision === 'apply' || decision === 'dismiss'
    ? { kind: 'exchange-decide', body: { decision } }
    : { kind: 'exchange-arrival', body: { arrived: decision === 'arrived' } };
}
