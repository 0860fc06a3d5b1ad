import type { IsoDate } from '@concord/plugin-sdk';
import { ruleSettings } from '../configuration/rule-settings.js';
import type { RuleSettings } from '../configuration/rule-settings.js';
import { Refusal } from '../platform/errors.js';

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

/** The first day, not before today, on which anything that was added, changed or left out would hold. */
export function firstDayOfChange(current: RuleSettings, proposed: RuleSettings, today: IsoDate): IsoDate {
  const changed = [...without(current, proposed), ...without(proposed, current)];
  const [first] = changed.map(({ from }) => from ?? today).sort();
  return first !== undefined && first > today ? first : today;
}

/** What one list has and the other has not, word for word. */
function without(list: RuleSettings, other: RuleSettings): RuleSettings {
  const known = new Set(other.map((each) => JSON.stringify(each)));
  return list.filter((each) => !known.has(JSON.stringify(each)));
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
