import type { IsoDate } from '@concord/plugin-sdk';
import { addDays } from '../calendar/domain/iso-date.js';
import { parameterOverrides, ruleSettings } from '../configuration/rule-settings.js';
import type { RuleSettings } from '../configuration/rule-settings.js';
import { Refusal } from '../platform/errors.js';
import { parametersOf } from './domain/parameters.js';
import { RULES } from './domain/register/index.js';

/**
 * What an office's numbers of rules would be by a proposal: a list, or an object with `rules`, takes the place of all of
 * them; a single one comes beside the others.
 *
 * @throws Refusal `rules-invalid` with every fault, as a configuration would be refused
 */
export function proposedRules(current: RuleSettings, proposed: unknown): RuleSettings {
  const list = listOf(proposed);
  const parsed = ruleSettings.safeParse(list ?? [proposed]);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`.trim());
    throw new Refusal('rules-invalid', faults.join('; '));
  }
  return list === null ? [...current, ...parsed.data] : parsed.data;
}

/**
 * The first day, not before today, on which any number is another one; today where none ever is. What begins, ends, or is no more
 * hidden by something that starts later turns on the days on which something begins, and after those on which something ends.
 */
export function firstDayOfChange(current: RuleSettings, proposed: RuleSettings, today: IsoDate): IsoDate {
  const turns = [...current, ...proposed].flatMap(({ from, to }) => [
    ...(from === undefined ? [] : [from]),
    ...(to === undefined ? [] : [addDays(to, 1)]),
  ]);
  const days = [today, ...turns.filter((day) => day > today).sort()];
  return days.find((day) => numbersOn(day, current) !== numbersOn(day, proposed)) ?? today;
}

/** What every rule is judged by on a day. */
function numbersOn(day: IsoDate, rules: RuleSettings): string {
  const overrides = parameterOverrides({ id: '', rules });
  return JSON.stringify(RULES.map((rule) => Object.entries(parametersOf(rule, '', day, overrides)).sort()));
}

function listOf(proposed: unknown): readonly unknown[] | null {
  if (isList(proposed)) return proposed;
  if (typeof proposed !== 'object' || proposed === null || !('rules' in proposed)) return null;
  if (isList(proposed.rules)) return proposed.rules;
  throw new Refusal('rules-invalid', 'rules must be a list; an empty one, [], is the numbers of the register');
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
