import type { Act, DebtSnapshot, Decision, IsoDate, Reason } from '@concord/plugin-sdk';
import { CALENDAR_DAYS } from './calendar-days.js';
import type { Clocks } from './clocks.js';
import type { ParameterOverride } from './parameters.js';
import { parametersOf } from './parameters.js';
import { referralObjections } from './referral.js';
import { RULES } from './register/index.js';
import type { Objection, ReleaseDuty, Rule, RuleParameters, Verdict } from './rule.js';
import { isWithin, PASS } from './rule.js';
import { rulesConcerning } from './rules-by-place.js';
import { stopEffect, STOPS_BY_ACT } from './stops-by-act.js';
import type { StopsByAct } from './stops-by-act.js';
import { dayAfterEnd, holdsBack, stopsInForce, withStopsOfDebtor } from './stops-in-force.js';
import { decide, STRICTNESS } from './strictness.js';

/** What to judge by. What is left out is Concord's own register, without overrides. */
export interface JudgeOptions {
  readonly rules?: readonly Rule[];
  readonly overrides?: readonly ParameterOverride[];
  readonly stops?: StopsByAct;
  /** How days are counted in the debt's jurisdiction. Left out: calendar days only. */
  readonly clocks?: Clocks;
  /** What the law says of the act, whoever might do it: that nobody was asked to do it is left out. */
  readonly withoutReferral?: true;
}

interface Judged {
  readonly reason: Reason;
  readonly release: ReleaseDuty | null;
}

/**
 * What the rules, the stops and the referral say about one act on one debt on one date.
 *
 * Everything that did not pass is listed, strictest first. The outcome is the strictest of them, but all of them bind:
 * read a decision with `limitsOf`.
 *
 * A co-debtor's own stop does not bind the act, except by a rule that looks at co-debtors.
 *
 * @throws Error where there is no table of stops for the act.
 */
export function judge(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions = {}): Decision {
  return decide(judged(debt, act, date, options).map((each) => each.reason));
}

/** How soon what already stands must be put right, and which rule says so. */
export interface NamedReleaseDuty extends ReleaseDuty {
  /** Rule id, or `STOP:<kind>`. */
  readonly rule: string;
}

/**
 * How soon what already stands must be put right: the shortest of the duties that the objecting rules set, or null
 * where none of them sets one. In business days of the jurisdiction, from the day of judgement.
 */
export function releaseDuty(
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  options: JudgeOptions = {},
): ReleaseDuty | null {
  const strictest = strictestReleaseDuty(debt, act, date, options);
  return strictest === null ? null : { withinBusinessDays: strictest.withinBusinessDays };
}

/** The same with the rule that sets it: of several equally short ones that of the strictest outcome. */
export function strictestReleaseDuty(
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  options: JudgeOptions = {},
): NamedReleaseDuty | null {
  const [shortest] = judged(debt, act, date, options)
    .flatMap(({ reason, release }) => (release === null ? [] : [{ reason, release }]))
    .sort(
      (a, b) =>
        a.release.withinBusinessDays - b.release.withinBusinessDays ||
        STRICTNESS[b.reason.outcome] - STRICTNESS[a.reason.outcome],
    );
  if (shortest === undefined) return null;
  return { rule: shortest.reason.rule, withinBusinessDays: shortest.release.withinBusinessDays };
}

/** The rules that are asked about an act on a debt on a date: those in force, less those that yield to one of them. */
export function rulesAsked(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions = {}): readonly Rule[] {
  const inForce = rulesConcerning(options.rules ?? RULES, debt, act).filter(({ effectiveFrom, effectiveTo }) =>
    isWithin(date, effectiveFrom, effectiveTo),
  );
  return inForce.filter(({ yieldsTo }) => yieldsTo === undefined || !inForce.some(({ id }) => id === yieldsTo));
}

/** What one rule says, with the parameters and the stops that are its own to see. */
export function verdictOf(
  rule: Rule,
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  { overrides = [], clocks = CALENDAR_DAYS }: JudgeOptions = {},
): Verdict {
  const seen = rule.seesCoDebtors === true ? debt : withStopsOfDebtor(debt);
  return judgedBy(rule, seen, act, date, parametersOf(rule, debt.jurisdiction.id, date, overrides), clocks);
}

function judged(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions): readonly Judged[] {
  const rules = rulesAsked(debt, act, date, options);
  const ofDebtor = withStopsOfDebtor(debt);
  const { overrides = [], clocks = CALENDAR_DAYS, stops = STOPS_BY_ACT } = options;
  const referral = options.withoutReferral === true ? PASS : referralObjections(debt, act, date);
  return [
    ...referral.map((objection) => named('REFERRAL', null, objection)),
    ...rules.flatMap((rule) => {
      const parameters = parametersOf(rule, debt.jurisdiction.id, date, overrides);
      const seen = rule.seesCoDebtors === true ? debt : ofDebtor;
      return judgedBy(rule, seen, act, date, parameters, clocks).map((objection) =>
        named(rule.id, rule.citation, objection),
      );
    }),
    ...stopObjections(ofDebtor, act, date, stops, rules),
  ];
}

/**
 * A date on record that no calendar covers can't be counted from. That harms no other debt, and nothing is opened on it:
 * a person must look at the date.
 */
function judgedBy(
  rule: Rule,
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  parameters: RuleParameters,
  clocks: Clocks,
): Verdict {
  try {
    return rule.judge(debt, act, date, parameters, clocks);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    const reason = 'A period that protects you can not be counted from the dates that the office has on record.';
    return [{ outcome: 'block', reason, earliestOn: null }];
  }
}

function stopObjections(
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  table: StopsByAct,
  rules: readonly Rule[],
): readonly Judged[] {
  return stopsInForce(debt, date).flatMap((stop) => {
    const effect = stopEffect(table, act, stop.kind, debt.jurisdiction.country);
    if (effect.decidedBy !== undefined && rules.some((rule) => rule.id === effect.decidedBy)) return [];
    if (effect.onlyNamedActs === true && !holdsBack(stop, act)) return [];
    const { reason, citation, release } = effect;
    const rest = { reason, earliestOn: dayAfterEnd(stop), ...(release === undefined ? {} : { release }) };
    return effect.effects.map((outcome) => named(`STOP:${stop.kind}`, citation, { outcome, ...rest }));
  });
}

function named(rule: string, citation: string | null, objection: Objection): Judged {
  const { outcome, reason, earliestOn, missing } = objection;
  return {
    reason: { rule, outcome, reason, citation, earliestOn, ...(missing === undefined ? {} : { missing }) },
    release: objection.release ?? null,
  };
}
