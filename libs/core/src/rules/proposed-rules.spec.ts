import { describe, expect, it } from '@jest/globals';
import { ruleSettings } from '../configuration/rule-settings.js';
import { firstDayOfChange, proposedRules } from './proposed-rules.js';

const one = (waitDays: number, changes: Record<string, unknown> = {}) => ({
  rule: 'US-REGF-01',
  parameters: { waitDays },
  because: 'A test',
  ...changes,
});
const CURRENT = ruleSettings.parse([one(20)]);

describe('proposed numbers', () => {
  it('take the place of all where they are a list or a file with a list', () => {
    expect(proposedRules(CURRENT, [one(30)])).toEqual([one(30)]);
    expect(proposedRules(CURRENT, { id: 'us-tx-example', rules: [one(30)] })).toEqual([one(30)]);
    expect(proposedRules(CURRENT, { rules: [] })).toEqual([]);
  });

  it('come beside the others where they are one', () => {
    expect(proposedRules(CURRENT, one(30, { from: '2026-04-01' }))).toEqual([one(20), one(30, { from: '2026-04-01' })]);
  });

  it.each([
    ['a rule that there is not', [one(30, { rule: 'US-REGF-99' })], /0\.rule the register has no such rule/],
    ['a word for a number', one(30, { parameters: { waitDays: 'many' } }), /0\.parameters\.waitDays must be/],
    ['no reason', one(30, { because: '' }), /0\.because must not be blank/],
    ['rules that are no list', { rules: 'none' }, /rules must be a list/],
    ['rules that were left empty', { rules: null }, /rules must be a list/],
    ['nothing', null, /./],
  ])('are refused as a configuration would be: %s', (_, proposed, message) => {
    const propose = () => proposedRules(CURRENT, proposed);
    expect(propose).toThrow(expect.objectContaining({ code: 'rules-invalid' }));
    expect(propose).toThrow(message);
  });
});

describe('the day that is looked at', () => {
  const TODAY = '2026-03-16';
  const day = (...list: unknown[]) => firstDayOfChange(CURRENT, ruleSettings.parse(list), TODAY);

  it('is the first on which the change holds', () => {
    expect(day(one(20), one(30, { from: '2026-05-01' }), one(40, { from: '2026-04-01' }))).toBe('2026-04-01');
  });

  it('is today where the change holds already, takes something away, or changes nothing', () => {
    expect(day(one(20), one(30, { from: '2026-03-01' }))).toBe(TODAY);
    expect(day(one(20), one(30))).toBe(TODAY);
    expect(day(one(30, { from: '2026-05-01' }))).toBe(TODAY);
    expect(day(one(20))).toBe(TODAY);
  });

  it('is the day after the last one of what would end sooner, or would end at all', () => {
    expect(day(one(20, { to: '2026-06-30' }))).toBe('2026-07-01');
    const current = ruleSettings.parse([one(20, { to: '2026-06-30' })]);
    const sooner = ruleSettings.parse([one(20, { to: '2026-04-30' })]);
    expect(firstDayOfChange(current, sooner, TODAY)).toBe('2026-05-01');
    expect(firstDayOfChange(sooner, current, TODAY)).toBe('2026-05-01');
  });

  it('is none on which something is written otherwise and says the same', () => {
    expect(day(one(20, { because: 'Another reason' }), one(30, { from: '2026-05-01' }))).toBe('2026-05-01');
    expect(day(one(20), one(20, { from: '2026-04-01' }), one(30, { from: '2026-05-01' }))).toBe('2026-05-01');
  });

  it('is that of what is left out before it begins', () => {
    const current = ruleSettings.parse([one(20, { from: '2026-06-01' })]);
    expect(firstDayOfChange(current, [], TODAY)).toBe('2026-06-01');
  });
});
