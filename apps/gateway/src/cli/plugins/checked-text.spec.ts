import { describe, expect, test } from '@jest/globals';
import { isSound } from './checked-plugin.js';
import { checkedText } from './checked-text.js';

const passed = { part: '', check: 'names itself', result: 'passed', reason: null } as const;
const failed = { part: 'outbound a', check: 'writes', result: 'failed', reason: 'Line 1\n\u001b[2Jdiffers' } as const;
const leftOut = { part: '', check: 'counts', result: 'left-out', reason: 'there are no totals' } as const;

describe('a checked plugin', () => {
  test('is told with its failures and what was left out, each with its reason', () => {
    const text = checkedText({ id: 'river', checks: [passed, failed, leftOut], unusable: null });
    expect(text).toContain('Failed: outbound a: writes: Line 1 ?[2Jdiffers');
    expect(text).toContain('Left out: counts: there are no totals');
    expect(text.split('\n').at(-1)).toBe('river: 1 passed, 1 failed, 1 left out');
  });

  test('is sound when everything was checked and nothing failed', () => {
    expect(isSound({ id: 'river', checks: [passed, leftOut], unusable: null })).toBe(true);
    expect(isSound({ id: 'river', checks: [passed, failed], unusable: null })).toBe(false);
    expect(isSound({ id: 'river', checks: [passed], unusable: 'It hangs.' })).toBe(false);
  });

  test('that can not be checked says why in one sentence', () => {
    const text = checkedText({ id: 'river', checks: [], unusable: 'It has no samples.' });
    expect(text).toBe("river can't be checked: It has no samples.");
  });
});
