import type { IsoDate } from '@concord/plugin-sdk';

export const JUDGMENT_STATES = ['in-force', 'satisfied', 'vacated'] as const;
export type JudgmentState = (typeof JUDGMENT_STATES)[number];

/** What can happen to a judgment once it was entered. */
export const JUDGMENT_TURNS = ['renewed', 'satisfied', 'vacated'] as const;
export type JudgmentTurn = (typeof JUDGMENT_TURNS)[number];

/** What a court awarded on a debt. Amounts are minor units of the debt's currency, none below zero. */
export interface JudgmentTerms {
  readonly court: string;
  /** The court's own number of the case. */
  readonly caseNumber: string;
  readonly enteredOn: IsoDate;
  readonly principalMinor: number;
  readonly interestMinor: number;
  readonly feesMinor: number;
  readonly costsMinor: number;
  /** Per cent a year from the judgment on, as text with at most six places; null where it says nothing. */
  readonly yearlyPercent: string | null;
  /** Last day on which it can be enforced unless it is renewed; null where nobody has said. */
  readonly enforceableUntil: IsoDate | null;
}

/** Per cent a year: `5`, `8.25`. */
export const YEARLY_PERCENT = /^\d{1,3}(\.\d{1,6})?$/;

export type JudgmentFault = 'judgment-empty' | 'judgment-too-large' | 'judgment-dates' | 'date-in-future';

/**
 * Why what is said of a judgment can't be so, or null.
 *
 * @param incurredOn when the debt was incurred, where that is known: no court decides before it
 * @param today the office's; null for what a source hands over, whose dates were checked where it came from
 */
export function judgmentFault(
  terms: JudgmentTerms,
  incurredOn: IsoDate | null,
  today: IsoDate | null,
): { readonly code: JudgmentFault; readonly message: string } | null {
  // Sums of safe integers may leave the range in which they are exact, so they are added as BigInt.
  const sum = [terms.principalMinor, terms.interestMinor, terms.feesMinor, terms.costsMinor].reduce(
    (total, minor) => total + BigInt(minor),
    0n,
  );
  if (sum === 0n) return { code: 'judgment-empty', message: 'a judgment awards something' };
  if (sum > BigInt(Number.MAX_SAFE_INTEGER)) {
    return { code: 'judgment-too-large', message: 'its amounts add up to more than can be kept exactly' };
  }
  if (incurredOn !== null && terms.enteredOn < incurredOn) {
    return { code: 'judgment-dates', message: `it was entered before ${incurredOn}, when the debt was incurred` };
  }
  if (terms.enforceableUntil !== null && terms.enforceableUntil < terms.enteredOn) {
    return { code: 'judgment-dates', message: 'its last day is before the day on which it was entered' };
  }
  if (today !== null && terms.enteredOn > today) {
    return { code: 'date-in-future', message: `${terms.enteredOn} is after ${today}, the office's today` };
  }
  return null;
}

/**
 * What a judgment becomes by a turn, or null where it can't take it: what was satisfied may still be vacated, and nothing
 * else happens to a judgment that has ended.
 */
export function afterTurn(state: JudgmentState, turn: JudgmentTurn): JudgmentState | null {
  if (state === 'in-force') return turn === 'renewed' ? 'in-force' : turn;
  return state === 'satisfied' && turn === 'vacated' ? 'vacated' : null;
}
