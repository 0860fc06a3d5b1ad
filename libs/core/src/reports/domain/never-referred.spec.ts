import { describe, expect, it } from '@jest/globals';
import { whyNeverReferred } from './never-referred.js';
import type { Selection, UnreferredDebt } from './never-referred.js';

const report: Selection = { id: 'report', debtTypes: ['utility'], minAgeDays: 180, minBalanceMinor: 5_000 };
const place: Selection = {
  id: 'place',
  debtTypes: ['utility'],
  minAgeDays: 90,
  minBalanceMinor: 7_500,
  maxBalanceMinor: 9_000,
};
const debt = (changes: Partial<UnreferredDebt> = {}): UnreferredDebt => ({
  ...{ type: 'utility', balanceMinor: 8_000, currency: 'USD', overdueSince: '2026-01-01', stops: [] },
  ...changes,
});
const why = (changes: Partial<UnreferredDebt>, asOf = '2026-12-31') => {
  const { why: cause, choosableOn } = whyNeverReferred([report, place], debt(changes), asOf);
  return [cause, choosableOn];
};

describe('why a debt was never referred', () => {
  it('is what stands in the way first', () => {
    expect(why({ stops: ['dispute'], type: 'library' })).toEqual(['stopped', null]);
    expect(why({ type: 'library' })).toEqual(['no-strategy', null]);
    expect(why({ balanceMinor: 4_999 })).toEqual(['too-small', null]);
  });

  it('is its age, with the first day on which one of the strategies that fit takes it', () => {
    expect(why({}, '2026-03-31')).toEqual(['too-young', '2026-04-01']);
    expect(why({ balanceMinor: 9_001 }, '2026-03-31')).toEqual(['too-young', '2026-06-30']);
    expect(why({}, '2026-04-01')).toEqual(['waiting', '2026-04-01']);
  });

  it('is its size where every strategy takes less', () => {
    expect(whyNeverReferred([place], debt({ balanceMinor: 9_001 }), '2026-12-31').why).toBe('too-large');
    expect(whyNeverReferred([place], debt({ balanceMinor: 7_499 }), '2026-12-31')).toMatchObject({
      why: 'too-small',
      explanation: 'strategies for its type begin at 75.00 USD',
    });
  });
});
