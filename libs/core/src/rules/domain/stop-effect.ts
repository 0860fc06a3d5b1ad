import type { Outcome, StopKind } from '@concord/plugin-sdk';
import type { Confirmation, ReleaseDuty } from './rule.js';

/** What one kind of stop does to one act. */
export interface StopEffect {
  /**
   * Every outcome that the stop demands; none where it leaves the act alone. Two where one alone is too weak: a
   * bankruptcy both keeps a new position from being opened and marks one that stands.
   */
  readonly effects: readonly Exclude<Outcome, 'allow'>[];
  /** In words that can be read aloud to the debtor. */
  readonly reason: string;
  readonly citation: string | null;
  readonly confirmed: Confirmation;
  /** Why this effect and no other. */
  readonly note: string;
  /** How soon what stands must be put right, where the law says so; left out: with the partner's next cutoff. */
  readonly release?: ReleaseDuty;
  /** The rule that judges this stop instead, where it is in force: it knows more about the stop's details. */
  readonly decidedBy?: string;
  /**
   * The stop names the acts that it holds back in its details (`acts`), and leaves the others alone. A stop of the kind
   * that names none holds back every act.
   */
  readonly onlyNamedActs?: true;
}

/** The effect everywhere, and where a country's law makes it different. */
export interface StopCell extends StopEffect {
  /** By ISO 3166-1 alpha-2. */
  readonly countries?: { readonly [country: string]: StopEffect };
}

/** What each kind of stop does to one act. */
export type StopColumn = { readonly [kind in StopKind]: StopCell };
