import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { decideRecall, recallDueOn } from './recall.js';
import type { ReferralAtWork } from './recall.js';

const TERMS = { withoutPaymentDays: 90 };
const AT_WORK: ReferralAtWork = {
  madeOn: '2026-01-01',
  lastPaidOn: null,
  freeSince: null,
  balanceMinor: 10_000,
  arranged: false,
  stopped: false,
  moneyUncertain: false,
  held: true,
  inFlight: false,
};
/** 90 days after the beginning of the year. */
const DUE = '2026-04-01';

const decide = (changes: Partial<ReferralAtWork> = {}, today = DUE) =>
  decideRecall(TERMS, { ...AT_WORK, ...changes }, today);

describe('a referral that brings nothing', () => {
  test('is taken back on the day on which its time is over, and not before', () => {
    expect(decide({}, '2026-03-31')).toEqual({ recall: false, because: 'too-early', nextOn: DUE });
    expect(decide()).toEqual({ recall: true });
  });

  test('has its time anew from a payment, and from the end of what held the agency back', () => {
    expect(decide({ lastPaidOn: '2026-02-01' })).toMatchObject({ because: 'too-early', nextOn: '2026-05-02' });
    expect(decide({ lastPaidOn: '2025-12-01' })).toEqual({ recall: true });
    expect(decide({ lastPaidOn: '2026-02-01', freeSince: '2026-03-01' })).toMatchObject({ nextOn: '2026-05-30' });
  });

  test.each([
    ['nothing-owed', { balanceMinor: 0 }],
    ['arrangement', { arranged: true }],
    ['stop', { stopped: true }],
    ['money-uncertain', { moneyUncertain: true }],
    ['not-held', { held: false }],
    ['in-flight', { inFlight: true }],
  ] as const)('is left and looked at the next day: %s', (because, changes) => {
    expect(decide(changes)).toEqual({ recall: false, because, nextOn: '2026-04-02' });
  });
});

test('months end with the month where it has no such day', () => {
  expect(recallDueOn({ withoutPaymentMonths: 1 }, '2026-01-31')).toBe('2026-02-28');
  expect(recallDueOn({ withoutPaymentMonths: 12 }, '2027-02-28')).toBe('2028-02-28');
  expect(recallDueOn({ withoutPaymentMonths: 11 }, '2026-03-15')).toBe('2027-02-15');
});

test('the next day that is named is never today or before, so that nothing is asked twice a day', () => {
  const day = fc.constantFrom('2025-11-01', '2026-01-01', '2026-02-15', DUE, '2026-05-01');
  const atWork = fc.record({
    madeOn: day,
    lastPaidOn: fc.option(day, { nil: null }),
    freeSince: fc.option(day, { nil: null }),
    balanceMinor: fc.integer({ min: -1, max: 1 }),
    arranged: fc.boolean(),
    stopped: fc.boolean(),
    moneyUncertain: fc.boolean(),
    held: fc.boolean(),
    inFlight: fc.boolean(),
  });
  fc.assert(
    fc.property(atWork, day, (referral, today) => {
      const decision = decideRecall(TERMS, referral, today);
      if (!decision.recall) expect(decision.nextOn > today).toBe(true);
    }),
  );
});
