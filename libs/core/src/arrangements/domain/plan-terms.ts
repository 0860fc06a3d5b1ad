import type { IsoDate } from '@concord/plugin-sdk';

/** How often instalments fall due. */
export const FREQUENCIES = ['weekly', 'fortnightly', 'monthly'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

/**
 * What is agreed about instalments. Exactly one of three ways says how many there are and how large:
 * - `instalments`: the amount in so many instalments;
 * - `instalmentMinor`: the amount in instalments of so much, until it is paid;
 * - `instalmentMinor` and `until`: instalments of so much until a day, whatever they come to, but never above the amount.
 *
 * Money in minor units.
 */
export interface PlanTerms {
  readonly frequency: Frequency;
  /** The day on which the first instalment falls due; all others are counted from it. */
  readonly firstDueOn: IsoDate;
  /** What the instalments come to. Null where only `until` bounds them. */
  readonly amountMinor: number | null;
  /** A first instalment of another size, such as a deposit; null where it is like the others. */
  readonly firstInstalmentMinor: number | null;
  readonly instalments: number | null;
  readonly instalmentMinor: number | null;
  readonly until: IsoDate | null;
}

/** One instalment of a schedule. */
export interface Instalment {
  /** From 1. */
  readonly number: number;
  readonly dueOn: IsoDate;
  /** First day on which a missing instalment is a breach: the day after the grace. */
  readonly breachesOn: IsoDate;
  /** Minor units, above zero. */
  readonly amountMinor: number;
}

export interface Plan {
  /** The sum of the instalments, exactly. */
  readonly amountMinor: number;
  /** What the terms' amount leaves outside the plan: above zero only where `until` comes first. */
  readonly leftMinor: number;
  readonly instalments: readonly Instalment[];
}

export type PlanFault =
  | 'terms-unclear'
  | 'amount-missing'
  | 'amount-too-small'
  | 'first-instalment-too-large'
  | 'until-before-first'
  | 'too-many-instalments'
  | 'plan-too-long'
  | 'beyond-calendar';

export type PlanResult =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly code: PlanFault; readonly message: string };
