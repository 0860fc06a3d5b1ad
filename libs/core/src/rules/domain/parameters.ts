import type { IsoDate } from '@concord/plugin-sdk';
import { isWithin } from './rule.js';
import type { Rule, RuleParameters } from './rule.js';

/** A tenant's own values for some parameters of one rule, in one jurisdiction, for a time. */
export interface ParameterOverride {
  /** Rule id. */
  readonly rule: string;
  /** Jurisdiction id. */
  readonly jurisdiction: string;
  /** First and last day; null means without limit. Where periods overlap, the one that starts later counts. */
  readonly effectiveFrom: IsoDate | null;
  readonly effectiveTo: IsoDate | null;
  readonly values: RuleParameters;
}

/** What is wrong with an override; to be shown before it is applied. */
export interface OverrideFault {
  readonly rule: string;
  readonly code: 'unknown-rule' | 'unknown-parameter' | 'wrong-type';
  readonly parameter: string | null;
}

/** The parameters of a rule in a jurisdiction on a date: its defaults, replaced by the overrides in force. */
export function parametersOf(
  rule: Rule,
  jurisdiction: string,
  date: IsoDate,
  overrides: readonly ParameterOverride[],
): RuleParameters {
  // Nearly every rule, for nearly every office, and asked for each debt.
  if (overrides.length === 0) return rule.parameters;
  const inForce = overridesOf(rule, jurisdiction, overrides)
    .filter((override) => isWithin(date, override.effectiveFrom, override.effectiveTo))
    .sort((a, b) => (a.effectiveFrom ?? '').localeCompare(b.effectiveFrom ?? ''));
  return inForce.reduce<RuleParameters>((values, override) => ({ ...values, ...override.values }), rule.parameters);
}

/** The overrides of a rule in a jurisdiction, whatever their dates. */
export function overridesOf(
  rule: Rule,
  jurisdiction: string,
  overrides: readonly ParameterOverride[],
): readonly ParameterOverride[] {
  return overrides.filter((override) => override.rule === rule.id && override.jurisdiction === jurisdiction);
}

/** Overrides that name a rule or parameter that does not exist, or give a number for a word. */
export function overrideFaults(
  overrides: readonly ParameterOverride[],
  rules: readonly Rule[],
): readonly OverrideFault[] {
  return overrides.flatMap((override): OverrideFault[] => {
    const rule = rules.find((candidate) => candidate.id === override.rule);
    if (rule === undefined) return [{ rule: override.rule, code: 'unknown-rule', parameter: null }];
    return Object.entries(override.values).flatMap(([parameter, value]): OverrideFault[] => {
      const standard = rule.parameters[parameter];
      if (standard === undefined) return [{ rule: rule.id, code: 'unknown-parameter', parameter }];
      return typeof standard === typeof value ? [] : [{ rule: rule.id, code: 'wrong-type', parameter }];
    });
  });
}
