import type { Act, DebtSnapshot, Decision, IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../../calendar/domain/iso-date.js';
import { CALENDAR_DAYS } from './calendar-days.js';
import type { JudgeOptions } from './judge.js';
import { overridesOf, parametersOf } from './parameters.js';
import { referralTurningDates } from './referral.js';
import { RULES } from './register/index.js';
import type { Rule } from './rule.js';
import { rulesConcerning } from './rules-by-place.js';

/**
 * The earliest date after `date` on which the decision could change by time alone, or null where only a fact can
 * change it. On every day before it the decision is the same, so nothing needs to be looked at until then.
 *
 * The snapshot must hold stops that start later, too; one that it does not hold can't be waited for.
 */
export function nextLookOn(
  debt: DebtSnapshot,
  act: Act,
  date: IsoDate,
  decision: Decision,
  options: JudgeOptions = {},
): IsoDate | null {
  const periods = [
    ...debt.stops.map((stop) => ({ from: stop.startsOn, to: stop.endsOn })),
    ...rulePeriods(debt, act, options),
  ];
  const turns = rulesConcerning(options.rules ?? RULES, debt, act).flatMap((rule) =>
    turningDates(rule, debt, date, options),
  );
  const candidates = [
    ...periods.flatMap(({ from, to }) => [from, to === null ? null : addDays(to, 1)]),
    ...turns,
    ...referralTurningDates(debt, act),
    ...decision.reasons.map((reason) => reason.earliestOn),
  ];
  return candidates.reduce<IsoDate | null>(
    (earliest, candidate) =>
      candidate !== null && candidate > date && (earliest === null || candidate < earliest) ? candidate : earliest,
    null,
  );
}

/** By the parameters of the day: where an override begins or ends later, that day is a candidate of its own. */
function turningDates(rule: Rule, debt: DebtSnapshot, date: IsoDate, options: JudgeOptions): readonly IsoDate[] {
  const parameters = parametersOf(rule, debt.jurisdiction.id, date, options.overrides ?? []);
  try {
    return rule.turningDates?.(debt, parameters, options.clocks ?? CALENDAR_DAYS) ?? [];
  } catch (error) {
    // A date that no calendar covers: the rule holds the debt until a person has looked at it.
    if (error instanceof RangeError) return [];
    throw error;
  }
}

function rulePeriods(
  debt: DebtSnapshot,
  act: Act,
  options: JudgeOptions,
): readonly { readonly from: IsoDate | null; readonly to: IsoDate | null }[] {
  return rulesConcerning(options.rules ?? RULES, debt, act)
    .flatMap((rule) => [rule, ...overridesOf(rule, debt.jurisdiction.id, options.overrides ?? [])])
    .map(({ effectiveFrom, effectiveTo }) => ({ from: effectiveFrom, to: effectiveTo }));
}
