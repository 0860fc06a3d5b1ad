import { ACTS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import type { ListedRule } from '@concord/core/rules/domain/listing';
import type { ParameterOverride } from '@concord/core/rules/domain/parameters';
import type { RuleParameters } from '@concord/core/rules/domain/rule';
import { table } from './table.js';
import { whereText } from './where.js';

/** A rule with what offices have otherwise. */
export interface ShownRule extends ListedRule {
  readonly overrides: readonly ParameterOverride[];
}

/** The register as people read it: what is not reached says why with `rules show`. */
export function ruleTable(rules: readonly ListedRule[]): string {
  return table<ListedRule>(
    [
      { title: 'Id', value: ({ id }) => id },
      { title: 'Rule', value: ({ title }) => title, width: 22 },
      { title: 'Where', value: ({ jurisdictions }) => whereText(jurisdictions), width: 10 },
      { title: 'Confirmed', value: ({ confirmed }) => confirmed },
      { title: 'Acts', value: ({ acts }) => actsText(acts), width: 17 },
      {
        title: 'Reached by',
        value: ({ reachableBy }) => (reachableBy.length > 0 ? reachableBy.join(', ') : 'nothing'),
        width: 8,
      },
    ],
    rules,
  );
}

/** The acts that a rule judges, or the fewer that it does not. */
function actsText(acts: readonly Act[]): string {
  const others = ACTS.filter((act) => !acts.includes(act));
  if (others.length === 0) return 'every act';
  return others.length < acts.length ? `all but ${others.join(', ')}` : acts.join(', ');
}

/** One rule, line by line. */
export function ruleText(rule: ShownRule): string {
  const facts = [
    { fact: 'Rule', value: rule.title },
    { fact: 'Where', value: whereText(rule.jurisdictions) },
    { fact: 'In force', value: periodText(rule.effectiveFrom, rule.effectiveTo) },
    { fact: 'Citation', value: rule.citation ?? 'none: chosen by Concord' },
    { fact: 'Confirmed', value: rule.confirmed },
    { fact: 'Note', value: rule.note ?? '' },
    { fact: 'Acts', value: rule.acts.join(', ') },
    { fact: 'Reached by', value: rule.why ?? rule.reachableBy.join(', ') },
    { fact: 'Numbers', value: parametersText(rule.parameters) },
    ...rule.overrides.map(({ jurisdiction, effectiveFrom, effectiveTo, values }) => ({
      fact: jurisdiction,
      value: `${parametersText(values)}, ${periodText(effectiveFrom, effectiveTo)}`,
    })),
  ].filter(({ value }) => value !== '');
  return table<(typeof facts)[number]>(
    [
      { title: 'Id', value: ({ fact }) => fact },
      { title: rule.id, value: ({ value }) => value, width: 78 },
    ],
    facts,
  );
}

function parametersText(parameters: RuleParameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}

function periodText(from: string | null, to: string | null): string {
  if (from === null && to === null) return 'always';
  return [...(from === null ? [] : [`from ${from}`]), ...(to === null ? [] : [`to ${to}`])].join(' ');
}
