import type { Act, DebtSnapshot, Decision, IsoDate, Reason } from '@concord/plugin-sdk';
import type { ParameterOverride } from './parameters.js';
import { parametersOf } from './parameters.js';
import { referralObjections } from './referral.js';
import { RULES } from './register/index.js';
import type { Objection, ReleaseDuty, Rule } from './rule.js';
import { isInForce } from './rule.js';
import { stopEffect, STOPS_BY_ACT } from './stops-by-act.js';
import type { StopsByAct } from './stops-by-act.js';
import { dayAfterEnd, holdsBack, stopsInForce, withStopsOfDebtor } from './stops-in-force.js';
import { decide } from './strictness.js';

/** What to judge by. Everything left out is Concord's own register. */
export interface JudgeOptions {
  readonly rules?: readonly Rule[];
  readonly overrides?: readonly ParameterOverride[];
  readonly stops?: StopsByAct;
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
  const days = judged(debt, act, date, options).flatMap((each) => each.release?.withinBusinessDays ?? []);
  return days.length === 0 ? null : { withinBusinessDays: Math.min(...days) };
}

function judged(debt: DebtSnapshot, act: Act, date: IsoDate, options: JudgeOptions): readonly Judged[] {
  const inForce = (options.rules ?? RULES).filter((rule) => isInForce(rule, debt, act, date));
  const rules = inForce.filter(({ yieldsTo }) => !inForce.some(({ id }) => id === yieldsTo));
  const ofDebtor = withStopsOfDebtor(debt);
  return [
    ...referralObjections(debt, act, date).map((objection) => named('REFERRAL', null, objection)),
    ...rules.flatMap((rule) => {
      const parameters = parametersOf(rule, debt.jurisdiction.id, date, options.overrides ?? []);
      const seen = rule.seesCoDebtors === true ? debt : ofDebtor;
      return rule.judge(seen, act, date, parameters).map((objection) => named(rule.id, rule.citation, objection));
    }),
    ...stopObjections(ofDebtor, act, date, options.stops ?? STOPS_BY_ACT, rules),
  ];
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
  const { outcome, reason, earliestOn } = objection;
  return { reason: { rule, outcome, reason, citation, earliestOn }, release: objection.release ?? null };
}
