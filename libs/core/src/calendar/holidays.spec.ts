import { describe, expect, it } from '@jest/globals';
import { holidaySet } from './holidays.js';

describe('holidays', () => {
  it('has the public holidays of a country and its substitute days', () => {
    const days = holidaySet('US', undefined, 2026, 2026);
    for (const date of ['2026-01-01', '2026-05-25', '2026-07-03', '2026-11-26', '2026-12-25'])
      expect(days).toContain(date);
    expect(days).not.toContain('2026-11-27');
    // Observed, not kept: nobody's office closes for it.
    expect(days).not.toContain('2026-02-14');
  });

  it('keeps to the years asked for, with a New Year’s Day that is observed in the year before', () => {
    const days = holidaySet('US', undefined, 2027, 2027);
    expect(days).toContain('2027-12-31');
    expect([...days].every((date) => date.startsWith('2027'))).toBe(true);
  });

  it('has the days of a region', () => {
    expect(holidaySet('CA', 'NL', 2026, 2026)).toContain('2026-04-03');
    expect(holidaySet('GB', 'ENG', 2026, 2026)).toContain('2026-12-28');
    expect(holidaySet('GB', 'SCT', 2026, 2026)).toContain('2026-01-02');
    expect(holidaySet('GB', 'ENG', 2026, 2026)).not.toContain('2026-01-02');
  });

  it('refuses a place it knows nothing about', () => {
    expect(() => holidaySet('XX', undefined, 2026, 2026)).toThrow(RangeError);
    expect(() => holidaySet('US', 'ZZ', 2026, 2026)).toThrow(RangeError);
  });
});
