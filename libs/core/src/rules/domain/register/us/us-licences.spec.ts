import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot, ProofSnapshot, StopSnapshot } from '@concord/plugin-sdk';
import { ledgerOf, stopOf } from '../../testing/reportable-debt.js';
import { debtOf, hearingOf, noticeOf, paperOf, returnOf, said } from './testing/verdict.js';
import { usChi01 } from './us-chi-01.js';
import { usFl01 } from './us-fl-01.js';
import { usLic02 } from './us-lic-02.js';
import { usLic03 } from './us-lic-03.js';

const TODAY = '2026-03-16';

describe('US-CHI-01', () => {
  const ticket = (changes: Partial<DebtSnapshot> = {}, proofs: readonly ProofSnapshot[] = []) =>
    debtOf('us-il-chicago', { dueOn: '2026-01-31' }, proofs, changes);
  const ask = (debt: DebtSnapshot, date = TODAY) => said(usChi01, debt, 'hold', date);

  it('holds for what is overdue only', () => {
    expect(ask(ticket())).toEqual([]);
    expect(ask(ticket(), '2026-01-31')).toEqual(['block from 2026-02-01']);
    expect(ask(ticket(), '2026-02-01')).toEqual([]);
    expect(ask(debtOf('us-il-chicago'))).toEqual(['block without the date by which the debt was to be paid']);
  });
  it.each<[string, Partial<DebtSnapshot>, string]>([
    ['payment', { ledger: ledgerOf({ assessedMinor: 500, paidMinor: 500 }) }, 'close within 0'],
    ['settlement', { ledger: ledgerOf({ assessedMinor: 500, paidMinor: 300, settled: true }) }, 'close within 0'],
    ['an agreement that is kept', { stops: [stopOf('arrangement')] }, 'close within 0'],
    ['a stay', { stops: [stopOf('judicial-stay', '2026-03-01', '2026-03-31')] }, 'close from 2026-04-01 within 0'],
    ['a petition', { stops: [stopOf('insolvency')] }, 'close within 0'],
    [
      'a petition whose case is to be closed',
      { stops: [stopOf('insolvency', '2026-03-01', null, { closedOn: '2026-05-04' })] },
      'close from 2026-05-04 within 0',
    ],
  ])('clears the same day on %s', (_, changes, expected) => {
    expect(ask(ticket(changes))).toEqual([expected]);
  });
  it('clears on an agreement whatever acts the office named for it', () => {
    const stop: StopSnapshot = stopOf('arrangement', '2026-03-01', null, { acts: ['place'] });
    expect(ask(ticket({ stops: [stop] }))).toEqual(['close within 0']);
  });
  it('clears while the parties negotiate', () => {
    const debt = ticket({}, [{ kind: 'conversation-held', on: '2026-03-10', subject: 'good-faith-negotiation' }]);
    expect(ask(debt, '2026-03-09')).toEqual([]);
    expect(ask(debt, '2026-03-10')).toEqual(['close from 2026-04-10 within 0']);
    expect(ask(debt, '2026-04-09')).toEqual(['close from 2026-04-10 within 0']);
    expect(ask(debt, '2026-04-10')).toEqual([]);
  });
});

const notice = noticeOf('suspension-notice', '2026-02-02');
const fine = (office: string, proofs: readonly ProofSnapshot[] = [notice], changes: Partial<DebtSnapshot> = {}) =>
  debtOf(office, { dueOn: '2026-01-31' }, proofs, changes);
const WITHOUT = 'block without a notice of suspension, sent after the default';

describe('US-FL-01', () => {
  const ask = (debt: DebtSnapshot, date = TODAY) => said(usFl01, debt, 'suspend', date);

  it('waits until thirty days have passed in full since the notice', () => {
    expect(ask(fine('us-fl-example'), '2026-02-01')).toEqual([WITHOUT]);
    expect(ask(fine('us-fl-example'), '2026-03-04')).toEqual(['block from 2026-03-05']);
    expect(ask(fine('us-fl-example'), '2026-03-05')).toEqual([]);
  });
  it.each([
    ['that went before the default', [noticeOf('suspension-notice', '2026-01-30')]],
    ['that came back', [notice, returnOf('2026-02-20')]],
    ['of another kind', [noticeOf('reminder', '2026-02-02')]],
  ])('counts no notice %s', (_, proofs) => {
    expect(ask(fine('us-fl-example', proofs))).toEqual([WITHOUT]);
  });
  it('counts none where it is not known when the debt was due', () => {
    expect(ask(debtOf('us-fl-example', { delinquentOn: null }, [notice]))).toEqual([
      'block without the date on which the debt was due',
    ]);
  });
  it('gives the clearance within one business day of payment', () => {
    const ledger = ledgerOf({ assessedMinor: 500, paidMinor: 500 });
    expect(ask(fine('us-fl-example', [notice], { ledger }))).toEqual(['close within 1']);
  });
});

describe('US-LIC-02', () => {
  const ask = (debt: DebtSnapshot, date = TODAY) => said(usLic02, debt, 'suspend', date);

  it('suspends only after the day of the letter that announces it', () => {
    expect(ask(fine('us-tx-example', []))).toEqual([WITHOUT]);
    expect(ask(fine('us-tx-example'), '2026-02-02')).toEqual(['block from 2026-02-03']);
    expect(ask(fine('us-tx-example'), '2026-02-03')).toEqual([]);
  });
  it('suspends for nothing that would have left a blank in it', () => {
    const debt = fine('us-tx-example', [notice], { ledger: ledgerOf({}) });
    const blank = { ...debt, debt: { ...debt.debt, type: ' ', incurredOn: null } };
    expect(ask(blank)).toEqual([
      'block without what this debt is for',
      'block without how much is owed',
      'block without when this debt arose',
    ]);
  });
});

describe('US-LIC-02 and a debt that was paid', () => {
  it('does not say that nobody knew how much was owed', () => {
    const ledger = ledgerOf({ assessedMinor: 500, paidMinor: 500 });
    expect(said(usLic02, fine('us-tx-example', [notice], { ledger }), 'suspend', TODAY)).toEqual([]);
  });
});

describe('US-LIC-03', () => {
  const check = paperOf('ability-to-pay-check', '2026-02-02');
  const ask = (office: string, parameters = {}, proofs = [check], date = TODAY) =>
    said(usLic03, fine(office, proofs), 'suspend', date, parameters);

  it('suspends only where it is known to be lawful', () => {
    expect(ask('us-tx-example')).toEqual(["block without that the State's law allows it"]);
    expect(ask('us-tx-example', { permitted: 'yes' })).toEqual([]);
    expect(ask('us-fl-example')).toEqual([]);
    expect(ask('us-fl-example', { permitted: 'no' })).toEqual(['withdraw']);
    expect(ask('us-fl-example', { permitted: 'No' })).toEqual(["block without that the State's law allows it"]);
  });
  it('asks for a look into ability to pay of the last year', () => {
    const WITHOUT_LOOK = ['block without a look into ability to pay'];
    expect(ask('us-fl-example', {}, [])).toEqual(WITHOUT_LOOK);
    expect(ask('us-fl-example', {}, [check], '2026-02-01')).toEqual(WITHOUT_LOOK);
    expect(ask('us-fl-example', {}, [check], '2027-02-02')).toEqual([]);
    expect(ask('us-fl-example', {}, [check], '2027-02-03')).toEqual(WITHOUT_LOOK);
    const heard = (outcome: 'upheld' | 'adjourned') => [hearingOf('2026-02-02', outcome, 'ability-to-pay-check')];
    expect(ask('us-fl-example', {}, heard('upheld'))).toEqual([]);
    expect(ask('us-fl-example', {}, heard('adjourned'))).toEqual(WITHOUT_LOOK);
  });
});
