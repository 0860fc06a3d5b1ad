import { describe, expect, it } from '@jest/globals';
import type { Act, DebtSnapshot, IsoDate, ProofSnapshot } from '@concord/plugin-sdk';
import type { Rule } from '../../rule.js';
import { councilDebt } from '../../testing/debts-abroad.js';
import { stopOf } from '../../testing/reportable-debt.js';
import { cameBack, onRecord, said, sent } from '../../testing/said.js';
import { GB_SUBJECTS } from './proof-subjects.js';
import { ukCt01 } from './uk-ct-01.js';
import { ukGdpr01 } from './uk-gdpr-01.js';
import { ukTcg01 } from './uk-tcg-01.js';
import { ukTcg02 } from './uk-tcg-02.js';
import { ukTcg03 } from './uk-tcg-03.js';

const enforce = (rule: Rule, date: IsoDate, ...proofs: ProofSnapshot[]): readonly string[] =>
  said(rule, councilDebt({ proofs }), 'enforce-judgment', date);
const notice = (on: IsoDate): ProofSnapshot => sent(GB_SUBJECTS.noticeOfEnforcement, on);

describe('UK-TCG-01', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => enforce(ukTcg01, date, ...proofs);

  it.each([
    ['one Sunday', '2026-03-02', '2026-03-11'],
    ['one Sunday, given on a Friday: Saturdays count', '2026-03-06', '2026-03-15'],
    ['Good Friday, Easter Monday and two Sundays', '2026-03-30', '2026-04-10'],
    ['Christmas, Boxing Day and its substitute, the New Year and a Sunday', '2026-12-21', '2027-01-03'],
  ])('leaves seven clear days over %s', (_, given, from) => {
    expect(on(given, notice(given))).toEqual([`block ${from}`]);
    expect(on(from, notice(given))).toEqual([]);
  });

  it.each([
    ['no notice', [], ['block by proof']],
    ['one that came back while it ran', [notice('2026-03-02'), cameBack('2026-03-09')], ['block by proof']],
    [
      'one to an address that was left',
      [notice('2026-03-02'), onRecord(GB_SUBJECTS.addressChanged, '2026-03-20')],
      ['block by proof'],
    ],
    [
      'one of the very day of the move',
      [notice('2026-03-20'), onRecord(GB_SUBJECTS.addressChanged, '2026-03-20')],
      ['block by proof'],
    ],
    [
      'one before the debtor said by telephone that they moved',
      [notice('2026-03-02'), { kind: 'conversation-held', on: '2026-03-20', subject: GB_SUBJECTS.addressChanged }],
      ['block by proof'],
    ],
    ['one to the new address', [onRecord(GB_SUBJECTS.addressChanged, '2026-03-20'), notice('2026-03-21')], []],
  ] as [string, ProofSnapshot[], string[]][])('judges %s', (_, proofs, verdict) => {
    expect(on('2026-04-30', ...proofs)).toEqual(verdict);
  });

  it("asks for a notice after the day on which the debtor's address became another one, and no co-debtor's", () => {
    const moved = (role: 'debtor' | 'co-debtor', addressSince: IsoDate, given: IsoDate) => {
      const parties = councilDebt().parties.map((party) => ({ ...party, role, addressSince }));
      return said(ukTcg01, councilDebt({ parties, proofs: [notice(given)] }), 'enforce-judgment', '2026-04-30');
    };
    expect(moved('debtor', '2026-03-20', '2026-03-02')).toEqual(['block by proof']);
    expect(moved('debtor', '2026-03-20', '2026-03-20')).toEqual(['block by proof']);
    expect(moved('debtor', '2026-03-20', '2026-03-21')).toEqual([]);
    expect(moved('debtor', '2026-05-01', '2026-03-02')).toEqual([]);
    expect(moved('co-debtor', '2026-03-20', '2026-03-02')).toEqual([]);
  });
});

describe('UK-TCG-02', () => {
  const on = (date: IsoDate, ...proofs: ProofSnapshot[]) => enforce(ukTcg02, date, ...proofs);

  it.each([
    ['2026-03-10', '2027-03-09', '2027-03-10'],
    ['2028-02-29', '2029-02-28', '2029-03-01'],
    ['2027-03-01', '2028-02-29', '2028-03-01'],
  ])('returns the case twelve months after a notice of %s', (given, last, late) => {
    expect(on(last, notice(given))).toEqual([]);
    expect(on(late, notice(given))).toEqual(['close by proof']);
    expect(
      ukTcg02.turningDates?.(councilDebt({ proofs: [notice(given)] }), ukTcg02.parameters, { nth: (_, from) => from }),
    ).toContain(late);
  });

  it('does not let an old notice and a fresh one make up one that can be acted on', () => {
    const proofs = [notice('2025-01-06'), notice('2026-03-02')];
    expect([...enforce(ukTcg01, '2026-03-03', ...proofs), ...on('2026-03-03', ...proofs)]).toEqual([
      'block 2026-03-11',
    ]);
  });

  it('leaves it to UK-TCG-01 where there is none, and goods under control alone', () => {
    expect(on('2027-06-01')).toEqual([]);
    expect(on('2027-06-01', notice('2026-03-02'), onRecord(GB_SUBJECTS.controlTaken, '2026-05-01'))).toEqual([]);
    expect(enforce(ukTcg01, '2027-06-01', notice('2026-03-02'))).toEqual([]);
  });

  it('counts control that was taken while the latest notice could be acted on, and no other', () => {
    const proofs = [notice('2024-01-08'), notice('2026-03-02')];
    const taken = (day: IsoDate) => onRecord(GB_SUBJECTS.controlTaken, day);
    expect(on('2027-06-01', ...proofs, taken('2024-02-01'))).toEqual(['close by proof']);
    expect(on('2027-06-01', ...proofs, taken('2026-03-10'))).toEqual(['close by proof']);
    expect(on('2027-06-01', ...proofs, taken('2026-03-11'))).toEqual([]);
    expect(on('2027-06-01', ...proofs, taken('2027-03-01'))).toEqual([]);
    expect(on('2027-06-01', ...proofs, taken('2027-03-02'))).toEqual(['close by proof']);
  });
});

describe('UK-TCG-03', () => {
  it.each(['vulnerability', 'minor'] as const)('returns the case of somebody with a stop %s', (kind) => {
    const debt = councilDebt({ stops: [stopOf(kind, '2026-03-01', '2026-03-31')] });
    expect(said(ukTcg03, debt, 'enforce-judgment', '2026-03-31')).toEqual(['close 2026-04-01']);
    expect(said(ukTcg03, debt, 'enforce-judgment', '2026-04-01')).toEqual([]);
  });
  it('says nothing of anybody else', () => {
    expect(said(ukTcg03, councilDebt({ stops: [stopOf('hardship')] }), 'enforce-judgment', '2026-03-31')).toEqual([]);
  });
});

describe('UK-CT-01', () => {
  const judged = (judgmentOn: IsoDate | null, act: Act, family: string | null, ...proofs: ProofSnapshot[]) =>
    said(ukCt01, councilDebt({ debt: { family, judgmentOn }, proofs }), act, '2026-06-01');
  const on = (act: Act, family: string | null, ...proofs: ProofSnapshot[]) =>
    judged(family === 'tax' ? null : '2026-01-05', act, family, ...proofs);
  const order = onRecord(GB_SUBJECTS.liabilityOrder, '2026-02-02');
  const charging = onRecord(GB_SUBJECTS.remedyChargingOrder, '2026-03-02');

  it('asks for a liability order', () => {
    expect(on('garnish', 'tax')).toEqual(['block by proof']);
    expect(on('garnish', 'tax', order)).toEqual([]);
    expect(on('garnish', 'tax', { ...order, kind: 'conversation-held' })).toEqual(['block by proof']);
    expect(judged('2026-01-05', 'garnish', 'tax')).toEqual(['block by proof']);
  });
  it('counts no order that a hearing set aside, and none of a hearing that was adjourned', () => {
    const heard = (outcome: NonNullable<ProofSnapshot['outcome']>, day: IsoDate): ProofSnapshot => ({
      kind: 'hearing-outcome',
      on: day,
      subject: GB_SUBJECTS.liabilityOrder,
      outcome,
    });
    expect(on('garnish', 'tax', heard('adjourned', '2026-02-02'))).toEqual(['block by proof']);
    expect(on('garnish', 'tax', heard('upheld', '2026-02-02'))).toEqual([]);
    expect(on('garnish', 'tax', order, heard('adjourned', '2026-03-02'))).toEqual([]);
    expect(on('garnish', 'tax', order, heard('set-aside', '2026-03-02'))).toEqual(['block by proof']);
    const anew = onRecord(GB_SUBJECTS.liabilityOrder, '2026-04-01');
    expect(on('garnish', 'tax', order, heard('set-aside', '2026-03-02'), anew)).toEqual([]);
  });
  it.each<Act>(['enforce-judgment', 'garnish', 'lien'])('asks for a judgment of any other debt before %s', (act) => {
    expect(judged('2026-06-01', act, 'charge')).toEqual([]);
    expect(judged('2026-06-02', act, 'charge')).toEqual(['block by proof']);
    expect(judged(null, act, 'charge', order)).toEqual(['block by proof']);
    expect(judged(null, act, null)).toEqual(['block by proof']);
    expect(judged(null, act, null, order)).toEqual([]);
  });
  it('deducts overpaid benefit from earnings once it was unpaid for 28 days, without an order', () => {
    const overpaid = (dueOn: IsoDate | null, date: IsoDate) =>
      said(ukCt01, councilDebt({ debt: { family: 'overpayment', dueOn } }), 'garnish', date);
    expect(overpaid('2026-02-02', '2026-03-02')).toEqual(['block 2026-03-03']);
    expect(overpaid('2026-02-02', '2026-03-03')).toEqual([]);
    expect(overpaid(null, '2026-03-03')).toEqual(['block by proof']);
    expect(judged(null, 'lien', 'overpayment')).toEqual(['block by proof']);
  });
  it('comes to benefits last', () => {
    const exhausted = onRecord(GB_SUBJECTS.otherRecoveryExhausted, '2026-05-04');
    expect(on('intercept', 'charge')).toEqual(['block by proof']);
    expect(on('intercept', 'charge', exhausted)).toEqual([]);
    expect(on('intercept', 'tax', exhausted)).toEqual(['block by proof']);
    expect(on('intercept', 'tax', exhausted, order)).toEqual([]);
  });
  it('sends no agents while a charging order is in use, and lets that go on', () => {
    expect(on('enforce-judgment', 'tax', order, charging)).toEqual(['block by proof']);
    expect(on('lien', 'tax', order, charging)).toEqual([]);
  });
  it('lets another remedy begin once the first has ended', () => {
    const ended = (on_: IsoDate) => onRecord(GB_SUBJECTS.remedyEnded, on_);
    expect(on('enforce-judgment', 'tax', order, charging, ended('2026-04-01'))).toEqual([]);
    expect(on('enforce-judgment', 'tax', order, charging, ended('2026-03-02'))).toEqual(['block by proof']);
  });
  it('asks for one remedy at a time where nobody has said the kind of the debt', () => {
    expect(on('enforce-judgment', null, charging)).toEqual(['block by proof']);
    expect(on('enforce-judgment', 'charge', charging)).toEqual([]);
  });
});

describe('UK-GDPR-01', () => {
  const on = (date: IsoDate, stops: DebtSnapshot['stops']) => said(ukGdpr01, councilDebt({ stops }), 'report', date);

  it('keeps what is contested, and has whoever was told of it told within the month', () => {
    const stops = [stopOf('dispute', '2026-03-01', '2026-03-31')];
    expect(on('2026-03-31', stops)).toEqual(['block 2026-04-01', 'restrain 2026-04-01 within 20']);
    expect(on('2026-04-01', stops)).toEqual([]);
  });
  it('passes a dispute that says that it is about something else', () => {
    expect(on('2026-03-31', [stopOf('dispute', '2026-03-01', null, { contests: 'service' })])).toEqual([]);
    expect(on('2026-03-31', [stopOf('dispute', '2026-03-01', null, { contests: 'accuracy' })])).toHaveLength(2);
  });
});
