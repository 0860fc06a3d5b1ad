import { describe, expect, it } from '@jest/globals';
import { accruedThrough } from './accrual-period.js';

describe('the last day whose interest is posted on a day', () => {
  it('is the day before where interest accrues daily', () => {
    expect(accruedThrough('daily', '2027-03-01')).toBe('2027-02-28');
  });

  it('is the last of the month before where it accrues monthly, on whatever day of the month', () => {
    expect(accruedThrough('monthly', '2027-01-01')).toBe('2026-12-31');
    expect(accruedThrough('monthly', '2028-03-31')).toBe('2028-02-29');
  });

  it('is none where somebody asks for it', () => {
    expect(accruedThrough('on-request', '2027-03-01')).toBeNull();
  });
});
