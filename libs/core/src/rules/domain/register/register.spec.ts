import { describe, expect, it } from '@jest/globals';
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { DebtSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { describeRule, unconfirmed } from '../describe.js';
import { judge } from '../judge.js';
import { overrideFaults, parametersOf } from '../parameters.js';
import { stopEffect, STOPS_BY_ACT } from '../stops-by-act.js';
import { ledgerOf, placeableDebt, REPORTABLE_ON, reportableDebt, stopOf } from '../testing/reportable-debt.js';
import { RULES } from './index.js';

/** Every reason of one rule for a debt, as `outcome`s, on the day on which the unchanged debt passes. */
function outcomes(rule: string, debt: DebtSnapshot, date = REPORTABLE_ON): readonly string[] {
  return judge(debt, 'report', date)
    .reasons.filter((reason) => reason.rule === rule)
    .map((reason) => reason.outcome);
}

function withDebt(changes: Partial<DebtSnapshot['debt']>): DebtSnapshot {
  return reportableDebt({ debt: { ...reportableDebt().debt, ...changes } });
}

function withParty(changes: Partial<DebtSnapshot['parties'][number]>): DebtSnapshot {
  return reportableDebt({ parties: reportableDebt().parties.map((party) => ({ ...party, ...changes })) });
}

describe('US-NCAP-01', () => {
  it('withdraws a debt that is not from a contract', () => {
    expect(outcomes('US-NCAP-01', withDebt({ aroseFromContract: false }))).toEqual(['withdraw']);
  });
  it('blocks, and does not delete, where nobody has said how the debt arose', () => {
    expect(outcomes('US-NCAP-01', withDebt({ aroseFromContract: null }))).toEqual(['block']);
  });
  it('says nothing outside the United States', () => {
    const debt = {
      ...withDebt({ aroseFromContract: false }),
      jurisdiction: { id: 'x', country: 'CA', currency: 'CAD' },
    };
    expect(judge(debt, 'report', REPORTABLE_ON).outcome).toBe('allow');
  });
});

describe('US-NCAP-02', () => {
  const address = reportableDebt().parties[0]?.address ?? null;
  it.each([
    ['no identifier', withParty({ identifiers: {} })],
    ['an identifier of another country only', withParty({ identifiers: { sin: { identifier: 'i' } } })],
    ['no first name', withParty({ firstName: null })],
    ['a blank surname', withParty({ surname: '  ' })],
    ['no address', withParty({ address: null })],
    ['an address without postal code', withParty({ address: address && { ...address, postalCode: '' } })],
    ['no original creditor classification', withDebt({ originalCreditor: { name: 'CITY', classification: '' } })],
    ['no debtor', reportableDebt({ parties: [] })],
  ])('blocks with %s', (_, debt) => {
    expect(outcomes('US-NCAP-02', debt)).toEqual(['block']);
  });
  it('names each thing that is missing once', () => {
    expect(outcomes('US-NCAP-02', withDebt({ originalCreditor: null }))).toEqual(['block', 'block']);
  });
  it('is content with a date of birth alone', () => {
    expect(outcomes('US-NCAP-02', withParty({ identifiers: { 'date-of-birth': { identifier: 'i' } } }))).toEqual([]);
  });
  it('asks a business for neither first name nor date of birth', () => {
    expect(outcomes('US-NCAP-02', withParty({ kind: 'business', firstName: null, identifiers: {} }))).toEqual([]);
  });
  it('asks the same of a guarantor', () => {
    const { parties } = reportableDebt();
    const guarantors = parties.map((party) => ({ ...party, id: 'g', role: 'guarantor' as const, identifiers: {} }));
    expect(outcomes('US-NCAP-02', reportableDebt({ parties: [...parties, ...guarantors] }))).toEqual(['block']);
  });
});

describe('US-FCRA-01', () => {
  const lastPayment = { on: '2026-03-17', amountMinor: 100 };
  it.each([
    ['a balance off by a cent', reportableDebt({ ledger: ledgerOf({ assessedMinor: 500, balanceMinor: 499 }) })],
    ['a negative assessment', reportableDebt({ ledger: ledgerOf({ assessedMinor: -500, feesMinor: 900 }) })],
    ['a fraction of a cent', reportableDebt({ ledger: ledgerOf({ assessedMinor: 500.5 }) })],
    ['another currency', reportableDebt({ jurisdiction: { id: 'x', country: 'US', currency: 'CAD' } })],
    [
      'a payment of tomorrow',
      reportableDebt({ ledger: ledgerOf({ assessedMinor: 500, paidMinor: 100, lastPayment }) }),
    ],
    ['overdue before it arose', withDebt({ incurredOn: '2025-05-01', delinquentOn: '2025-04-30' })],
  ])('blocks %s', (_, debt) => {
    expect(outcomes('US-FCRA-01', debt)).toEqual(['block']);
  });
  it('waits for a date of delinquency to come', () => {
    const debt = withDebt({ delinquentOn: '2026-03-17' });
    expect(judge(debt, 'report', '2026-03-16').reasons[0]?.earliestOn).toBe('2026-03-17');
    expect(judge(debt, 'report', '2026-03-17').outcome).toBe('allow');
  });
  it('accepts adjustments of either sign that add up', () => {
    expect(
      outcomes('US-FCRA-01', reportableDebt({ ledger: ledgerOf({ assessedMinor: 500, adjustedMinor: -20 }) })),
    ).toEqual([]);
  });
});

describe('US-FCRA-03 and US-FCRA-04', () => {
  it('marks a disputed debt until the dispute ends', () => {
    const debt = reportableDebt({ stops: [stopOf('dispute', '2026-03-01', '2026-03-31')] });
    expect(outcomes('US-FCRA-03', debt)).toEqual(['restrain']);
    expect(outcomes('US-FCRA-03', debt, '2026-04-01')).toEqual([]);
  });
  it('blocks without a date of first delinquency', () => {
    expect(outcomes('US-FCRA-04', withDebt({ delinquentOn: null }))).toEqual(['block']);
  });
});

describe('US-BK-01', () => {
  const on = (details: StopSnapshot['details'], date = REPORTABLE_ON): readonly string[] =>
    outcomes('US-BK-01', reportableDebt({ stops: [stopOf('insolvency', '2026-03-01', null, details)] }), date);

  it('blocks and marks from the petition on', () => {
    expect(on({ chapter: '13' })).toEqual(['block', 'restrain']);
    expect(on({ chapter: '13' }, '2026-02-28')).toEqual([]);
  });
  it.each(['dismissedOn', 'closedOn', 'reliefOn'])('ends on %s, not before', (name) => {
    expect(on({ [name]: '2026-03-17' }, '2026-03-16')).toEqual(['block', 'restrain']);
    expect(on({ [name]: '2026-03-17' }, '2026-03-17')).toEqual([]);
  });
  it('releases nothing for a date that is none', () => {
    expect(on({ dismissedOn: 'soon' })).toEqual(['block', 'restrain']);
    expect(on({ dismissedOn: true })).toEqual(['block', 'restrain']);
  });
  it('keeps a discharged debt held when the case is closed after it', () => {
    expect(on({ dischargedOn: '2026-03-10', closedOn: '2026-03-12' })).toEqual(['block', 'restrain']);
  });
  it.each([
    [{ chapter: '7' }, ['close']],
    [{ dismissedOn: '2026-03-16' }, []],
    [{ reliefOn: '2026-03-17' }, ['close']],
    [{ dischargedOn: '2026-03-10', closedOn: '2026-03-12' }, ['close']],
  ])('ends a placement while the stay lasts: %j', (details, expected) => {
    const debt = placeableDebt({ stops: [stopOf('insolvency', '2026-03-01', null, details)] });
    const reasons = judge(debt, 'place', REPORTABLE_ON).reasons.filter(({ rule }) => rule === 'US-BK-01');
    expect(reasons.map(({ outcome }) => outcome)).toEqual(expected);
    for (const { reason } of reasons) expect(reason).toContain('agency');
  });
  it('is not undone by the end of another petition', () => {
    const stops = [
      stopOf('insolvency', '2026-01-01', null, { dismissedOn: '2026-02-01' }),
      stopOf('insolvency', '2026-03-01'),
    ];
    expect(outcomes('US-BK-01', reportableDebt({ stops }))).toEqual(['block', 'restrain']);
  });
});

describe('PAID', () => {
  const reason = (ledger: DebtSnapshot['ledger']): string | undefined =>
    judge(reportableDebt({ ledger }), 'report', REPORTABLE_ON).reasons[0]?.reason;
  it.each([
    ['paid in full', ledgerOf({ assessedMinor: 500, paidMinor: 500 })],
    ['paid in full', ledgerOf({ assessedMinor: 500, paidMinor: 501 })],
    ['settled', ledgerOf({ assessedMinor: 500, paidMinor: 300, writtenOffMinor: 200, settled: true })],
    ['Nothing is owed', ledgerOf({ assessedMinor: 500, adjustedMinor: 500 })],
  ])('closes as %s', (words, ledger) => {
    expect(judge(reportableDebt({ ledger }), 'report', REPORTABLE_ON).outcome).toBe('close');
    expect(reason(ledger)).toContain(words);
  });
  it('leaves a report open while a settlement still shows a rest', () => {
    expect(reason(ledgerOf({ assessedMinor: 500, paidMinor: 300, settled: true }))).toBeUndefined();
  });
  it('does not close with a cent left', () => {
    expect(reason(ledgerOf({ assessedMinor: 500, paidMinor: 499 }))).toBeUndefined();
  });
});

describe('the register', () => {
  it('has unique ids', () => {
    expect(new Set(RULES.map((rule) => rule.id)).size).toBe(RULES.length);
  });
  it('has a rule yield only to one that judges an act of its own, more narrowly', () => {
    const yielding = RULES.flatMap((rule) => (rule.yieldsTo === undefined ? [] : [rule]));
    expect(yielding.map(({ id }) => id)).toEqual(['PAID']);
    for (const rule of yielding) {
      const other = RULES.find(({ id }) => id === rule.yieldsTo);
      expect(other?.acts.every((act) => rule.acts.includes(act))).toBe(true);
      expect(other?.yieldsTo).toBeUndefined();
    }
  });
  it('describes a rule as plain data', () => {
    for (const rule of RULES) {
      const description = describeRule(rule);
      expect(JSON.parse(JSON.stringify(description))).toEqual(description);
    }
  });
  it('lists what counsel must confirm, and nothing that is confirmed', () => {
    const ids = unconfirmed().map((each) => each.id);
    expect(ids).toContain('US-BK-01');
    expect(ids).toContain('STOP:minor report');
    expect(ids).toContain('STOP:moratorium report GB');
    expect(ids).toContain('STOP:dispute place US');
    expect(ids).toContain('US-REGF-08');
    expect(ids).not.toContain('STOP:insolvency place US');
    expect(ids).not.toContain('US-REGF-01');
    expect(ids).not.toContain('US-FCRA-04');
  });
  it('hands a stop over only to a rule of the register for that act', () => {
    const effects = ACTS.filter((act) => STOPS_BY_ACT[act] !== undefined).flatMap((act) =>
      STOP_KINDS.map((kind) => ({ act, effect: stopEffect(STOPS_BY_ACT, act, kind, 'US') })),
    );
    for (const { act, effect } of effects) {
      if (effect.decidedBy === undefined) continue;
      expect(RULES.find((rule) => rule.id === effect.decidedBy)?.acts).toContain(act);
    }
    expect(effects.filter(({ effect }) => effect.decidedBy !== undefined)).toHaveLength(ACTS.length + 1);
  });
});

describe('parameters', () => {
  const rule = RULES.find((each) => each.id === 'US-BK-01');
  if (rule === undefined) throw new Error('US-BK-01 is missing');
  const override = { rule: 'US-BK-01', jurisdiction: 'j', effectiveTo: null };
  it('takes the override that starts later, and only in its jurisdiction', () => {
    const overrides = [
      { ...override, effectiveFrom: '2026-02-01', values: { releaseBusinessDays: 0 } },
      { ...override, effectiveFrom: null, values: { releaseBusinessDays: 3 } },
    ];
    const days = (jurisdiction: string, date: string): unknown =>
      parametersOf(rule, jurisdiction, date, overrides)['releaseBusinessDays'];
    expect([days('j', '2026-01-31'), days('j', '2026-02-01'), days('k', '2026-02-01')]).toEqual([3, 0, 1]);
  });
  it('finds overrides that can have no effect', () => {
    const of = (id: string, values: Record<string, number | string>) =>
      overrideFaults([{ ...override, rule: id, effectiveFrom: null, values }], RULES).map((fault) => fault.code);
    expect(of('US-BK-99', { x: 1 })).toEqual(['unknown-rule']);
    expect(of('US-BK-01', { releaseDays: 1 })).toEqual(['unknown-parameter']);
    expect(of('US-BK-01', { releaseBusinessDays: '1' })).toEqual(['wrong-type']);
    expect(of('US-BK-01', { releaseBusinessDays: 2 })).toEqual([]);
  });
});
