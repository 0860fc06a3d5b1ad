import { describe, expect, it } from '@jest/globals';
import type { Strategy } from '../../strategies/domain/strategy.js';
import { whyNeverReferred } from './never-referred.js';
import type { UnreferredDebt } from './never-referred.js';

const report: Strategy = {
  ...{ id: 'report', act: 'report', connectors: ['bureau'], debtTypes: ['utility'] },
  ...{ minAgeDays: 180, minBalanceMinor: 5_000 },
};
const place: Strategy = {
  ...{ id: 'place', act: 'place', oneOf: [{ connector: 'agency', share: 1 }], debtTypes: ['utility'] },
  ...{ minAgeDays: 90, minBalanceMinor: 7_500, maxBalanceMinor: 9_000 },
};
const debt = (changes: Partial<UnreferredDebt> = {}): UnreferredDebt => ({
  ...{ type: 'utility', balanceMinor: 8_000, currency: 'USD', stops: [], debtorKind: 'person' },
  ...{ hasAddress: true, hasTelephone: true, lastPaidOn: null, incurredOn: null, registeredOn: '2026-01-01' },
  ...{ delinquentOn: '2026-01-01' },
  ...changes,
});
const of = (strategies: readonly Strategy[], changes: Partial<UnreferredDebt>, asOf = '2026-12-31') =>
  whyNeverReferred(strategies, debt(changes), { asOf, country: 'US' });
const why = (changes: Partial<UnreferredDebt>, asOf?: string) => {
  const { why: cause, choosableOn } = of([report, place], changes, asOf);
  return [cause, choosableOn];
};

describe('why a debt was never referred', () => {
  it('is what stands in the way first', () => {
    expect(why({ stops: ['dispute'], balanceMinor: 1 })).toEqual(['stopped', null]);
    expect(why({ type: 'library' })).toEqual(['no-strategy', null]);
    expect(why({ balanceMinor: 4_999 })).toEqual(['too-small', null]);
  });

  it('is its age, with the first day on which one of the strategies that fit takes it', () => {
    expect(why({}, '2026-03-31')).toEqual(['too-young', '2026-04-01']);
    expect(why({ balanceMinor: 9_001 }, '2026-03-31')).toEqual(['too-young', '2026-06-30']);
    expect(why({}, '2026-04-01')).toEqual(['waiting', '2026-04-01']);
  });

  it('is its size where every strategy takes less', () => {
    expect(of([place], { balanceMinor: 9_001 }).why).toBe('too-large');
    expect(of([place], { balanceMinor: 7_499 })).toMatchObject({
      why: 'too-small',
      explanation: 'strategies for its type begin at 75.00 USD',
    });
  });

  it('is what a strategy counts from and asks for, as the strategies themselves do', () => {
    const paid = { ...place, ageFrom: 'last-payment' } as Strategy;
    expect(of([paid], { lastPaidOn: '2026-12-01' })).toMatchObject({ why: 'too-young', choosableOn: '2027-03-01' });
    expect(of([place], { delinquentOn: null, dueOn: '2026-12-01' }).choosableOn).toBe('2027-03-01');
    expect(of([{ ...place, debtorKinds: ['business'] }], {}).why).toBe('debtor-kind');
    const reachable: Strategy = { ...place, requires: ['address', 'telephone'] };
    expect(of([reachable], { hasAddress: false }).why).toBe('no-address');
    expect(of([reachable], { hasTelephone: false }).why).toBe('no-telephone');
    expect(of([reachable, report], { hasTelephone: false }).why).toBe('waiting');
  });

  it('is no strategy where there are second referrals alone, and no stop that leaves the act as it is', () => {
    expect(of([{ ...place, round: 2 }], {}).why).toBe('no-strategy');
    expect(of([report], { stops: ['hardship'] }).why).toBe('waiting');
  });
});
