import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../../calendar/domain/iso-date.js';
import { interestToPost } from '../interest/accrual.js';
import type { FrozenPeriod, InterestTerms } from '../interest/terms.js';
import { DEFAULT_ALLOCATION } from '../ledger/allocation-order.js';
import { balanceOf } from '../ledger/balance.js';
import type { Entry, EntryKind } from '../ledger/entry.js';
import type { ChargeRule } from './charge-rule.js';
import { chargesToPost } from './charges-to-post.js';
import type { ChargeableDebt } from './charges-to-post.js';
import { isWronglyCharged } from './wrongly-charged.js';

const LATE_FEE: ChargeRule = {
  ...{ id: 'late-fee', title: 'Late fee', authority: 'example', debtTypes: ['utility'], bucket: 'fee' },
  ...{ amount: { minor: 2_500 }, after: { unit: 'days', count: 30 }, every: null, times: null },
  ...{ from: '2026-01-01', to: null, frozenBy: [] },
};
const TENTH: ChargeRule = {
  ...LATE_FEE,
  ...{ id: 'collection', bucket: 'cost', amount: { percent: '10', of: 'principal', atMostMinor: null } },
};
const TERMS: InterestTerms = {
  ...{ debtTypes: ['utility'], base: 'principal-and-fees', dayCount: 'actual/365', startsOn: 'delinquent' },
  ...{ frozenBy: [], rates: [{ from: '2020-01-01', yearlyPercent: '10' }] },
};
const START = '2026-01-01';

let made = 0;
function entry(kind: EntryKind, amountMinor: number, effectiveOn: string, changes: Partial<Entry> = {}): Entry {
  made += 1;
  const usual = { bookedOn: effectiveOn, caseVersion: made, bucket: null, reverses: null, accrued: false };
  return { id: `entry-${made}`, kind, amountMinor, effectiveOn, ...usual, ...changes };
}

function debt(entries: readonly Entry[], changes: Partial<ChargeableDebt> = {}): ChargeableDebt {
  return { entries, orders: DEFAULT_ALLOCATION, delinquentOn: START, takenInOn: START, interest: null, ...changes };
}
const OWED = debt([entry('assessment', 36_500, '2025-12-01')]);

interface Seen {
  readonly after?: string;
  readonly frozen?: readonly FrozenPeriod[];
  readonly posted?: readonly number[];
}
const follow = (rule: ChargeRule, { after = '2025-12-31', frozen = [], posted = [] }: Seen = {}) => ({
  ...{ rule, after, frozen, posted: new Set(posted) },
});
const charged = (owed: ChargeableDebt, rule: ChargeRule, through = '2026-06-30', seen: Seen = {}) =>
  chargesToPost(owed, [follow(rule, seen)], through).map(({ nth, on, amountMinor }) => [nth, on, amountMinor]);

describe('a charge by rule', () => {
  it('falls due so many days after the first day of delinquency', () => {
    expect(charged(OWED, LATE_FEE, '2026-01-30')).toEqual([]);
    expect(charged(OWED, LATE_FEE, '2026-01-31')).toEqual([[1, '2026-01-31', 2_500]]);
  });

  it('is not posted again', () => {
    expect(charged(OWED, LATE_FEE, '2026-06-30', { posted: [1] })).toEqual([]);
  });

  it('is none where nothing is owed at the end of the day before', () => {
    const paid = (day: string) => debt([...OWED.entries, entry('payment', 36_500, day)]);
    expect(charged(paid('2026-01-30'), LATE_FEE)).toEqual([]);
    expect(charged(paid('2026-01-31'), LATE_FEE)).toHaveLength(1);
  });

  it('is none on a frozen day, and is not made up for', () => {
    const monthly: ChargeRule = { ...LATE_FEE, every: { unit: 'months', count: 1 }, times: 2 };
    const frozen = [{ from: '2026-01-31', to: '2026-02-27' }];
    expect(charged(OWED, monthly, '2026-06-30', { frozen })).toEqual([[2, '2026-02-28', 2_500]]);
  });

  it('is none for days before the debt was taken in', () => {
    expect(charged(debt(OWED.entries, { takenInOn: '2026-01-31' }), LATE_FEE)).toEqual([]);
  });

  it('is a part of the principal, of which a payment took some', () => {
    const paid = debt([...OWED.entries, entry('payment', 6_455, '2026-01-30')]);
    expect(charged(paid, TENTH)).toEqual([[1, '2026-01-31', 3_005]]);
  });

  it('is a part of the balance with the interest that had accrued, posted or not', () => {
    const ofBalance: ChargeRule = { ...TENTH, amount: { percent: '10', of: 'balance', atMostMinor: null } };
    const interest = { terms: TERMS, startsOn: START, frozen: [] };
    expect(charged({ ...OWED, interest }, ofBalance)).toEqual([[1, '2026-01-31', 3_680]]);
  });

  it('is at most so much', () => {
    expect(charged(OWED, { ...TENTH, amount: { percent: '10', of: 'principal', atMostMinor: 3_000 } })).toEqual([
      [1, '2026-01-31', 3_000],
    ]);
  });

  it('is none where a part rounds to nothing', () => {
    const little = debt([entry('assessment', 4, '2025-12-01')]);
    expect(charged(little, TENTH)).toEqual([]);
  });
});

describe('a charge that was posted', () => {
  const day = '2026-01-31';

  it('was right as long as something was owed before it', () => {
    expect(isWronglyCharged(OWED, day, [])).toBe(false);
    expect(isWronglyCharged(debt([...OWED.entries, entry('payment', 36_500, day)]), day, [])).toBe(false);
  });

  it('was wrong where the debt had been paid, as was found later', () => {
    const fee = entry('fee', 2_500, day);
    expect(isWronglyCharged(debt([...OWED.entries, fee, entry('payment', 36_500, '2026-01-30')]), day, [])).toBe(true);
  });

  it('was wrong on a frozen day', () => {
    expect(isWronglyCharged(OWED, day, [{ from: day, to: null }])).toBe(true);
    expect(isWronglyCharged(OWED, day, [{ from: '2026-01-01', to: '2026-01-30' }])).toBe(false);
  });
});

/** Posts charges, then the interest through the day before, as the day does. */
function run(owed: ChargeableDebt, rules: readonly ChargeRule[], after: string, through: string): ChargeableDebt {
  const charges = chargesToPost(
    owed,
    rules.map((rule) => follow(rule, { after })),
    through,
  ).map(({ rule, on, amountMinor }) => entry('fee', amountMinor, on, { bucket: rule.bucket }));
  const entries = [...owed.entries, ...charges];
  const interest = interestToPost({ ...owed, entries, ...owed.interest! }, addDays(through, -1)).map((posting) =>
    entry(posting.amountMinor > 0 ? 'interest' : 'adjustment', Math.abs(posting.amountMinor), posting.on, {
      ...{ accrued: true, bucket: 'interest' },
    }),
  );
  return { ...owed, entries: [...entries, ...interest] };
}

describe('charges and interest by days', () => {
  const day = fc.integer({ min: 0, max: 110 }).map((count) => addDays(START, count));
  const movement = fc.record({
    kind: fc.constantFrom<EntryKind>('payment', 'payment', 'fee', 'assessment', 'waiver'),
    amountMinor: fc.integer({ min: 1, max: 30_000 }),
    on: day,
  });
  const span = fc.record({
    unit: fc.constantFrom('days' as const, 'months' as const),
    count: fc.integer({ min: 1, max: 60 }),
  });
  const rule = fc
    .record({
      amount: fc.oneof(
        fc.record({ minor: fc.integer({ min: 1, max: 5_000 }) }),
        fc.record({
          percent: fc.integer({ min: 0, max: 4_000 }).map((hundredths) => String(hundredths / 100)),
          of: fc.constantFrom('principal' as const, 'balance' as const),
          atMostMinor: fc.option(fc.integer({ min: 1, max: 5_000 })),
        }),
      ),
      bucket: fc.constantFrom('fee' as const, 'cost' as const),
      after: span,
      every: fc.option(span),
    })
    // As configuration has it: what grows on itself has a limit.
    .filter(
      ({ amount, every }) =>
        every === null || 'minor' in amount || amount.of === 'principal' || amount.atMostMinor !== null,
    )
    .map((changes): ChargeRule => ({ ...LATE_FEE, ...changes }));

  it('are those of one run over all of them, to the cent and in every bucket', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90_000 }),
        fc.array(movement, { maxLength: 5 }),
        fc.array(rule, { minLength: 1, maxLength: 2 }),
        fc.array(day, { maxLength: 12 }),
        (assessedMinor, moved, rules, days) => {
          const named = rules.map((each, index) => ({ ...each, id: `rule-${index}` }));
          const entries = [
            entry('assessment', assessedMinor, '2025-12-01'),
            ...moved.map(({ kind, amountMinor, on }) => entry(kind, amountMinor, on)),
          ];
          const owed = debt(entries, { interest: { terms: TERMS, startsOn: START, frozen: [] } });
          const end = addDays(START, 120);
          const atOnce = run(owed, named, START, end);
          const at = [START, ...days.sort(), end];
          const byDays = at.slice(1).reduce((known, through, index) => run(known, named, at[index]!, through), owed);
          const standing = ({ entries: posted }: ChargeableDebt) => balanceOf(posted, DEFAULT_ALLOCATION).buckets;
          expect(standing(byDays)).toEqual(standing(atOnce));
        },
      ),
      { numRuns: 60 },
    );
  });
});
