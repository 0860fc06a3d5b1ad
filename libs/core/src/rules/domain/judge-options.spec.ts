import { describe, expect, it } from '@jest/globals';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { Clocks } from './clocks.js';
import { judge } from './judge.js';
import { nextLookOn } from './next-look.js';
import type { ParameterOverride } from './parameters.js';
import type { Rule } from './rule.js';
import { placeableDebt, REPORTABLE_ON, reportableDebt } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;

/** Every second day counts, whatever the kind. */
const everySecondDay: Clocks = { nth: (_kind, from, n) => addDays(from, 2 * n) };

/** Ten working days after a notice; the notice may be missing. */
const noticed: Rule<{ days: number }> = {
  id: 'TEST-1',
  title: 'Told before',
  jurisdictions: {},
  acts: ['report'],
  effectiveFrom: null,
  effectiveTo: null,
  citation: 'A test',
  confirmed: 'yes',
  note: null,
  parameters: { days: 10 },
  judge({ proofs }, _act, date, { days }, clocks) {
    const sent = proofs.find(({ kind }) => kind === 'notice-sent');
    if (!sent) return [{ outcome: 'block', reason: 'not told', earliestOn: null, missing: 'a notice' }];
    const earliestOn = clocks.nth('working', sent.on, days);
    return date >= earliestOn ? [] : [{ outcome: 'block', reason: 'told too late', earliestOn }];
  },
  turningDates: ({ proofs }, { days }, clocks) => proofs.map(({ on }) => clocks.nth('working', on, days)),
};
const rules = [noticed as unknown as Rule];

describe('judging by clocks', () => {
  const debt = reportableDebt({ proofs: [{ kind: 'notice-sent', on: TODAY }] });
  const options = { rules, clocks: everySecondDay };

  it('counts as the jurisdiction does', () => {
    const decision = judge(debt, 'report', TODAY, options);
    expect(decision.reasons).toMatchObject([{ rule: 'TEST-1', earliestOn: addDays(TODAY, 20) }]);
    expect(judge(debt, 'report', addDays(TODAY, 20), options).outcome).toBe('allow');
  });

  it('looks again on the day that clocks and parameters say, though no reason names it', () => {
    const overrides: ParameterOverride[] = [
      {
        rule: 'TEST-1',
        jurisdiction: debt.jurisdiction.id,
        effectiveFrom: null,
        effectiveTo: null,
        values: { days: 3 },
      },
    ];
    const silent = { outcome: 'allow', reasons: [] } as const;
    expect(nextLookOn(debt, 'report', TODAY, silent, { ...options, overrides })).toBe(addDays(TODAY, 6));
  });

  it('refuses to count other than calendar days where no calendar was given: that is a mistake of ours', () => {
    expect(() => judge(debt, 'report', TODAY, { rules })).toThrow('working');
  });

  it('holds a debt with a date that no calendar covers, and harms nothing else by it', () => {
    const clocks: Clocks = {
      nth: () => {
        throw new RangeError('The calendar covers 1996 to 2046');
      },
    };
    const decision = judge(debt, 'report', TODAY, { rules, clocks });
    expect(decision.reasons).toMatchObject([
      { rule: 'TEST-1', outcome: 'block', citation: 'A test', earliestOn: null },
    ]);
    expect(nextLookOn(debt, 'report', TODAY, decision, { rules, clocks })).toBeNull();
  });
});

describe('a reason', () => {
  it('names the missing proof, and says nothing of one where none is missing', () => {
    const [missing] = judge(reportableDebt({ proofs: [] }), 'report', TODAY, { rules }).reasons;
    expect(missing).toMatchObject({ missing: 'a notice' });
    const late = reportableDebt({ proofs: [{ kind: 'notice-sent', on: TODAY }] });
    const [reason] = judge(late, 'report', TODAY, { rules, clocks: everySecondDay }).reasons;
    expect(reason).not.toHaveProperty('missing');
  });
});

describe('the referral', () => {
  it('is left out where the law alone is asked', () => {
    const debt = placeableDebt({ referral: null });
    expect(judge(debt, 'place', TODAY).reasons.map(({ rule }) => rule)).toEqual(['REFERRAL']);
    expect(judge(debt, 'place', TODAY, { withoutReferral: true }).outcome).toBe('allow');
  });
});
