import { describe, expect, it } from '@jest/globals';
import { writeOffGrounds } from './write-off-grounds.js';
import type { OverdueDebt } from './write-off-grounds.js';
import { NO_WRITE_OFF_POLICY } from './write-off-policy.js';
import type { LimitationPeriod, WriteOffPolicy } from './write-off-policy.js';

const debt = (changes: Partial<OverdueDebt> = {}): OverdueDebt => ({
  ...{ type: 'utility', balanceMinor: 10_000, currency: 'USD', overdueSince: '2020-02-29', incurredOn: '2020-01-31' },
  ...{ delinquentOn: '2020-02-29', lastPaymentOn: null, noEstateStop: null, dischargedOn: null },
  ...{ returnedNotices: 0, arranged: false, judged: false },
  ...changes,
});
const policy = (changes: Partial<WriteOffPolicy>): WriteOffPolicy => ({ ...NO_WRITE_OFF_POLICY, ...changes });
const rules = (of: OverdueDebt, by: WriteOffPolicy, asOf: string) =>
  writeOffGrounds(of, by, asOf).map(({ rule }) => rule);

const sixYears: LimitationPeriod = {
  debtTypes: ['utility'],
  years: 6,
  runsFrom: 'delinquent',
  restartsOnPayment: true,
  citation: 'Example Act s.1',
};

describe('grounds for a write-off', () => {
  it('are none where the office states none', () => {
    const everything = debt({ noEstateStop: 's', dischargedOn: '2021-01-01', returnedNotices: 9, balanceMinor: 1 });
    expect(writeOffGrounds(everything, NO_WRITE_OFF_POLICY, '2099-01-01')).toEqual([]);
  });

  it('have an age that is reached on a day', () => {
    const by = policy({ olderThanYears: 5 });
    expect(rules(debt(), by, '2025-02-27')).toEqual([]);
    expect(writeOffGrounds(debt(), by, '2025-02-28')).toEqual([
      { rule: 'WO-AGE', restsOn: "overdue since 2020-02-29; the office's limit is 5 years" },
    ]);
  });

  it('have a cost of collection that is more than what is owed', () => {
    const by = policy({ costOfCollectionMinor: 2_500 });
    expect(rules(debt({ balanceMinor: 2_500 }), by, '2025-01-01')).toEqual([]);
    expect(writeOffGrounds(debt({ balanceMinor: 2_499 }), by, '2025-01-01')).toEqual([
      { rule: 'WO-COST', restsOn: "24.99 USD is owed; the office's cost of collection is 25.00" },
    ]);
  });

  it('have a limitation that says its provision, and starts again where the office says so', () => {
    const by = policy({ limitation: [sixYears] });
    expect(writeOffGrounds(debt(), by, '2026-02-28')).toEqual([
      {
        rule: 'WO-LIMITATION',
        restsOn: 'Example Act s.1: 6 years since it became delinquent on 2020-02-29 ended on 2026-02-28',
      },
    ]);
    const paid = debt({ lastPaymentOn: '2022-05-01' });
    expect(rules(paid, by, '2027-01-01')).toEqual([]);
    expect(rules(paid, by, '2028-05-01')).toEqual(['WO-LIMITATION']);
    expect(rules(paid, policy({ limitation: [{ ...sixYears, restartsOnPayment: false }] }), '2027-01-01')).toEqual([
      'WO-LIMITATION',
    ]);
    expect(rules(debt({ type: 'fine' }), by, '2099-01-01')).toEqual([]);
    expect(rules(debt({ delinquentOn: null }), by, '2099-01-01')).toEqual([]);
    expect(rules(debt({ judged: true }), by, '2099-01-01')).toEqual([]);
  });

  it('have deaths without an estate, discharges that have come, and letters that came back', () => {
    const by = policy({ deceasedWithoutEstate: true, dischargedInsolvency: true, returnedNotices: 2 });
    expect(rules(debt({ noEstateStop: 's' }), by, '2025-01-01')).toEqual(['WO-DECEASED']);
    expect(rules(debt({ dischargedOn: '2025-01-02' }), by, '2025-01-01')).toEqual([]);
    expect(rules(debt({ dischargedOn: '2025-01-02' }), by, '2025-01-02')).toEqual(['WO-DISCHARGED']);
    expect(rules(debt({ returnedNotices: 1 }), by, '2025-01-01')).toEqual([]);
    expect(rules(debt({ returnedNotices: 2 }), by, '2025-01-01')).toEqual(['WO-UNTRACEABLE']);
  });

  it('are none while an arrangement is in force', () => {
    expect(rules(debt({ arranged: true }), policy({ olderThanYears: 1 }), '2025-01-01')).toEqual([]);
  });
});
