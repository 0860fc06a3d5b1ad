import type { Statement } from './statement.js';
import { stands } from './statement.js';

/** What a partner holds, as far as it confirmed; for partners that never confirm, as far as delivered. */
export interface Known {
  /** Null where it holds nothing. */
  readonly statement: Statement | null;
  /** Sequence of the {@link Flight} that this comes from; 0 where it was adopted or nothing was ever told. */
  readonly sequence: number;
}

/** One change that was sent to the partner. */
export interface Flight {
  /** Order in which the changes of one position were sent, from 1. */
  readonly sequence: number;
  readonly told: Statement;
  /**
   * What stands when this change is refused: {@link knownFrom} all changes sent before it. To be read when the answer
   * is applied and not when the change is sent, because the earlier ones may have been answered in between.
   */
  readonly previous: Known;
}

/** A change and what became of it. `delivered` only for partners that never confirm. */
export interface SentChange {
  readonly sequence: number;
  readonly told: Statement;
  readonly fate: 'in-flight' | 'delivered' | 'accepted' | 'refused';
}

export const NOTHING_KNOWN: Known = { statement: null, sequence: 0 };

/**
 * What is known after a partner's answer to one change.
 *
 * An acceptance of a change that a later one has replaced alters nothing. A refusal alters nothing either, unless the
 * change had been taken for held (it was delivered, or accepted and refused later): then the previous known is restored.
 */
export function afterAnswer(known: Known, flight: Flight, answer: 'accepted' | 'refused'): Known {
  if (answer === 'accepted') return taken(known, flight);
  return known.sequence === flight.sequence ? flight.previous : known;
}

/** What is known after a change was delivered to a partner that never confirms. */
export function afterDelivery(known: Known, flight: Flight): Known {
  return taken(known, flight);
}

/**
 * What is known from all changes sent: the last one that was accepted or delivered, else what was known before them.
 * It does not depend on the order in which the answers came, and {@link afterAnswer} keeps to it step by step.
 *
 * @param base what was adopted before the first of the changes.
 */
export function knownFrom(base: Known, changes: readonly SentChange[]): Known {
  return changes
    .filter(({ fate }) => fate === 'accepted' || fate === 'delivered')
    .reduce((known, change) => taken(known, change), base);
}

/** Once its end or its removal is taken, nothing is held. */
function taken(known: Known, { sequence, told }: Pick<Flight, 'sequence' | 'told'>): Known {
  if (sequence < known.sequence) return known;
  const held = stands(told) && told.state !== 'closed';
  return { statement: held ? told : null, sequence };
}
