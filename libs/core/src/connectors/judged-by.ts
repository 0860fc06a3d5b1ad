import { createHash } from 'node:crypto';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { parameterOverrides } from '../configuration/rule-settings.js';
import { describeRule } from '../rules/domain/describe.js';
import { RULES } from '../rules/domain/register/index.js';
import { STOPS_BY_ACT } from '../rules/domain/stops-by-act.js';
import { codeOfRules } from './code-of-rules.js';

const known = new WeakMap<Jurisdiction, Promise<string>>();
let register: string | undefined;

/**
 * By what this process judges the debts of an office, as a hash: the code of rules, the register with the tables of stops, the
 * office's own numbers and types of debts, and the days on which it works. Code of calendars and of plugins is not in it.
 */
export function judgedBy(jurisdiction: Jurisdiction): Promise<string> {
  const made = known.get(jurisdiction) ?? hashOf(jurisdiction);
  known.set(jurisdiction, made);
  return made;
}

async function hashOf(jurisdiction: Jurisdiction): Promise<string> {
  const { holidays, weekend, closures, debtTypes = [] } = jurisdiction;
  const families = debtTypes.map(({ code, family }) => [code, family]);
  const ofOffice = JSON.stringify([parameterOverrides(jurisdiction), families, holidays, weekend, closures]);
  register ??= JSON.stringify([RULES.map(describeRule), STOPS_BY_ACT]);
  return createHash('sha256')
    .update([await codeOfRules(), register, ofOffice].join('\n'))
    .digest('hex');
}
