import { describe, expect, it } from '@jest/globals';
import { RULES } from '../rules/domain/register/index.js';
import { parametersOf } from '../rules/domain/parameters.js';
import { parameterOverrides, ruleSettings } from './rule-settings.js';

const one = (changes: Record<string, unknown> = {}) => ({
  rule: 'US-REGF-01',
  parameters: { waitDays: 20 },
  because: 'Decision of the office, 2 March 2026',
  ...changes,
});
const faults = (...list: unknown[]): string[] =>
  (ruleSettings.safeParse(list).error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`);

describe('rules of a jurisdiction', () => {
  it('replace single numbers from a day on, and until one', () => {
    const rules = ruleSettings.parse([one({ from: '2026-04-01', to: '2026-04-30' })]);
    const overrides = parameterOverrides({ id: 'us-tx-example', rules });
    const rule = RULES.find(({ id }) => id === 'US-REGF-01')!;
    const days = ['2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01'].map(
      (date) => parametersOf(rule, 'us-tx-example', date, overrides)['waitDays'],
    );
    expect(days).toEqual([14, 20, 20, 14]);
  });

  it.each([
    ['a rule that there is not', one({ rule: 'US-REGF-99' }), '0.rule: the register has no such rule: US-REGF-99'],
    ['a rule that is not about numbers', one({ rule: 'US-REGF-04' }), '0.rule: US-REGF-04 has no numbers'],
    [
      'a parameter that it lacks',
      one({ parameters: { wait: 20 } }),
      '0.parameters.wait: the rule has no such parameter: US-REGF-01 has waitDays',
    ],
    [
      'a word for a number',
      one({ parameters: { waitDays: '20' } }),
      '0.parameters.waitDays: must be of the kind that the register has: a number, as in 14',
    ],
    ['a part of a day', one({ parameters: { waitDays: 1.5 } }), '0.parameters.waitDays: must be a whole number'],
    [
      'less than nothing',
      one({ parameters: { waitDays: -1 } }),
      '0.parameters.waitDays: must be a whole number from 0',
    ],
    ['no parameters at all', one({ parameters: undefined }), '0.parameters: must name parameters'],
    ['no rule', one({ rule: undefined }), "0.rule: is missing: a rule's id"],
    ['nobody who decided it', one({ because: undefined }), '0.because: is missing: who decided it'],
    ['what is no entry', 'US-REGF-01', '0: must be an entry with rule, parameters and because'],
    ['no parameter', one({ parameters: {} }), '0.parameters: must name a parameter'],
    ['an end before its beginning', one({ from: '2026-04-02', to: '2026-04-01' }), '0.to: is before from'],
    ['a date that does not exist', one({ from: '2026-02-30' }), '0.from: must be a date'],
    ['no reason', one({ because: ' ' }), '0.because: must not be blank'],
    ['an unknown key', one({ since: '2026-04-01' }), '0: Unrecognized key: "since"'],
  ])('refuse %s', (_, override, expected) => {
    expect(faults(override).join('; ')).toContain(expected);
  });
});
