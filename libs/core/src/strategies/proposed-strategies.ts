import { strategiesSettings } from '../configuration/strategy-settings.js';
import { Refusal } from '../platform/errors.js';
import type { Strategy } from './domain/strategy.js';

/**
 * What an office's strategies would be by a proposal: a list, or an object with `strategies`, takes the place of all of
 * them; a single strategy takes the place of the one of its id, or comes after the others.
 *
 * @throws Refusal `strategies-invalid` with every fault, as a configuration would be refused
 */
export function proposedStrategies(current: readonly Strategy[], proposed: unknown): readonly Strategy[] {
  const list = listOf(proposed);
  const parsed = strategiesSettings.safeParse(list ?? [proposed]);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.map(String).join('.')} ${message}`.trim());
    throw new Refusal('strategies-invalid', faults.join('; '));
  }
  if (list !== null) return parsed.data;
  const [single] = parsed.data;
  if (!single) return current;
  return current.some(({ id }) => id === single.id)
    ? current.map((each) => (each.id === single.id ? single : each))
    : [...current, single];
}

function listOf(proposed: unknown): readonly unknown[] | null {
  if (isList(proposed)) return proposed;
  if (typeof proposed !== 'object' || proposed === null || !('strategies' in proposed)) return null;
  return isList(proposed.strategies) ? proposed.strategies : null;
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}
