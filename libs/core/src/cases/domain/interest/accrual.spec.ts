import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { DEFAULT_ALLOCATION } from '../ledger/allocation-order.js';
import { balanceOf } from '../ledger/balance.js';
import { BUCKETS } from '../ledger/entry.js';
import type { Entry, EntryKind } from '../ledger/entry.js';
import { interestToPost } from './accrual.js';
import type { InterestBearing } from './accrual.js';
import type { FrozenPeriod, InterestTerms } from './terms.js';

const TERMS: InterestTerms = {
  debtTypes: ['utility'],
  base: 'principal',
  dayCount: 'actual/365',
  startsOn: 'delinquent',
  frozenBy: [],
  rates: [{ from: '2020-01-01', yearlyPercent: '10' }],
};
const START = '2024-01-01';

let made = 0;
function entry(kind: EntryKind, amountMinor: number, effectiveOn: string, changes: Partial<Entry> = {}): Entry {
  made += 1;
  const id = `entry-${String(made).padStart(7, '0')}`;
  const usual = { bookedOn: effectiveOn, caseVersion: made, bucket: null, reverses: null, accrued: false };
  return { id, kind, amountMinor, effectiveOn, ...usual, ...changes };
}

function debt(entries: readonly Entry[], terms: Partial<InterestTerms> = {}, frozen: readonly FrozenPeriod[] = []) {
  return { entries, orders: DEFAULT_ALLOCATION, terms: { ...TERMS, ...terms }, startsOn: START, frozen };
}

/** Posts interest through each of the days, one accrual after the other. */
function accrue(bearing: InterestBearing, days: readonly string[]): readonly Entry[] {
  return days.reduce((entries, day) => {
    const posted = interestToPost({ ...bearing, entries }, day).map(({ on, amountMinor }) =>
      entry(amountMinor > 0 ? 'interest' : 'adjustment', Math.abs(amountMinor), on, { accrued: true }),
    );
    return [...entries, ...posted];
  }, bearing.entries);
}

const interestIn = (entries: readonly Entry[]) =>
  entries
    .filter(({ accrued }) => accrued)
    .reduce((sum, { kind, amountMinor }) => sum + (kind === 'interest' ? amountMinor : -amountMinor), 0);
const interest = (bearing: InterestBearing, ...days: string[]) => interestIn(accrue(bearing, days));

describe('interest', () => {
  it('is a 365th of the yearly rate a day, both days included', () => {
    const owed = debt([entry('assessment', 365_000, '2023-06-01')]);
    expect(interest(owed, START)).toBe(100);
    expect(interest(owed, '2024-12-31')).toBe(36_600);
    expect(interest(owed, '2023-12-31')).toBe(0);
  });

  it('counts a leap year as one year where days are counted so', () => {
    const owed = debt([entry('assessment', 365_000, '2023-06-01')], { dayCount: 'actual/actual' });
    expect(interest(owed, '2024-12-31')).toBe(36_500);
    expect(interest(owed, '2025-12-31')).toBe(73_000);
  });

  it('follows a statutory rate from the day of its change, and is none without a rate', () => {
    const rates = [
      { from: '2024-01-11', yearlyPercent: '10' },
      { from: '2024-01-21', yearlyPercent: '5.5' },
    ];
    expect(interest(debt([entry('assessment', 365_000, '2023-06-01')], { rates }), '2024-01-30')).toBe(1_550);
  });

  it('is none on the days of a freeze', () => {
    const owed = [entry('assessment', 365_000, '2023-06-01')];
    const frozen = [{ from: '2024-01-05', to: '2024-01-06' }];
    expect(interest(debt(owed, {}, frozen), '2024-01-10')).toBe(800);
    expect(interest(debt(owed, {}, [{ from: '2024-01-05', to: null }]), '2024-01-10')).toBe(400);
  });

  it('runs on fees and costs only where it is to', () => {
    const owed = [entry('assessment', 365_000, '2023-06-01'), entry('fee', 365_000, '2023-06-01')];
    expect(interest(debt(owed), '2024-01-10')).toBe(1_000);
    expect(interest(debt(owed, { base: 'principal-and-fees' }), '2024-01-10')).toBe(2_000);
  });

  it('is due before a payment, which pays it first', () => {
    const paid = entry('payment', 1_000, '2024-01-11');
    const after = accrue(debt([entry('assessment', 365_000, '2023-06-01'), paid]), ['2024-01-31']);
    expect(balanceOf(after, DEFAULT_ALLOCATION, '2024-01-11').allocations.get(paid.id)).toMatchObject({
      interest: 1_000,
      principal: 0,
    });
  });

  it('is taken back as far as a payment that is found late had ended it', () => {
    const owed = debt([entry('assessment', 365_000, '2023-06-01')]);
    const posted = accrue(owed, ['2024-01-31']);
    const late = entry('payment', 365_000 + 1_000, '2024-01-11');
    const corrected = accrue({ ...owed, entries: [...posted, late] }, ['2024-02-29']);
    expect(interestIn(corrected)).toBe(1_000);
    expect(balanceOf(corrected, DEFAULT_ALLOCATION).balanceMinor).toBe(0);
  });

  it('is not posted twice', () => {
    const owed = debt([entry('assessment', 365_000, '2023-06-01')]);
    const posted = accrue(owed, ['2024-01-31']);
    expect(interestToPost({ ...owed, entries: posted }, '2024-01-31')).toEqual([]);
    expect(interestToPost({ ...owed, entries: posted }, '2024-01-15')).toEqual([]);
  });
});

const day = fc.integer({ min: -20, max: 800 }).map((days) => addDays(START, days));
const movements = fc.array(
  fc.record({
    kind: fc.constantFrom<EntryKind>('payment', 'payment', 'fee', 'assessment', 'waiver', 'refund'),
    amountMinor: fc.integer({ min: 1, max: 90_000 }),
    on: day,
    bucket: fc.option(fc.constantFrom(...BUCKETS)),
  }),
  { maxLength: 8 },
);
const bearing = fc
  .record({
    assessedMinor: fc.integer({ min: 1, max: 9_999_999 }),
    movements,
    rates: fc.array(
      fc.record({ from: day, yearlyPercent: fc.integer({ min: 0, max: 3_000 }).map((basis) => String(basis / 100)) }),
      { minLength: 1, maxLength: 4 },
    ),
    base: fc.constantFrom(...(['principal', 'principal-and-fees'] as const)),
    dayCount: fc.constantFrom(...(['actual/365', 'actual/actual'] as const)),
    frozen: fc.array(fc.record({ from: day, to: fc.option(day) }), { maxLength: 2 }),
  })
  .map(({ assessedMinor, movements: moved, frozen, ...terms }) =>
    debt(
      [
        entry('assessment', assessedMinor, '2023-06-01'),
        ...moved.map(({ kind, amountMinor, on, bucket }) =>
          entry(kind, amountMinor, on, { bucket: kind === 'waiver' ? bucket : null }),
        ),
      ],
      terms,
      frozen,
    ),
  );

describe('interest over any split of a period', () => {
  it('equals interest over the whole to the cent, and leaves the same in every bucket', () => {
    fc.assert(
      fc.property(bearing, fc.array(day, { maxLength: 12 }), (owed, splits) => {
        const end = addDays(START, 810);
        const whole = accrue(owed, [end]);
        const split = accrue(owed, [...splits.sort(), end]);
        expect(interestIn(split)).toBe(interestIn(whole));
        expect(balanceOf(split, DEFAULT_ALLOCATION).buckets).toEqual(balanceOf(whole, DEFAULT_ALLOCATION).buckets);
      }),
      { numRuns: 300 },
    );
  });

  it('equals it as well when the entries came to be known one after the other, whatever their dates', () => {
    fc.assert(
      fc.property(bearing, fc.array(day, { minLength: 8, maxLength: 8 }), (owed, accruals) => {
        const end = addDays(START, 810);
        const whole = accrue(owed, [end]);
        const late = owed.entries.reduce<readonly Entry[]>(
          (known, found, index) => accrue({ ...owed, entries: [...known, found] }, accruals.slice(index, index + 1)),
          [],
        );
        const caughtUp = accrue({ ...owed, entries: late }, [end]);
        expect(interestIn(caughtUp)).toBe(interestIn(whole));
        expect(balanceOf(caughtUp, DEFAULT_ALLOCATION).buckets).toEqual(balanceOf(whole, DEFAULT_ALLOCATION).buckets);
      }),
      { numRuns: 300 },
    );
  });
});
