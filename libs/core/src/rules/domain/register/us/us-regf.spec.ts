import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot, IsoDate, ItemisationSnapshot, ProofKind } from '@concord/plugin-sdk';
import { addDays } from '../../../../calendar/domain/iso-date.js';
import { judge, releaseDuty } from '../../judge.js';
import { nextLookOn } from '../../next-look.js';
import {
  ledgerOf,
  placeableDebt,
  REPORTABLE_ON,
  reportableDebt,
  stopOf,
  TOO_OLD_FROM,
} from '../../testing/reportable-debt.js';
import { usRegf08 } from './us-regf-08.js';

const TODAY = REPORTABLE_ON;

describe('US-REGF-01', () => {
  const withProofs = (...proofs: [ProofKind, IsoDate][]): DebtSnapshot =>
    reportableDebt({ proofs: proofs.map(([kind, on]) => ({ kind, on })) });
  /** What is said on a date: `pass`, or since when it could pass. */
  const on = (debt: DebtSnapshot, date: IsoDate): string | null => {
    const { reasons } = judge(debt, 'report', date);
    expect(reasons.every(({ rule, outcome }) => rule === 'US-REGF-01' && outcome === 'block')).toBe(true);
    const [objection] = reasons;
    return objection === undefined ? 'pass' : objection.earliestOn;
  };
  const sent = (date: IsoDate): [ProofKind, IsoDate] => ['notice-sent', date];
  const back = (date: IsoDate): [ProofKind, IsoDate] => ['notice-returned', date];

  it('blocks without any proof, and knows no date', () => {
    expect(on(withProofs(), TODAY)).toBeNull();
  });

  it('waits fourteen days from sending, the day of sending included, as the example to the comment counts', () => {
    const debt = withProofs(sent('2026-05-11'));
    expect(on(debt, '2026-05-10')).toBeNull();
    expect(on(debt, '2026-05-11')).toBe('2026-05-25');
    expect(on(debt, '2026-05-24')).toBe('2026-05-25');
    expect(on(debt, '2026-05-25')).toBe('pass');
  });

  it('waits for the first of two notices only', () => {
    expect(on(withProofs(sent('2026-05-01'), sent('2026-05-09')), '2026-05-14')).toBe('2026-05-15');
    expect(on(withProofs(sent('2026-05-01'), sent('2026-05-09')), '2026-05-15')).toBe('pass');
  });

  it.each([
    ['what came back in time', [sent('2026-05-01'), back('2026-05-10')], null],
    ['what came back on the day of sending', [sent('2026-05-01'), back('2026-05-01')], null],
    ['what came back on the last day', [sent('2026-05-01'), back('2026-05-15')], null],
    ['one sent after another came back', [sent('2026-05-01'), back('2026-05-10'), sent('2026-05-16')], '2026-05-30'],
    ['two on their way when one came back', [sent('2026-05-05'), sent('2026-05-12'), back('2026-05-14')], null],
    [
      'a second that came back as well',
      [sent('2026-04-20'), back('2026-04-25'), sent('2026-05-10'), back('2026-05-12')],
      null,
    ],
  ] as [string, [ProofKind, IsoDate][], IsoDate | null][])('does not count %s', (_, proofs, earliestOn) => {
    expect(on(withProofs(...proofs), '2026-05-18')).toBe(earliestOn);
  });

  it.each([
    ['that outlasted its time before something came back', [sent('2026-04-01'), back('2026-04-16')]],
    [
      'that outlasted its time, though a later one came back',
      [sent('2026-04-01'), sent('2026-05-10'), back('2026-05-12')],
    ],
    ['sent after an earlier one came back', [sent('2026-04-01'), back('2026-04-10'), sent('2026-04-11')]],
  ] as [string, [ProofKind, IsoDate][]][])('counts a notice %s', (_, proofs) => {
    expect(on(withProofs(...proofs), '2026-05-18')).toBe('pass');
  });

  it('passes from the day of a conversation, whatever came back', () => {
    const debt = withProofs(sent('2026-05-01'), back('2026-05-04'), ['conversation-held', '2026-05-06']);
    expect(on(debt, '2026-05-05')).toBeNull();
    expect(on(debt, '2026-05-06')).toBe('pass');
  });

  it('looks again on the day on which a notice has outlasted its time', () => {
    const look = (debt: DebtSnapshot, date: IsoDate) => nextLookOn(debt, 'report', date, judge(debt, 'report', date));
    expect(look(withProofs(sent('2026-05-11')), '2026-05-12')).toBe('2026-05-25');
    expect(look(withProofs(sent('2026-05-11')), '2026-05-01')).toBe('2026-05-11');
    expect(look(withProofs(sent('2026-05-11')), '2026-05-25')).toBe(TOO_OLD_FROM);
  });

  it('asks nothing for a business, nor outside the United States', () => {
    const { parties, jurisdiction } = reportableDebt();
    const business = parties.map((party) => ({ ...party, kind: 'business' as const }));
    expect(judge(reportableDebt({ proofs: [], parties: business }), 'report', TODAY).outcome).toBe('allow');
    const elsewhere = { ...jurisdiction, country: 'CA' };
    expect(judge(reportableDebt({ proofs: [], jurisdiction: elsewhere }), 'report', TODAY).outcome).toBe('allow');
  });

  it('waits as long as the office has set', () => {
    const debt = withProofs(sent('2026-05-11'));
    const overrides = [
      {
        rule: 'US-REGF-01',
        jurisdiction: debt.jurisdiction.id,
        effectiveFrom: null,
        effectiveTo: null,
        values: { waitDays: 21 },
      },
    ];
    const decision = judge(debt, 'report', '2026-05-25', { overrides });
    expect(decision.reasons).toMatchObject([{ rule: 'US-REGF-01', earliestOn: '2026-06-01' }]);
    expect(nextLookOn(debt, 'report', '2026-05-25', decision, { overrides })).toBe('2026-06-01');
  });
});

describe('US-REGF-03', () => {
  const ledger = ledgerOf({
    assessedMinor: 10_000,
    interestMinor: 300,
    feesMinor: 500,
    paidMinor: 2_000,
    adjustedMinor: -50,
    writtenOffMinor: 100,
  });
  const itemised = (changes: Partial<ItemisationSnapshot>): DebtSnapshot => {
    const debt = placeableDebt({ ledger });
    if (debt.itemisation === null) throw new Error('a placeable debt is itemised');
    return { ...debt, itemisation: { ...debt.itemisation, ...changes } };
  };
  const said = (debt: DebtSnapshot): readonly unknown[] =>
    judge(debt, 'place', TODAY).reasons.map(({ rule, outcome, earliestOn }) => [rule, outcome, earliestOn]);

  it('passes numbers that add up, credits of either sign included', () => {
    expect(said(itemised({}))).toEqual([]);
    expect(said(itemised({ on: TODAY }))).toEqual([]);
  });
  it.each([
    ['no itemisation', placeableDebt({ itemisation: null })],
    ['a balance then that is off by a cent', itemised({ balanceMinor: 9_999 })],
    ['interest left out', itemised({ interestSinceMinor: 0 })],
    ['fees left out', itemised({ feesSinceMinor: 0 })],
    ['payments left out', itemised({ paymentsSinceMinor: 0 })],
    ['payments added instead of taken off', itemised({ paymentsSinceMinor: -2_000 })],
    ['credits left out', itemised({ creditsSinceMinor: 0 })],
    ['fractions of a cent that add up', itemised({ interestSinceMinor: 300.5, feesSinceMinor: 499.5 })],
  ])('blocks %s', (_, debt) => {
    expect(said(debt)).toEqual([['US-REGF-03', 'block', null]]);
  });
  it('waits for a day to come', () => {
    const tomorrow = addDays(TODAY, 1);
    const debt = itemised({ on: tomorrow });
    expect(said(debt)).toEqual([['US-REGF-03', 'block', tomorrow]]);
    expect(nextLookOn(debt, 'place', TODAY, judge(debt, 'place', TODAY))).toBe(tomorrow);
    expect(judge(debt, 'place', tomorrow).outcome).toBe('allow');
  });
});

describe('US-REGF-08', () => {
  const said = (debt: DebtSnapshot, date = TODAY): readonly string[] =>
    judge(debt, 'place', date).reasons.map(({ rule, outcome }) => `${rule} ${outcome}`);

  it.each([
    ['paid in full', ledgerOf({ assessedMinor: 500, paidMinor: 500 })],
    ['paid in full', ledgerOf({ assessedMinor: 500, paidMinor: 501 })],
    ['Nothing is owed', ledgerOf({ assessedMinor: 500, writtenOffMinor: 500 })],
    ['settled', ledgerOf({ assessedMinor: 500, paidMinor: 300, adjustedMinor: 200, settled: true })],
    ['settled', ledgerOf({ assessedMinor: 500, paidMinor: 300, settled: true })],
  ])('closes as %s, within one business day', (words, ledger) => {
    const debt = placeableDebt({ ledger });
    expect(said(debt)).toEqual(['US-REGF-08 close']);
    expect(judge(debt, 'place', TODAY).reasons[0]?.reason).toContain(words);
    expect(releaseDuty(debt, 'place', TODAY)).toEqual({ withinBusinessDays: 1 });
  });

  it('leaves a debt of a cent with the agency', () => {
    expect(said(placeableDebt({ ledger: ledgerOf({ assessedMinor: 500, paidMinor: 499 }) }))).toEqual([]);
  });

  it('closes a discharged debt from the discharge on, even after the case was closed', () => {
    const stop = stopOf('insolvency', '2026-01-01', '2026-06-30', {
      dischargedOn: '2026-03-10',
      closedOn: '2026-03-12',
    });
    const debt = placeableDebt({ stops: [stop] });
    expect(said(debt, '2026-03-09')).toEqual(['US-BK-01 close']);
    expect(said(debt, '2026-03-10')).toEqual(['US-BK-01 close', 'US-REGF-08 close']);
    expect(said(debt, '2026-03-20')).toEqual(['US-BK-01 close', 'US-REGF-08 close']);
    expect(judge(debt, 'place', '2026-03-20').reasons.map(({ earliestOn }) => earliestOn)).toEqual([
      '2026-07-01',
      '2026-07-01',
    ]);
    expect(said(debt, '2026-07-01')).toEqual([]);
  });

  it('looks again on the day of a discharge to come, whatever other rules look at', () => {
    const debt = placeableDebt({ stops: [stopOf('insolvency', '2026-01-01', null, { dischargedOn: '2026-05-04' })] });
    const rules = [usRegf08];
    const decision = judge(debt, 'place', TODAY, { rules });
    expect(nextLookOn(debt, 'place', TODAY, decision, { rules })).toBe('2026-05-04');
  });

  it.each(['CA', 'GB'])('leaves it to PAID in %s, which closes as well', (country) => {
    const jurisdiction = { id: 'x', country, currency: 'USD' };
    for (const sums of [{ paidMinor: 500 }, { paidMinor: 300, settled: true }]) {
      const ledger = ledgerOf({ assessedMinor: 500, ...sums });
      expect(said(placeableDebt({ jurisdiction, ledger }))).toEqual(['PAID close']);
    }
  });
});
