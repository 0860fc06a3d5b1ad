/**
 * The life of an outgoing file.
 *
 * `choosing`: records are chosen and may still change. `held`: what was chosen waits for a person, who lets it go on or
 * cancels it. `cancelled`: given up before it was numbered; what it would have said is still to be said. `released`: what
 * it says is fixed and numbered, its positions are in flight. `archived`: its bytes are fixed. `delivered`: it stands at
 * the partner under its name. `answered`: the partner has spoken about every record. `empty`: nothing was left to say.
 * `shown`: built in shadow, never sent. `resent`: a delivered file's bytes, sent once more; answers are about the file
 * itself. Such a copy begins as `archived`, and only a copy is cancelled from there: it has no records. A file of which a
 * person found out that it never arrived is `archived` again.
 */
export const OUTBOUND_STATES = [
  'choosing',
  'held',
  'cancelled',
  'released',
  'archived',
  'delivered',
  'answered',
  'empty',
  'shown',
  'resent',
] as const;
export type OutboundState = (typeof OUTBOUND_STATES)[number];

/**
 * The life of an incoming file. `received`: archived, not read. `undecided`: it has the name of an earlier file and other
 * bytes, and waits for a person. `dismissed`: a person put it away unread. `applying`: its totals are right and its records are
 * being applied. `applied`: every record had its effect. `refused`: not one record was applied, and the reason is kept. What
 * was refused or dismissed can be read once more.
 */
export const INBOUND_STATES = ['received', 'undecided', 'applying', 'applied', 'refused', 'dismissed'] as const;
export type InboundState = (typeof INBOUND_STATES)[number];

/** To which states an outgoing file can go from each. */
export const OUTBOUND_TRANSITIONS: Readonly<Record<OutboundState, readonly OutboundState[]>> = {
  choosing: ['released', 'empty', 'shown', 'held', 'cancelled'],
  held: ['choosing', 'cancelled'],
  cancelled: [],
  released: ['archived'],
  archived: ['delivered', 'resent', 'cancelled'],
  delivered: ['answered', 'archived'],
  answered: [],
  empty: [],
  shown: [],
  resent: [],
};

/** To which states an incoming file can go from each. */
export const INBOUND_TRANSITIONS: Readonly<Record<InboundState, readonly InboundState[]>> = {
  received: ['applying', 'refused', 'undecided'],
  undecided: ['received', 'dismissed'],
  applying: ['applied'],
  applied: [],
  refused: ['received', 'dismissed'],
  dismissed: ['received'],
};

/** @throws Error for a step that the table of transitions does not allow: a bug, not an outcome. */
export function assertTransition(direction: 'out' | 'in', from: string, to: string): void {
  const table: Readonly<Record<string, readonly string[]>> =
    direction === 'out' ? OUTBOUND_TRANSITIONS : INBOUND_TRANSITIONS;
  if (!table[from]?.includes(to)) throw new Error(`an exchange ${direction} can't go from ${from} to ${to}`);
}
