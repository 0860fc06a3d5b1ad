import { describe, expect, it } from '@jest/globals';
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { DebtSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { explain } from './explain.js';
import { judge } from './judge.js';
import { nextLookOn } from './next-look.js';
import { limitsOf } from './strictness.js';
import { CLOCKS_WITHOUT_HOLIDAYS } from './testing/clocks-without-holidays.js';
import { councilDebt, provincialFine } from './testing/debts-abroad.js';
import { REPORTABLE_ON, reportableDebt, stopOf } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;
const FOR_GOOD = '9999-12-31';
const DATE = /^\d{4}-\d{2}-\d{2}$/;

const DEBTS: readonly (readonly [string, (changes: Partial<DebtSnapshot>) => DebtSnapshot])[] = [
  ['the United States', reportableDebt],
  ['England', councilDebt],
  ['Newfoundland and Labrador', provincialFine],
];

/** As an office writes down that something has no end. */
function forGood(kind: StopSnapshot['kind']): StopSnapshot {
  return stopOf(kind, undefined, FOR_GOOD);
}

describe('what is recorded with the last date that there is', () => {
  it.each(DEBTS)('holds as what has no end does, and names no date beyond it: %s', (_where, debtWith) => {
    const referral = { id: 'referral-1', madeOn: '2026-01-02', capMinor: null, expiresOn: FOR_GOOD };
    for (const kind of STOP_KINDS) {
      const debt = debtWith({ stops: [forGood(kind)], referral });
      const without = debtWith({ stops: [stopOf(kind)], referral });
      for (const act of ACTS) {
        const decision = judge(debt, act, TODAY);
        expect([kind, act, limitsOf(decision)]).toEqual([kind, act, limitsOf(judge(without, act, TODAY))]);
        const named = [...decision.reasons.map(({ earliestOn }) => earliestOn), nextLookOn(debt, act, TODAY, decision)];
        for (const date of named) expect(date ?? FOR_GOOD).toMatch(DATE);
        expect(explain(debt, act, TODAY).earliestOn ?? FOR_GOOD).toMatch(DATE);
      }
    }
  });

  it('keeps a breathing space in a crisis that has no end', () => {
    const stop = { ...forGood('moratorium'), details: { scheme: 'mental-health-crisis', treatmentEndedOn: FOR_GOOD } };
    expect(judge(councilDebt({ stops: [stop] }), 'place', TODAY).outcome).toBe('withdraw');
  });
});

describe('a number of days beyond all dates', () => {
  it.each([36_500, 4_000_000, Number.MAX_SAFE_INTEGER])('never lets pass what fewer days hold back: %d', (waitDays) => {
    const override = { rule: 'US-REGF-01', jurisdiction: 'us-tx-example', effectiveFrom: null, effectiveTo: null };
    const options = { overrides: [{ ...override, values: { waitDays } }], clocks: CLOCKS_WITHOUT_HOLIDAYS };
    const explanation = explain(reportableDebt(), 'report', TODAY, options);
    expect(explanation.allowed).toBe(false);
    expect(explanation.reasons).toMatchObject([{ rule: 'US-REGF-01', outcome: 'block' }]);
  });
});
