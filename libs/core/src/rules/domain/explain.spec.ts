import { describe, expect, it } from '@jest/globals';
import { explain, firstDay } from './explain.js';
import { ledgerOf, placeableDebt, REPORTABLE_ON, reportableDebt, stopOf } from './testing/reportable-debt.js';

const TODAY = REPORTABLE_ON;
const passed = (explanation: ReturnType<typeof explain>, rule: string) =>
  explanation.passed.find((each) => each.rule === rule);

describe('explaining an act', () => {
  it('says what passed, and on which proof', () => {
    const explanation = explain(reportableDebt(), 'report', TODAY);
    expect(explanation).toMatchObject({ allowed: true, outcome: 'allow', earliestOn: TODAY, reasons: [] });
    expect(explanation.says).toBe(
      `On ${TODAY} no rule on record keeps the office from it: it may report this debt to a credit bureau.`,
    );
    expect(passed(explanation, 'US-REGF-01')).toEqual({
      rule: 'US-REGF-01',
      title: 'Reported only after the consumer was told',
      citation: '12 CFR 1006.30(a)(1), comments 2 and 3',
      confirmed: 'yes',
      proofs: [{ kind: 'notice-sent', on: '2025-09-01' }],
    });
    expect(passed(explanation, 'US-FCRA-04')).toMatchObject({ proofs: [] });
  });

  it('names each of several proofs that would do alone, and none that would not', () => {
    const proofs = [
      { kind: 'notice-sent', on: '2025-09-01' },
      { kind: 'notice-sent', on: TODAY },
      { kind: 'conversation-held', on: '2025-10-01' },
    ] as const;
    const explanation = explain(reportableDebt({ proofs }), 'report', TODAY);
    expect(passed(explanation, 'US-REGF-01')?.proofs).toEqual([proofs[0], proofs[2]]);
  });

  it('says why not, with citation and earliest day', () => {
    const debt = reportableDebt({ proofs: [{ kind: 'notice-sent', on: TODAY }] });
    const explanation = explain(debt, 'report', TODAY);
    expect(explanation).toMatchObject({ allowed: false, outcome: 'block', earliestOn: '2026-03-30' });
    expect(explanation.reasons).toMatchObject([{ rule: 'US-REGF-01', citation: expect.stringContaining('1006.30') }]);
    expect(explanation.says).toBe(
      `On ${TODAY} the office may not report this debt to a credit bureau. By what is on record, it may from 2026-03-30.`,
    );
    expect(passed(explanation, 'US-REGF-01')).toBeUndefined();
  });

  it('says why no source is named, where none is', () => {
    const debt = reportableDebt({ stops: [stopOf('appeal'), stopOf('dispute')] });
    const { reasons } = explain(debt, 'report', TODAY);
    const why = (rule: string) => reasons.find((each) => each.rule === rule)?.withoutCitation;
    expect(why('STOP:appeal')).toContain('Under appeal the debt is contested');
    expect(why('US-FCRA-03')).toBeNull();
  });

  it('says so where no day will do', () => {
    const explanation = explain(reportableDebt({ proofs: [] }), 'report', TODAY);
    expect(explanation.earliestOn).toBeNull();
    expect(explanation.says).toContain('something on record must change first');
  });

  it('says that what stands must end, or be taken back', () => {
    const paid = placeableDebt({ ledger: ledgerOf({ assessedMinor: 500, paidMinor: 500 }) });
    expect(explain(paid, 'place', TODAY).says).toContain('it must end');
    const minor = placeableDebt({ stops: [stopOf('minor')] });
    expect(explain(minor, 'place', TODAY).says).toContain('it must be taken back');
  });

  it('allows with a mark what may stand with one', () => {
    const explanation = explain(reportableDebt({ stops: [stopOf('dispute')] }), 'report', TODAY);
    expect(explanation).toMatchObject({ allowed: true, outcome: 'restrain', earliestOn: TODAY });
    expect(explanation.says).toContain('only if it says what is named here with it');
  });

  it('is about the law, and needs no referral', () => {
    expect(explain(placeableDebt({ referral: null }), 'place', TODAY).allowed).toBe(true);
  });
});

describe('the first day on which an act may be done', () => {
  it('waits for everything that stands in the way, one after the other', () => {
    const stops = [
      stopOf('judicial-stay', '2026-03-01', '2026-04-05'),
      stopOf('moratorium', '2026-04-06', '2026-05-01'),
    ];
    const debt = reportableDebt({ proofs: [{ kind: 'notice-sent', on: TODAY }], stops });
    expect(firstDay(debt, 'report', TODAY)).toBe('2026-05-02');
  });

  it('is no day in between that another stop takes', () => {
    const stops = [stopOf('judicial-stay', '2026-03-01', '2026-04-05'), stopOf('minor', '2026-04-01')];
    expect(firstDay(reportableDebt({ stops }), 'report', TODAY)).toBeNull();
  });
});
