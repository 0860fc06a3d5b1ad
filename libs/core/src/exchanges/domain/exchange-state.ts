/**
 * The life of an outgoing file.
 *
 * `choosing`: records are chosen and may still change. `released`: what it says is fixed and numbered, its positions are
 * in flight. `archived`: its bytes are fixed. `delivered`: it stands at the partner under its name. `answered`: the
 * partner has spoken about every record. `empty`: nothing was left to say. `shown`: built in shadow, never sent.
 */
export const OUTBOUND_STATES = ['choosing', 'released', 'archived', 'delivered', 'answered', 'empty', 'shown'] as const;
export type OutboundState = (typeof OUTBOUND_STATES)[number];

/**
 * The life of an incoming file. `received`: archived, not read. `applying`: its totals are right and its records are
 * being applied. `applied`: every record had its effect. `refused`: not one record was applied, and the reason is kept.
 */
export const INBOUND_STATES = ['received', 'applying', 'applied', 'refused'] as const;
export type InboundState = (typeof INBOUND_STATES)[number];

const OUTBOUND: Readonly<Record<OutboundState, readonly OutboundState[]>> = {
  choosing: ['released', 'empty', 'shown'],
  released: ['archived'],
  archived: ['delivered'],
  delivered: ['answered'],
  answered: [],
  empty: [],
  shown: [],
};

const INBOUND: Readonly<Record<InboundState, readonly InboundState[]>> = {
  received: ['applying', 'refused'],
  applying: ['applied'],
  applied: [],
  refused: [],
};

/** @throws Error for a step that the table of transitions does not allow: a bug, not an outcome. */
export function assertTransition(direction: 'out' | 'in', from: string, to: string): void {
  const table: Readonly<Record<string, readonly string[]>> = direction === 'out' ? OUTBOUND : INBOUND;
  if (!table[from]?.includes(to)) throw new Error(`an exchange ${direction} can't go from ${from} to ${to}`);
}
