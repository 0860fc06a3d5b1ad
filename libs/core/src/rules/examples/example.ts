import type { Act, DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Objection, Rule, RuleParameters, Verdict } from '../domain/rule.js';
import { verdictOf } from '../domain/judge.js';
import { COUNTED_DAYS } from '../domain/testing/counted-days.js';

/** What one rule says of one act on one day, with what is on record in words. A reviewer reads it; a test proves it. */
export interface RuleExample {
  /** Rule id. */
  readonly rule: string;
  readonly act: Act;
  /** What is on record, in words. */
  readonly given: string;
  /** The same as the rule sees it. */
  readonly debt: DebtSnapshot;
  readonly on: IsoDate;
  /** What the rule says, as {@link verdictInWords} has it. */
  readonly says: string;
  /** Numbers that the office has set, beside the register's. */
  readonly parameters?: RuleParameters;
}

/** What a rule that has nothing against an act says. */
export const PASSES = 'passes';

type Row = readonly [given: string, debt: DebtSnapshot, on: IsoDate, says: string, parameters?: RuleParameters];

/** Examples of one rule on one act. */
export function examplesOf(rule: string, act: Act, ...rows: readonly Row[]): readonly RuleExample[] {
  return rows.map(([given, debt, on, says, parameters]) => ({
    ...{ rule, act, given, debt, on, says },
    ...(parameters === undefined ? {} : { parameters }),
  }));
}

/** What one rule says of a debt, by the register's numbers and those given. */
export function ruleSays(
  rule: Rule,
  { debt, act, on, parameters }: Pick<RuleExample, 'debt' | 'act' | 'on' | 'parameters'>,
): Verdict {
  const values = parameters ?? {};
  const override = { effectiveFrom: null, effectiveTo: null, jurisdiction: debt.jurisdiction.id, values };
  return verdictOf(rule, debt, act, on, { overrides: [{ rule: rule.id, ...override }], clocks: COUNTED_DAYS });
}

/** A verdict in a line: each objection with its earliest date, what is missing, and how soon what stands is put right. */
export function verdictInWords(verdict: Verdict): string {
  return verdict.length === 0 ? PASSES : verdict.map(objectionInWords).join('; ');
}

function objectionInWords({ outcome, earliestOn, missing, release }: Objection): string {
  return [
    outcome,
    ...(earliestOn === null ? [] : [`earliest ${earliestOn}`]),
    ...(missing === undefined ? [] : [`missing ${missing}`]),
    ...(release === undefined ? [] : [`release ${withinDays(release.withinBusinessDays)}`]),
  ].join(', ');
}

function withinDays(businessDays: number): string {
  if (businessDays === 0) return 'the same day';
  return businessDays === 1 ? 'within one business day' : `within ${businessDays} business days`;
}

/**
 * The kinds of things that a verdict says: that it passes, or each outcome alone, and with an earliest date, a missing
 * proof or a release. A rule is shown in full when each kind that it can say has an example.
 */
export function kindsIn(verdict: Verdict): readonly string[] {
  if (verdict.length === 0) return [PASSES];
  return verdict.flatMap(({ outcome, earliestOn, missing, release }) => [
    outcome,
    ...(earliestOn === null ? [] : [`${outcome} with an earliest date`]),
    ...(missing === undefined ? [] : [`${outcome} for want of a proof`]),
    ...(release === undefined ? [] : [`${outcome} with a release`]),
  ]);
}
