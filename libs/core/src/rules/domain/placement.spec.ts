import { describe, expect, it } from '@jest/globals';
import { STOP_KINDS } from '@concord/plugin-sdk';
import type { Decision, DebtSnapshot, Outcome, StopKind } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { judge, releaseDuty } from './judge.js';
import { STOPS_ON_PLACE } from './stops-on-place.js';
import { limitsOf } from './strictness.js';
import { placeableDebt, REPORTABLE_ON, stopOf } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;

function inCountry(country: string, stops: DebtSnapshot['stops'] = []): DebtSnapshot {
  return placeableDebt({ jurisdiction: { id: 'example', country, currency: 'USD' }, stops });
}

function place(debt: DebtSnapshot): Decision {
  return judge(debt, 'place', TODAY);
}

describe('judging a placement', () => {
  it.each(['US', 'CA', 'GB'])('allows a debt with nothing in the way in %s', (country) => {
    expect(place(inCountry(country))).toEqual({ outcome: 'allow', reasons: [] });
  });

  it('asks nothing that only a report needs', () => {
    expect(judge(placeableDebt(), 'report', TODAY).outcome).toBe('withdraw');
  });

  const expected: Record<StopKind, readonly Outcome[]> = {
    insolvency: ['close'],
    moratorium: ['close'],
    dispute: ['block', 'restrain'],
    deceased: ['close'],
    'active-duty': ['block'],
    minor: ['withdraw'],
    hardship: ['block', 'restrain'],
    'do-not-contact': ['block', 'restrain'],
    'hearing-pending': ['block', 'restrain'],
    appeal: ['block', 'restrain'],
    'judicial-stay': ['close'],
    vulnerability: ['block', 'restrain'],
    arrangement: ['block', 'restrain'],
  };
  const cases = Object.entries(expected) as [StopKind, readonly Outcome[]][];
  it.each(cases)('answers a stop %s with %j', (kind, outcomes) => {
    expect(place(inCountry('US', [stopOf(kind)])).reasons.map(({ outcome }) => outcome)).toEqual(outcomes);
  });

  it.each([
    ['US', 'insolvency', 'US-BK-01', '11 USC 362(a),(k)', 'close'],
    ['CA', 'insolvency', 'CA-BIA-01', 'BIA ss.69, 69.1-69.3', 'close'],
    ['GB', 'insolvency', 'STOP:insolvency', null, 'close'],
    ['GB', 'moratorium', 'UK-BS-01', 'SI 2020/1311 regs 7, 25, 26', 'withdraw'],
    ['CA', 'moratorium', 'STOP:moratorium', null, 'close'],
    ['US', 'dispute', 'STOP:dispute', '12 CFR 1006.38(d)', 'block'],
    ['CA', 'dispute', 'STOP:dispute', null, 'block'],
    ['US', 'do-not-contact', 'STOP:do-not-contact', '12 CFR 1006.6(c)', 'block'],
    ['US', 'deceased', 'STOP:deceased', '12 CFR 1006.6(a)(4), comment 34(a)(1)', 'close'],
  ] as const)('cites in %s for %s: %s, %s', (country, kind, rule, citation, outcome) => {
    const decision = place(inCountry(country, [stopOf(kind)]));
    expect(decision.outcome).toBe(outcome);
    expect(decision.reasons[0]).toMatchObject({ rule, citation });
  });

  it('ends a placement of a bankrupt debtor in the United States while US-BK-01 is out of force, too', () => {
    const debt = inCountry('US', [stopOf('insolvency')]);
    const { reasons } = judge(debt, 'place', TODAY, { rules: [] });
    expect(reasons).toMatchObject([{ rule: 'STOP:insolvency', outcome: 'close', citation: '11 USC 362(a)' }]);
  });

  it('opens nothing under a stop that the table answers, alone or with others, in any country', () => {
    const stops = fc.uniqueArray(fc.constantFrom(...STOP_KINDS), { minLength: 1 });
    fc.assert(
      fc.property(stops, fc.constantFrom('US', 'CA', 'GB', 'IE'), (kinds, country) => {
        expect(kinds.every((kind) => STOPS_ON_PLACE[kind].effects.length > 0)).toBe(true);
        const limits = limitsOf(
          place(
            inCountry(
              country,
              kinds.map((kind) => stopOf(kind)),
            ),
          ),
        );
        expect(limits.mayGrow).toBe(false);
        const onlyActiveDuty = kinds.every((kind) => kind === 'active-duty');
        expect(limits.mayBeActive).toBe(onlyActiveDuty);
      }),
    );
  });

  it('leaves a standing placement alone under active duty, and ends it under a stay', () => {
    const limits = (kind: StopKind) => limitsOf(place(inCountry('US', [stopOf(kind)])));
    expect(limits('active-duty')).toEqual({ mayGrow: false, mayBeActive: true, mustEnd: false });
    expect(limits('dispute')).toEqual({ mayGrow: false, mayBeActive: false, mustEnd: false });
    expect(limits('judicial-stay').mustEnd).toBe(true);
  });

  it.each(STOP_KINDS)('speaks of collecting, not of reporting, in the words for %s', (kind) => {
    for (const country of ['US', 'CA', 'GB']) {
      for (const { reason } of place(inCountry(country, [stopOf(kind)])).reasons) expect(reason).not.toMatch(/report/);
    }
  });

  it('has agents told of breathing space the same day, and of a bankruptcy within one business day', () => {
    const duty = (country: string, kind: StopKind) => releaseDuty(inCountry(country, [stopOf(kind)]), 'place', TODAY);
    expect(duty('GB', 'moratorium')).toEqual({ withinBusinessDays: 0 });
    expect(duty('US', 'insolvency')).toEqual({ withinBusinessDays: 1 });
    expect(duty('CA', 'moratorium')).toBeNull();
  });
});
