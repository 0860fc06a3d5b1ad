import { describe, expect, test } from '@jest/globals';
import { chargeDue } from './charges.js';

const FROZEN = [{ from: '2026-03-02', to: '2026-05-01' }];

describe('a charge of the host', () => {
  test('is posted where nothing freezes it', () => {
    expect(chargeDue('interestMinor', 1250, 0, '2026-03-01', FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
    expect(chargeDue('feesMinor', 1250, 0, '2026-05-02', FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
  });

  test('of interest and fees is withheld on every day of a freeze, the principal is not', () => {
    for (const on of ['2026-03-02', '2026-05-01']) {
      expect(chargeDue('interestMinor', 1250, 100, on, FROZEN)).toEqual({ postedMinor: 0, withheldMinor: 1350 });
      expect(chargeDue('amountMinor', 1250, 0, on, FROZEN)).toEqual({ postedMinor: 1250, withheldMinor: 0 });
    }
    expect(chargeDue('feesMinor', 5, 0, '2030-01-01', [{ from: '2026-03-02', to: null }])).toEqual({
      ...{ postedMinor: 0, withheldMinor: 5 },
    });
  });

  test('that is lowered takes from what is withheld before it credits', () => {
    expect(chargeDue('interestMinor', -1250, 1250, '2026-06-01', FROZEN)).toEqual({ postedMinor: 0, withheldMinor: 0 });
    expect(chargeDue('interestMinor', -1300, 1250, '2026-03-05', FROZEN)).toEqual({
      ...{ postedMinor: -50, withheldMinor: 0 },
    });
    expect(chargeDue('interestMinor', -50, 1250, '2026-06-01', [])).toEqual({ postedMinor: 0, withheldMinor: 1200 });
  });
});
