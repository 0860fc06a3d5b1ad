import { describe, expect, it } from '@jest/globals';
import { ACTS, PROOF_KINDS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import fc from 'fast-check';
import { addDays } from '../../calendar/domain/iso-date.js';
import { judge } from './judge.js';
import { nextLookOn } from './next-look.js';
import { RULES } from './register/index.js';
import { limitsOf, STRICTNESS } from './strictness.js';
import { CLOCKS_WITHOUT_HOLIDAYS } from './testing/clocks-without-holidays.js';
import { itemisationOf, ledgerOf, REPORTABLE_ON, reportableDebt, stopOf } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;
const OPTIONS = { rules: RULES, clocks: CLOCKS_WITHOUT_HOLIDAYS };
const acts = fc.constantFrom<Act>(...ACTS);
const dates = fc.integer({ min: -60, max: 60 }).map((days) => addDays(TODAY, days));
const stops = fc
  .record({
    kind: fc.constantFrom(...STOP_KINDS),
    from: dates,
    length: fc.option(fc.integer({ min: 0, max: 40 })),
    relief: fc.option(dates),
    discharge: fc.option(dates),
  })
  .map(({ kind, from, length, relief, discharge }) =>
    stopOf(kind, from, length === null ? null : addDays(from, length), {
      ...(relief === null ? {} : { reliefOn: relief }),
      ...(discharge === null ? {} : { dischargedOn: discharge }),
    }),
  );
const debts = fc
  .record({
    stops: fc.array(stops, { maxLength: 4 }),
    delinquentOn: fc.option(dates),
    madeOn: dates,
    expiresOn: fc.option(dates),
    paidMinor: fc.constantFrom(0, 100, 50_000),
    arose: fc.constantFrom(true, true, false, null),
    country: fc.constantFrom('US', 'US', 'GB', 'CA'),
    proofs: fc.array(fc.record({ kind: fc.constantFrom(...PROOF_KINDS), on: dates }), { maxLength: 4 }),
    itemisedOn: fc.option(dates),
    endedOn: fc.option(dates),
    referred: fc.boolean(),
  })
  .map((facts) => {
    const base = reportableDebt();
    const ledger = ledgerOf({ assessedMinor: 50_000, paidMinor: facts.paidMinor });
    const { itemisedOn, endedOn } = facts;
    return reportableDebt({
      jurisdiction: { ...base.jurisdiction, country: facts.country },
      stops: facts.stops,
      proofs: facts.proofs,
      itemisation: itemisedOn === null ? null : { ...itemisationOf(ledger), on: itemisedOn },
      endedReferral: endedOn === null ? null : { id: 'e', endedOn },
      debt: { ...base.debt, delinquentOn: facts.delinquentOn, aroseFromContract: facts.arose },
      referral: facts.referred ? { id: 'r', madeOn: facts.madeOn, capMinor: null, expiresOn: facts.expiresOn } : null,
      ledger,
    });
  });

describe('properties of judging', () => {
  it('takes the strictest reason as the outcome and orders the rest after it', () => {
    fc.assert(
      fc.property(debts, acts, dates, (debt, act, date) => {
        const { outcome, reasons } = judge(debt, act, date, OPTIONS);
        const ranks = reasons.map((reason) => STRICTNESS[reason.outcome]);
        expect(ranks).toEqual([...ranks].sort((a, b) => b - a));
        expect(STRICTNESS[outcome]).toBe(ranks[0] ?? 0);
      }),
    );
  });

  it('never becomes milder by one more stop', () => {
    fc.assert(
      fc.property(debts, stops, acts, dates, (debt, stop, act, date) => {
        const without = judge(debt, act, date, OPTIONS);
        const withStop = judge({ ...debt, stops: [...debt.stops, stop] }, act, date, OPTIONS);
        expect(STRICTNESS[withStop.outcome]).toBeGreaterThanOrEqual(STRICTNESS[without.outcome]);
        const before = limitsOf(without);
        const after = limitsOf(withStop);
        expect([after.mayGrow && !before.mayGrow, after.mayBeActive && !before.mayBeActive]).toEqual([false, false]);
        expect(before.mustEnd && !after.mustEnd).toBe(false);
      }),
    );
  });

  it('says the same on every day before the next look', () => {
    fc.assert(
      fc.property(debts, acts, dates, (debt, act, date) => {
        const decision = judge(debt, act, date, OPTIONS);
        const next = nextLookOn(debt, act, date, decision, OPTIONS);
        if (next !== null) expect(next > date).toBe(true);
        const binding = ({ reasons }: typeof decision): string[] =>
          reasons.map(({ rule, outcome }) => `${rule} ${outcome}`);
        for (let day = addDays(date, 1); day < (next ?? addDays(date, 150)); day = addDays(day, 1)) {
          expect(binding(judge(debt, act, day, OPTIONS))).toEqual(binding(decision));
        }
      }),
      { numRuns: 60 },
    );
  });
});
