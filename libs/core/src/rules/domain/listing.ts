import type { Act } from '@concord/plugin-sdk';
import { describeRule } from './describe.js';
import type { RuleDescription } from './describe.js';
import { IN_STOP_TABLES } from './register/in-stop-tables.js';
import { NOT_ACTS } from './register/not-acts.js';
import { RULES } from './register/index.js';
import type { Rule } from './rule.js';

/** Acts that Concord performs without a plugin: it writes letters. */
export const OWN_ACTS: readonly Act[] = ['contact'];

/** A rule of the register, in code or not, as people and programs look it up. */
export interface ListedRule extends RuleDescription {
  /** Whether anything that is installed performs an act that it judges. */
  readonly reachable: boolean;
  /** The acts of `acts` that something installed performs. */
  readonly reachableBy: readonly Act[];
  /** Why it is not reachable; null where it is. */
  readonly why: string | null;
}

/**
 * Every rule of the register by id: those that judge acts, and those about something else, with the reason.
 *
 * @param performed the acts of the plugins that are installed
 */
export function listRules(performed: readonly Act[], rules: readonly Rule[] = RULES): readonly ListedRule[] {
  const installed = new Set([...performed, ...OWN_ACTS]);
  const inTables = IN_STOP_TABLES.map(({ stop: _stop, countries, ...row }) => ({ ...row, ...always(countries) }));
  const judged = [...rules.map(describeRule), ...inTables].map((rule): ListedRule => {
    const reachableBy = rule.acts.filter((act) => installed.has(act));
    const reachable = reachableBy.length > 0;
    return { ...rule, reachable, reachableBy, why: reachable ? null : unreached(rule.acts) };
  });
  const others = NOT_ACTS.map(({ why, countries, ...row }): ListedRule => {
    return { ...row, ...always(countries), acts: [], note: null, reachable: false, reachableBy: [], why };
  });
  return [...judged, ...others].sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** What rows without code of their own have in common. */
function always(countries: readonly string[]) {
  return { jurisdictions: { countries }, effectiveFrom: null, effectiveTo: null, parameters: {} };
}

function unreached(acts: readonly Act[]): string {
  return `No installed plugin performs ${acts.length === 1 ? 'the act' : 'any of the acts'} ${acts.join(', ')}.`;
}
