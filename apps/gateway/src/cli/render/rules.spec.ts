import { describe, expect, it } from '@jest/globals';
import { listRules } from '@concord/core/rules/domain/listing';
import { ruleTable, ruleText } from './rules.js';

const WIDEST = 100;
const RULES = listRules(['report', 'place']);
const longest = (text: string): number => Math.max(...text.split('\n').map((line) => line.length));
/** The words of a table, whatever lines they stand on. */
const words = (text: string): string => text.replaceAll(/[│\s]+/g, ' ');

describe('the register in a terminal', () => {
  it('is read at a hundred columns', () => {
    expect(longest(ruleTable(RULES))).toBeLessThanOrEqual(WIDEST);
  });

  it('names the acts of a rule, or the few that it does not judge', () => {
    const text = ruleTable(RULES.filter(({ id }) => ['PAID', 'CA-BIA-01', 'US-REGF-01'].includes(id)));
    expect(text).toContain('every act');
    expect(text).toMatch(/all but report,/);
    expect(text).toMatch(/US-REGF-01 .* report /);
  });

  it.each(RULES.map((rule) => [rule.id, rule] as const))('shows %s whole', (_id, rule) => {
    const text = ruleText({ ...rule, overrides: [] });
    expect(longest(text)).toBeLessThanOrEqual(WIDEST);
    expect(text).not.toContain('…');
    for (const shown of [rule.title, rule.citation, rule.note, rule.why]) expect(words(text)).toContain(shown ?? '');
  });
});
