import { describe, expect, it } from '@jest/globals';
import type { Act, Outcome, StopKind } from '@concord/plugin-sdk';
import { judge, releaseDuty, strictestReleaseDuty } from './judge.js';
import type { JudgeOptions } from './judge.js';
import { nextLookOn } from './next-look.js';
import { RULES } from './register/index.js';
import type { Rule } from './rule.js';
import { limitsOf } from './strictness.js';
import {
  ledgerOf,
  placeableDebt,
  REPORTABLE_ON,
  reportableDebt,
  stopOf,
  TOO_OLD_FROM,
} from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;

describe('judging a report', () => {
  it('allows a debt with nothing in the way', () => {
    expect(judge(reportableDebt(), 'report', TODAY)).toEqual({ outcome: 'allow', reasons: [] });
  });

  const expected: Record<StopKind, readonly Outcome[]> = {
    insolvency: ['block', 'restrain'],
    moratorium: ['block'],
    dispute: ['restrain'],
    deceased: ['withdraw'],
    'active-duty': ['restrain'],
    minor: ['withdraw'],
    hardship: [],
    'do-not-contact': [],
    'hearing-pending': ['restrain'],
    appeal: ['restrain'],
    'judicial-stay': ['block'],
    vulnerability: [],
    arrangement: ['block'],
  };
  it.each(Object.entries(expected) as [StopKind, readonly Outcome[]][])(
    'answers a stop %s with %j',
    (kind, outcomes) => {
      const decision = judge(reportableDebt({ stops: [stopOf(kind)] }), 'report', TODAY);
      expect(decision.reasons.map((reason) => reason.outcome)).toEqual(outcomes);
    },
  );

  it('takes a report back during breathing space, where that law exists', () => {
    const debt = reportableDebt({
      jurisdiction: { id: 'gb-example', country: 'GB', currency: 'GBP' },
      stops: [stopOf('moratorium')],
    });
    expect(judge(debt, 'report', TODAY).outcome).toBe('withdraw');
  });

  it('lets a stop hold on its first and its last day, and on no other', () => {
    const debt = reportableDebt({ stops: [stopOf('judicial-stay', '2026-03-10', '2026-03-20')] });
    const outcomes = ['2026-03-09', '2026-03-10', '2026-03-20', '2026-03-21'].map(
      (date) => judge(debt, 'report', date).outcome,
    );
    expect(outcomes).toEqual(['allow', 'block', 'block', 'allow']);
    expect(judge(debt, 'report', '2026-03-15').reasons[0]?.earliestOn).toBe('2026-03-21');
  });

  it('lists every reason, strictest first, and binds all of them', () => {
    const debt = reportableDebt({ stops: [stopOf('dispute'), stopOf('judicial-stay'), stopOf('deceased')] });
    const decision = judge(debt, 'report', TODAY);
    expect(decision.outcome).toBe('withdraw');
    expect(decision.reasons.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'STOP:deceased withdraw',
      'STOP:judicial-stay block',
      'US-FCRA-03 restrain',
    ]);
    const milder = judge({ ...debt, stops: debt.stops.slice(0, 2) }, 'report', TODAY);
    expect(milder.outcome).toBe('block');
    expect(limitsOf(milder)).toEqual({ mayGrow: false, mayBeActive: false, mustEnd: false });
  });

  it.each([
    ['missing', null, null],
    ['over', { id: 'r', madeOn: '2026-01-02', capMinor: null, expiresOn: '2026-03-15' }, null],
    ['still to begin', { id: 'r', madeOn: '2026-03-20', capMinor: null, expiresOn: null }, '2026-03-20'],
  ])('withdraws when the referral is %s', (_, referral, earliestOn) => {
    const decision = judge(reportableDebt({ referral }), 'report', TODAY);
    expect(decision.outcome).toBe('withdraw');
    expect(decision.reasons).toMatchObject([{ rule: 'REFERRAL', earliestOn }]);
  });

  it('lets a referral count on its last day', () => {
    const referral = { id: 'r', madeOn: '2026-01-02', capMinor: null, expiresOn: TODAY };
    expect(judge(reportableDebt({ referral }), 'report', TODAY).outcome).toBe('allow');
  });

  it('refuses an act that has no table of stops, instead of letting it pass', () => {
    const debt = reportableDebt({ stops: [stopOf('insolvency')] });
    expect(() => judge(debt, 'garnish', TODAY, { stops: {} })).toThrow('garnish');
  });

  it('falls back to the table when the rule that decides a stop is not in force', () => {
    const debt = reportableDebt({ stops: [stopOf('insolvency')] });
    const { reasons } = judge(debt, 'report', TODAY, { rules: [] });
    expect(reasons.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
      'STOP:insolvency block',
      'STOP:insolvency restrain',
    ]);
  });

  it('leaves it to the rule that says the same with a source of its own, where that is in force', () => {
    const debt = placeableDebt({ ledger: ledgerOf({ assessedMinor: 500, paidMinor: 500 }) });
    const rules = RULES.filter(({ id }) => id !== 'US-REGF-08');
    const named = (options: JudgeOptions, act: Act = 'place'): readonly string[] =>
      judge(debt, act, TODAY, options).reasons.flatMap(({ rule, outcome }) => (outcome === 'close' ? [rule] : []));
    expect([named({}), named({ rules }), named({}, 'report')]).toEqual([['US-REGF-08'], ['PAID'], ['PAID']]);
  });

  it('gives the shortest release duty, with the tenant’s own value on its dates', () => {
    const debt = reportableDebt({ stops: [stopOf('insolvency')] });
    const overrides = [
      {
        rule: 'US-BK-01',
        jurisdiction: debt.jurisdiction.id,
        effectiveFrom: '2026-04-01',
        effectiveTo: null,
        values: { releaseBusinessDays: 0 },
      },
    ];
    expect(releaseDuty(debt, 'report', '2026-03-31', { overrides })).toEqual({ withinBusinessDays: 1 });
    expect(releaseDuty(debt, 'report', '2026-04-01', { overrides })).toEqual({ withinBusinessDays: 0 });
    expect(releaseDuty(reportableDebt(), 'report', TODAY)).toBeNull();
  });

  it('names the rule that sets the release duty, which need not be that of the strictest outcome', () => {
    const debt = reportableDebt({ stops: [stopOf('deceased'), stopOf('insolvency')] });
    expect(judge(debt, 'report', TODAY).reasons[0]?.rule).toBe('STOP:deceased');
    expect(strictestReleaseDuty(debt, 'report', TODAY)).toEqual({ rule: 'US-BK-01', withinBusinessDays: 1 });
  });

  it('applies a rule only in its jurisdictions, acts and dates', () => {
    const rule: Rule = {
      id: 'TEST-01',
      title: 'Test',
      jurisdictions: { ids: ['us-tx-example'] },
      acts: ['report'],
      effectiveFrom: '2026-03-10',
      effectiveTo: '2026-03-20',
      citation: null,
      confirmed: 'no',
      note: null,
      parameters: {},
      judge: () => [{ outcome: 'block', reason: 'Test', earliestOn: null }],
    };
    const outcome = (date: string, each: Rule): Outcome =>
      judge(reportableDebt(), 'report', date, { rules: [each] }).outcome;
    expect(['2026-03-09', '2026-03-10', '2026-03-20', '2026-03-21'].map((date) => outcome(date, rule))).toEqual([
      'allow',
      'block',
      'block',
      'allow',
    ]);
    expect(outcome(TODAY, { ...rule, jurisdictions: { countries: ['CA'] } })).toBe('allow');
    expect(outcome(TODAY, { ...rule, jurisdictions: { countries: ['US'], ids: ['elsewhere'] } })).toBe('block');
    expect(outcome(TODAY, { ...rule, acts: ['place'] })).toBe('allow');
  });
});

describe('the next look', () => {
  const look = (changes: Parameters<typeof reportableDebt>[0], date = TODAY): string | null => {
    const debt = reportableDebt(changes);
    return nextLookOn(debt, 'report', date, judge(debt, 'report', date));
  };

  it('is the day on which a report becomes too old, while only facts can change the outcome before', () => {
    expect(look({})).toBe(TOO_OLD_FROM);
    expect(look({ stops: [stopOf('dispute')] })).toBe(TOO_OLD_FROM);
    expect(look({}, TOO_OLD_FROM)).toBeNull();
  });

  it('is the day after a stop’s last day, or the first day of one to come', () => {
    expect(look({ stops: [stopOf('dispute', '2026-03-01', '2026-03-31')] })).toBe('2026-04-01');
    expect(look({ stops: [stopOf('dispute', '2026-05-01'), stopOf('moratorium', '2026-03-01', '2026-06-30')] })).toBe(
      '2026-05-01',
    );
  });

  it('is the day after the referral’s last day', () => {
    expect(look({ referral: { id: 'r', madeOn: '2026-01-02', capMinor: null, expiresOn: '2028-02-28' } })).toBe(
      '2028-02-29',
    );
  });

  it('is the day on which a fact in the debt takes effect, though nothing objects until then', () => {
    const stop = stopOf('insolvency', '2026-03-01', null, { reliefOn: '2026-03-10', dischargedOn: '2026-08-03' });
    expect(look({ stops: [stop] })).toBe('2026-08-03');
  });

  it('is the day on which a rule’s parameters change', () => {
    const debt = reportableDebt();
    const overrides = [
      {
        rule: 'US-FCRA-01',
        jurisdiction: debt.jurisdiction.id,
        effectiveFrom: '2026-07-01',
        effectiveTo: '2026-12-31',
        values: { currency: 'CAD' },
      },
    ];
    const lookFrom = (date: string): string | null =>
      nextLookOn(debt, 'report', date, judge(debt, 'report', date, { overrides }), { overrides });
    expect([lookFrom(TODAY), lookFrom('2026-07-01'), lookFrom('2027-01-01')]).toEqual([
      '2026-07-01',
      '2027-01-01',
      TOO_OLD_FROM,
    ]);
  });
});
