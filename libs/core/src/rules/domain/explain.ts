import type { Act, DebtSnapshot, Decision, IsoDate, Outcome, ProofSnapshot, Reason } from '@concord/plugin-sdk';
import { ACT_WORDS } from './act-words.js';
import { judge, rulesAsked, verdictOf } from './judge.js';
import type { JudgeOptions } from './judge.js';
import { nextLookOn } from './next-look.js';
import { hasPrecondition } from './preconditions.js';
import type { Confirmation, Rule } from './rule.js';
import { limitsOf } from './strictness.js';
import type { Limits } from './strictness.js';
import { whyWithoutCitation } from './without-citation.js';

/** A rule that had nothing against the act. */
export interface PassedRule {
  readonly rule: string;
  readonly title: string;
  readonly citation: string | null;
  readonly confirmed: Confirmation;
  /** The proofs that it passed on: without them it would not have. Empty where it asks for none. */
  readonly proofs: readonly ProofSnapshot[];
}

/** One thing that did not pass. */
export interface ExplainedReason extends Reason {
  /** Why no source is named; null where one is. */
  readonly withoutCitation: string | null;
}

/** What the law says of one act on one debt on one date, whoever might do it and whether or not anybody was asked to. */
export interface ActExplanation {
  readonly act: Act;
  /** Whether it may be done on the date, perhaps only with a mark. */
  readonly allowed: boolean;
  readonly outcome: Outcome;
  /** First day, from the date on, on which it may be done by what is on record; null where something must change first. */
  readonly earliestOn: IsoDate | null;
  /** The answer as it can be read aloud to the debtor. The reasons follow it. */
  readonly says: string;
  /** Everything that did not pass, strictest first. */
  readonly reasons: readonly ExplainedReason[];
  readonly passed: readonly PassedRule[];
}

/** More turns than any debt has: a register that goes on beyond them would never come to an end. */
const MOST_TURNS = 500;

/**
 * Explains an act on a debt: what stands in its way, what passed on which proof, and from when it may be done.
 *
 * @param options as for `judge`; the referral is left out in any case, since it is no rule about the debt
 * @throws Error where there is no table of stops for the act
 */
export function explain(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions = {}): ActExplanation {
  const byLaw: JudgeOptions = { ...options, withoutReferral: true };
  const decision = judge(debt, act, date, byLaw);
  const limits = limitsOf(decision);
  const earliestOn = firstDay(debt, act, date, byLaw);
  return {
    act,
    allowed: limits.mayGrow,
    outcome: decision.outcome,
    earliestOn,
    says: inWords(
      act,
      date,
      limits,
      decision,
      earliestOn,
      hasPrecondition(debt.jurisdiction, act, date, options.rules),
    ),
    reasons: decision.reasons.map((reason) => ({
      ...reason,
      withoutCitation:
        reason.citation === null ? whyWithoutCitation(reason.rule, act, debt.jurisdiction.country) : null,
    })),
    passed: rulesAsked(debt, act, date, byLaw).flatMap((rule) => passedOn(rule, debt, act, date, byLaw) ?? []),
  };
}

/** The first day on which an act may be done if nothing but the date changes; null where time alone never allows it. */
export function firstDay(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions = {}): IsoDate | null {
  let day: IsoDate | null = date;
  for (let turns = 0; day !== null && turns < MOST_TURNS; turns += 1) {
    const decision = judge(debt, act, day, options);
    if (limitsOf(decision).mayGrow) return day;
    day = nextLookOn(debt, act, day, decision, options);
  }
  return null;
}

/** A rule passed on a proof when it would not have passed without any, and that proof alone lets it, or none alone does. */
function passedOn(rule: Rule, debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions): PassedRule | null {
  const passesOn = (proofs: readonly ProofSnapshot[]): boolean =>
    verdictOf(rule, { ...debt, proofs }, act, date, options).length === 0;
  if (!passesOn(debt.proofs)) return null;
  const { id, title, citation, confirmed } = rule;
  const passed = { rule: id, title, citation, confirmed };
  if (debt.proofs.length === 0 || passesOn([])) return { ...passed, proofs: [] };
  const alone = debt.proofs.filter((proof) => passesOn([proof]));
  if (alone.length > 0) return { ...passed, proofs: alone };
  return { ...passed, proofs: debt.proofs.filter((proof) => !passesOn(debt.proofs.filter((each) => each !== proof))) };
}

function inWords(
  act: Act,
  date: IsoDate,
  limits: Limits,
  { outcome }: Decision,
  earliestOn: IsoDate | null,
  isConditioned: boolean,
): string {
  const words = ACT_WORDS[act];
  if (limits.mayGrow) {
    const allowed = limits.mayBeActive
      ? `On ${date} no rule on record keeps the office from it: it may ${words}.`
      : `On ${date} the office may ${words}, but only if it says what is named here with it.`;
    return isConditioned ? allowed : `${allowed} ${UNCONDITIONED}`;
  }
  return [
    `On ${date} the office may not ${words}.`,
    earliestOn === null
      ? 'That does not end by itself: something on record must change first.'
      : `By what is on record, it may from ${earliestOn}.`,
    ...STANDING[outcome],
  ].join(' ');
}

/** Said of an act that only a stop, a payment in full or a hearing would hold back: that nothing is asked is no clearance. */
const UNCONDITIONED = 'Concord knows no rule of this place on what must come before that.';

/** What becomes of what was done before. */
const STANDING: Readonly<Record<Outcome, readonly string[]>> = {
  allow: [],
  restrain: [],
  block: [],
  close: ['Where it was done before, it must end.'],
  withdraw: ['Where it was done before, it must be taken back.'],
};
