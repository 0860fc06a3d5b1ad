import { describe, expect, it } from '@jest/globals';
import { ACTS } from '@concord/plugin-sdk';
import { RULES } from './register/index.js';
import { concerns } from './rule.js';
import { rulesConcerning } from './rules-by-place.js';
import { reportableDebt } from './testing/reportable-debt.js';

const inOffice = (id: string, country: string) => reportableDebt({ jurisdiction: { id, country, currency: 'USD' } });

describe('the rules of a place', () => {
  it.each([
    ['us-ca-berkeley', 'US'],
    ['us-il-chicago', 'US'],
    ['us-tx-example', 'US'],
    ['gb-hillingdon', 'GB'],
    ['ca-nl', 'CA'],
    ['ie-example', 'IE'],
  ])('of %s are those that concern it, in the order of the register, however often it is asked', (id, country) => {
    const debt = inOffice(id, country);
    for (const act of ACTS) {
      const expected = RULES.filter((rule) => concerns(rule, debt, act));
      expect(rulesConcerning(RULES, debt, act)).toEqual(expected);
      expect(rulesConcerning(RULES, debt, act)).toEqual(expected);
    }
  });

  it('are not mixed up between registers', () => {
    const debt = inOffice('us-tx-example', 'US');
    expect(rulesConcerning(RULES, debt, 'report').length).toBeGreaterThan(5);
    expect(rulesConcerning([], debt, 'report')).toEqual([]);
  });
});
