import { describe, expect, it } from '@jest/globals';
import type { Act, DebtSnapshot, IsoDate, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { provincialFine } from '../../testing/debts-abroad.js';
import { COUNTED_DAYS } from '../../testing/counted-days.js';
import { ledgerOf, stopOf } from '../../testing/reportable-debt.js';
import { onRecord, said } from '../../testing/said.js';
import { caBia01 } from './ca-bia-01.js';
import { caBia02 } from './ca-bia-02.js';
import { caNl01 } from './ca-nl-01.js';
import { caNl02 } from './ca-nl-02.js';
import { caNl03 } from './ca-nl-03.js';
import { caPriv02 } from './ca-priv-02.js';
import { caRso01 } from './ca-rso-01.js';
import { CA_SUBJECTS } from './proof-subjects.js';

const TODAY = '2026-03-16';
const insolvent = (details: StopSnapshot['details'] = {}, endsOn: IsoDate | null = null): Partial<DebtSnapshot> => ({
  stops: [stopOf('insolvency', '2026-03-01', endsOn, { procedure: 'proposal', ...details })],
});
const PAID = { ledger: ledgerOf({ assessedMinor: 50_000, paidMinor: 50_000 }) };
const SETTLED = { ledger: ledgerOf({ assessedMinor: 50_000, paidMinor: 30_000, settled: true }) };

describe('CA-BIA-01', () => {
  const on = (act: Act, changes: Partial<DebtSnapshot>, date = TODAY) =>
    said(caBia01, provincialFine(changes), act, date);

  it.each<Act>(['place', 'intercept', 'suspend', 'hold', 'enforce-judgment', 'garnish', 'disconnect', 'direct-debit'])(
    'ends %s within a business day',
    (act) => expect(on(act, insolvent())).toEqual(['close within 1']),
  );
  it('stays a claim and does not drop it, and leaves what is registered', () => {
    expect(on('file-claim', insolvent())).toEqual(['block within 1', 'restrain within 1']);
    expect(on('lien', insolvent())).toEqual(['block within 1']);
  });
  it('passes before the filing, and from the day of relief or dismissal', () => {
    expect(on('garnish', insolvent(), '2026-02-28')).toEqual([]);
    expect(on('garnish', insolvent({ reliefOn: '2026-05-01' }))).toEqual(['close 2026-05-01 within 1']);
    expect(on('garnish', insolvent({ reliefOn: '2026-05-01' }), '2026-05-01')).toEqual([]);
    expect(on('garnish', insolvent({ dismissedOn: TODAY }))).toEqual([]);
  });
  it("does not end with the trustee's work, nor by a discharge", () => {
    expect(on('garnish', insolvent({ closedOn: '2026-03-10' }))).toEqual(['close within 1']);
    expect(on('garnish', insolvent({ dischargedOn: '2026-03-10', reliefOn: '2026-03-11' }))).toEqual([
      'close within 1',
    ]);
  });
});

describe('CA-BIA-02', () => {
  const on = (changes: Partial<DebtSnapshot>, date = TODAY) => said(caBia02, provincialFine(changes), 'suspend', date);
  it('gives a licence back after the discharge, and says nothing before it', () => {
    expect(on(insolvent({ dischargedOn: '2026-04-01' }))).toEqual([]);
    expect(on(insolvent({ dischargedOn: '2026-04-01' }), '2026-04-01')).toEqual(['withdraw within 1']);
    expect(
      caBia02.turningDates?.(
        provincialFine(insolvent({ dischargedOn: '2026-04-01' })),
        caBia02.parameters,
        COUNTED_DAYS,
      ),
    ).toEqual(['2026-04-01']);
  });
});

describe('CA-RSO-01', () => {
  const CROWN = { creditor: 'crown', agreement: 'RSO-1', releaseBusinessDays: 1 };
  const on = (changes: Partial<DebtSnapshot> = {}, parameters = CROWN, date: IsoDate = TODAY) =>
    said({ ...caRso01, parameters }, provincialFine(changes), 'intercept', date);
  const [party] = provincialFine().parties;

  it('passes a Crown debt under an agreement', () => expect(on()).toEqual([]));
  it('blocks until the office has said whose debts they are, and under which agreement', () => {
    expect(on({}, caRso01.parameters)).toEqual(['block by proof', 'block by proof']);
    expect(on({}, { ...CROWN, agreement: 'none' })).toEqual(['block by proof']);
    expect(on({}, { ...CROWN, creditor: 'municipality' })).toEqual(['block by proof']);
  });
  it('asks for a social insurance number, of a person', () => {
    expect(on({ parties: [{ ...party!, identifiers: {} }] })).toEqual(['block by proof']);
    expect(on({ parties: [{ ...party!, kind: 'business' }] })).toEqual(['block']);
    expect(on({ parties: [] })).toEqual(['block']);
  });
  it.each([
    ['paid', PAID, ['close within 1']],
    ['settled', SETTLED, ['close within 1']],
    ['disputed', { stops: [stopOf('dispute', '2026-03-01', '2026-03-31')] }, ['close 2026-04-01 within 1']],
  ] as [string, Partial<DebtSnapshot>, string[]][])('is cancelled when the debt is %s', (_, changes, verdict) => {
    expect(on(changes)).toEqual(verdict);
  });
});

describe('CA-NL-01', () => {
  const on = (act: Act, changes: Parameters<typeof provincialFine>[0] = {}, date: IsoDate = TODAY) =>
    said(caNl01, provincialFine(changes), act, date);
  const breached = onRecord(CA_SUBJECTS.arrangementBreached, '2026-03-02');
  const approved = (day: IsoDate): ProofSnapshot => onRecord(CA_SUBJECTS.suspensionApproved, day);

  it('refuses a renewal for an unpaid fine', () => expect(on('hold')).toEqual([]));
  it('suspends after a breach only, and when approved', () => {
    expect(on('suspend')).toEqual(['block by proof']);
    expect(on('suspend', { proofs: [breached] })).toEqual(['block by proof']);
    expect(on('suspend', { proofs: [approved('2026-03-01'), breached] })).toEqual(['block by proof']);
    expect(on('suspend', { proofs: [breached, approved('2026-03-05')] })).toEqual([]);
    expect(on('suspend', { proofs: [breached, approved('2026-03-17')] })).toEqual(['block by proof']);
  });
  it('is for fines', () => {
    expect(on('hold', { debt: { family: 'overpayment' } })).toEqual(['block']);
    expect(on('hold', { debt: { family: null } })).toEqual(['block by proof']);
  });
  it('gives back on payment and on an arrangement', () => {
    expect(on('hold', PAID)).toEqual(['close within 1']);
    expect(on('hold', SETTLED)).toEqual(['close within 1']);
    const stops = [stopOf('arrangement', '2026-03-10', null)];
    expect(on('hold', { stops })).toEqual(['close within 1']);
    expect(on('suspend', { stops, proofs: [breached, approved('2026-03-05')] })).toEqual(['close within 1']);
  });
});

describe('CA-NL-02', () => {
  const on = (act: Act, changes: Parameters<typeof provincialFine>[0] = {}, date: IsoDate = TODAY) =>
    said(caNl02, provincialFine(changes), act, date);
  const registered = onRecord(CA_SUBJECTS.fineRegistered, '2026-02-02');

  it('registers 300 dollars and more, once overdue', () => {
    expect(on('file-claim', { ledger: ledgerOf({ assessedMinor: 30_000 }) })).toEqual([]);
    expect(on('file-claim', { ledger: ledgerOf({ assessedMinor: 29_999 }) })).toEqual(['block']);
    expect(on('file-claim', { debt: { dueOn: TODAY } })).toEqual(['block 2026-03-17']);
    expect(on('file-claim', { debt: { dueOn: TODAY } }, '2026-03-17')).toEqual([]);
    expect(on('file-claim', { debt: { dueOn: null, delinquentOn: null } })).toEqual(['block by proof']);
  });
  it.each<Act>(['garnish', 'enforce-judgment', 'lien'])('leaves %s until the fine is registered', (act) => {
    expect(on(act)).toEqual(['block by proof']);
    expect(on(act, { proofs: [registered] })).toEqual([]);
    expect(on(act, { debt: { judgmentOn: '2026-02-02' } })).toEqual([]);
    expect(on(act, { debt: { judgmentOn: '2026-03-17' } })).toEqual(['block by proof']);
  });
  it('has the registration discharged on payment', () => {
    expect(on('garnish', { ...PAID, proofs: [registered] })).toEqual(['close within 1']);
    expect(on('lien', { ...SETTLED, proofs: [registered] })).toEqual(['close within 1']);
  });
  it('asks of other debts only the registration, and holds one of unknown kind to all of it', () => {
    expect(on('garnish', { debt: { family: 'overpayment' } })).toEqual(['block by proof']);
    expect(on('garnish', { debt: { family: 'overpayment', judgmentOn: '2026-02-02' } })).toEqual([]);
    expect(on('file-claim', { debt: { family: 'overpayment' }, ledger: ledgerOf({ assessedMinor: 100 }) })).toEqual([]);
    expect(on('garnish', { debt: { family: null } })).toEqual(['block by proof']);
  });
});

describe('CA-NL-03', () => {
  const on = (debt: Partial<DebtSnapshot['debt']>, date: IsoDate, crownLimit = 'unconfirmed') =>
    said({ ...caNl03, parameters: { crownLimit, years: 6 } }, provincialFine({ debt }), 'file-claim', date);

  it('leaves what is old until counsel has confirmed that no limit bars it', () => {
    expect(on({ dueOn: '2020-03-16' }, '2026-03-15')).toEqual([]);
    expect(on({ dueOn: '2020-03-16' }, '2026-03-16')).toEqual(['block by proof']);
    expect(on({ dueOn: '2020-03-16' }, '2026-03-16', 'removed')).toEqual([]);
    expect(on({ dueOn: null, delinquentOn: null, incurredOn: null }, TODAY)).toEqual(['block by proof']);
  });
  it('says nothing of debts that are no taxes or fines', () => {
    expect(on({ dueOn: '2010-03-16', family: 'overpayment' }, TODAY)).toEqual([]);
    expect(on({ dueOn: '2010-03-16', family: 'tax' }, TODAY)).toEqual(['block by proof']);
    expect(on({ dueOn: '2010-03-16', family: null }, TODAY)).toEqual(['block by proof']);
  });
});

describe('CA-PRIV-02', () => {
  it.each<Act>(['report', 'place'])('does not %s an account that does not add up', (act) => {
    const on = (ledger: DebtSnapshot['ledger']) => said(caPriv02, provincialFine({ ledger }), act, TODAY);
    expect(on(ledgerOf({ assessedMinor: 500, feesMinor: 20, paidMinor: 100, adjustedMinor: -5 }))).toEqual([]);
    expect(on(ledgerOf({ assessedMinor: 500, balanceMinor: 499 }))).toEqual(['block']);
    expect(on(ledgerOf({ assessedMinor: 500.5 }))).toEqual(['block']);
  });
});
