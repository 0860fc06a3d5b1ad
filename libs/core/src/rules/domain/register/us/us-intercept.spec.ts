import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot, ProofSnapshot } from '@concord/plugin-sdk';
import { itemisationOf, ledgerOf, reportableDebt } from '../../testing/reportable-debt.js';
import { debtOf, hearingOf, noticeOf, paperOf, returnOf, said } from './testing/verdict.js';
import { usCaIic01 } from './us-ca-iic-01.js';
import { usIl01 } from './us-il-01.js';
import { usNc01 } from './us-nc-01.js';
import { usNc02 } from './us-nc-02.js';
import { usNc04 } from './us-nc-04.js';
import { usTop01 } from './us-top-01.js';
import { usTop02 } from './us-top-02.js';
import { usTop03 } from './us-top-03.js';

const paid = { ledger: ledgerOf({ assessedMinor: 50_000, paidMinor: 50_000 }) };
const settled = { ledger: ledgerOf({ assessedMinor: 50_000, paidMinor: 30_000, settled: true }) };
const unnumbered = { parties: reportableDebt().parties.map((party) => ({ ...party, identifiers: {} })) };

describe('US-TOP-01', () => {
  const certified = { method: 'certified-mail', tracked: true };
  const sent = (more: Partial<ProofSnapshot>, office = 'us-nm-example') =>
    debtOf(office, {}, [noticeOf('federal-offset-notice', '2026-01-05', more)]);

  it('waits until sixty days have passed in full since a certified letter', () => {
    expect(said(usTop01, sent(certified), 'intercept', '2026-01-04')).toEqual([
      'block without a notice by certified mail',
    ]);
    expect(said(usTop01, sent(certified), 'intercept', '2026-01-05')).toEqual(['block from 2026-03-07']);
    expect(said(usTop01, sent(certified), 'intercept', '2026-03-06')).toEqual(['block from 2026-03-07']);
    expect(said(usTop01, sent(certified), 'intercept', '2026-03-07')).toEqual([]);
  });
  it('counts no plain letter, and none without the number of its carrier', () => {
    for (const more of [{}, { method: 'certified-mail' }, { method: 'certified-mail', tracked: false }]) {
      expect(said(usTop01, sent(more), 'intercept', '2026-12-01')).toEqual([
        'block without a notice by certified mail',
      ]);
    }
  });
  it('leaves local offices to their own State’s rule, and holds a State itself', () => {
    for (const office of ['us-ca-berkeley', 'us-il-chicago', 'us-nc-example']) {
      expect(said(usTop01, debtOf(office), 'intercept', '2026-03-16')).toEqual([]);
    }
    expect(said(usTop01, debtOf('us-ca'), 'intercept', '2026-03-16')).toHaveLength(1);
  });
});

describe('US-TOP-02', () => {
  it('tells the programme within a week that nothing is owed', () => {
    expect(said(usTop02, debtOf('us-nm-example'), 'intercept', '2026-03-16')).toEqual([]);
    for (const changes of [paid, settled]) {
      expect(said(usTop02, debtOf('us-nm-example', {}, [], changes), 'intercept', '2026-03-16')).toEqual([
        'close within 5',
      ]);
    }
  });
  it('takes back a debt that a hearing set aside, unless a later one upheld it', () => {
    const aside = hearingOf('2026-03-10', 'set-aside', 'tax-hearing');
    expect(said(usTop02, debtOf('us-nm-example', {}, [aside]), 'intercept', '2026-03-09')).toEqual([]);
    expect(said(usTop02, debtOf('us-nm-example', {}, [aside]), 'intercept', '2026-03-10')).toEqual([
      'withdraw within 5',
    ]);
    const both = [aside, hearingOf('2026-03-12', 'upheld', 'tax-hearing')];
    expect(said(usTop02, debtOf('us-nm-example', {}, both), 'intercept', '2026-03-12')).toEqual([]);
  });
});

describe('US-TOP-03', () => {
  const on = '2026-03-16';
  it('holds a local debt until the programme is set, and takes it back from a federal one', () => {
    expect(said(usTop03, debtOf('us-nm-example'), 'intercept', on)).toEqual(["block without the office's programme"]);
    expect(said(usTop03, debtOf('us-nm-example'), 'intercept', on, { programme: 'state' })).toEqual([]);
    expect(
      said(usTop03, debtOf('us-nm-example', { family: 'tax' }), 'intercept', on, { programme: 'federal' }),
    ).toEqual(['withdraw']);
  });
  it('knows the programmes of California, Illinois and North Carolina', () => {
    for (const office of ['us-ca-berkeley', 'us-il-chicago', 'us-nc-example']) {
      expect(said(usTop03, debtOf(office), 'intercept', on)).toEqual([]);
      expect(said(usTop03, debtOf(office), 'intercept', on, { programme: 'federal' })).toEqual(['withdraw']);
    }
  });
  it('holds every debt where a word is set that is no programme', () => {
    for (const office of ['us-ca-berkeley', 'us-nm-example']) {
      expect(said(usTop03, debtOf(office), 'intercept', on, { programme: 'Federal' })).toEqual([
        "block without the office's programme",
      ]);
    }
  });
  it('lets a State’s taxes go, and nothing else of a State', () => {
    const federal = { programme: 'federal' };
    expect(said(usTop03, debtOf('us-or', { family: 'tax' }), 'intercept', on, federal)).toEqual([]);
    expect(said(usTop03, debtOf('us-or', { family: 'fine' }), 'intercept', on, federal)).toEqual(['withdraw']);
    expect(said(usTop03, debtOf('us-or', { family: null }), 'intercept', on)).toEqual([
      "block without the office's programme",
    ]);
  });
});

describe('US-CA-IIC-01', () => {
  const notice = noticeOf('pre-intercept-notice', '2026-01-05');
  const fine = (proofs: readonly ProofSnapshot[] = [notice], changes: Partial<DebtSnapshot> = {}) =>
    debtOf('us-ca-berkeley', { family: 'fine' }, proofs, {
      ledger: ledgerOf({ assessedMinor: 20_000 }),
      ...changes,
    });
  const ask = (debt: DebtSnapshot, date = '2026-03-16') => said(usCaIic01, debt, 'intercept', date);
  const UNTOLD = ['block', 'restrain'].map(
    (outcome) => `${outcome} without a notice before interception, sent since the debt was itemised`,
  );

  it('waits until thirty days have passed in full since the notice, which counts for a year', () => {
    const RUNNING = ['block from 2026-02-05', 'restrain from 2026-02-05'];
    expect(ask(fine(), '2026-01-05')).toEqual(RUNNING);
    expect(ask(fine(), '2026-02-04')).toEqual(RUNNING);
    expect(ask(fine(), '2026-02-05')).toEqual([]);
    expect(ask(fine(), '2027-01-05')).toEqual([]);
    expect(ask(fine(), '2027-01-06')).toEqual(UNTOLD);
  });
  it('goes on without a gap on a notice of the next year', () => {
    const debt = fine([notice, noticeOf('pre-intercept-notice', '2026-12-01')]);
    for (const date of ['2026-12-15', '2027-01-05', '2027-01-06', '2027-12-01']) expect(ask(debt, date)).toEqual([]);
  });
  it('pauses what stands where the notice of the next year went too late', () => {
    const debt = fine([notice, noticeOf('pre-intercept-notice', '2026-12-20')]);
    expect(ask(debt, '2027-01-05')).toEqual([]);
    expect(ask(debt, '2027-01-06')).toEqual(['block from 2027-01-20', 'restrain from 2027-01-20']);
    expect(ask(debt, '2027-01-20')).toEqual([]);
  });
  it.each([
    ['no notice', []],
    ['a notice of another kind', [noticeOf('validation-notice', '2026-01-05')]],
    ['a notice that came back', [notice, returnOf('2026-01-20')]],
    ['a notice from before the itemisation', [noticeOf('pre-intercept-notice', '2025-05-31')]],
  ])('blocks and pauses with %s', (_, proofs) => {
    expect(ask(fine(proofs))).toEqual(UNTOLD);
  });
  it('counts a notice that outlasted its time, whatever comes back later, and not what came back of another kind', () => {
    expect(ask(fine([notice, returnOf('2026-02-06')]))).toEqual([]);
    expect(ask(fine([notice, returnOf('2026-01-20', 'validation-notice')]))).toEqual([]);
  });
  it('takes no more than the notice said, but may take that', () => {
    const ledger = ledgerOf({ assessedMinor: 20_000, feesMinor: 1 });
    const more = { ledger, itemisation: { ...itemisationOf(ledger), balanceMinor: 20_000 } };
    expect(ask(fine([notice], more))).toEqual(['block without a notice that states what is owed now']);
    const referral = { id: 'r', madeOn: '2026-01-02', capMinor: 20_000, expiresOn: null };
    expect(ask(fine([notice], { ...more, referral }))).toEqual([]);
    expect(ask(fine([notice], { itemisation: null }))).toEqual(UNTOLD);
  });
  it('asks for a number, an amount, and a kind of debt that the programme takes', () => {
    expect(ask(fine([notice], unnumbered))).toEqual(["block without the debtor's Social Security number"]);
    expect(ask(fine([notice], { ledger: ledgerOf({ assessedMinor: 999 }) }))).toEqual(['block']);
    const WITHOUT = "block without a judgment, a court's order or a recorded tax lien";
    const of = (facts: Partial<DebtSnapshot['debt']>, ...proofs: ProofSnapshot[]) => {
      const debt = fine([notice, ...proofs]);
      return ask({ ...debt, debt: { ...debt.debt, ...facts } });
    };
    expect(of({ family: 'charge' })).toEqual([WITHOUT]);
    expect(of({ family: null })).toEqual([WITHOUT]);
    expect(of({ family: 'charge', judgmentOn: '2026-03-16' })).toEqual([]);
    expect(of({ family: 'charge', judgmentOn: '2026-03-17' })).toEqual([WITHOUT]);
    expect(of({ family: 'charge' }, paperOf('court-order', '2026-01-01'))).toEqual([]);
    expect(of({ family: 'charge' }, paperOf('tax-lien-certificate', '2026-01-01'))).toEqual([WITHOUT]);
    expect(of({ family: 'tax' }, paperOf('tax-lien-certificate', '2026-01-01'))).toEqual([]);
  });
});

describe('US-NC-01', () => {
  const notice = noticeOf('debt-setoff-notice', '2026-01-05');
  const final = paperOf('final-determination', '2026-02-10');
  const officer = paperOf('hearing-officer-appointment', '2020-01-01');
  const upheld = hearingOf('2026-02-20', 'upheld', 'setoff-hearing');
  const ask = (proofs: readonly ProofSnapshot[], date: string) =>
    said(usNc01, debtOf('us-nc-example', {}, proofs), 'intercept', date);
  const UNDETERMINED = 'block without the final determination, or the outcome of the hearing';

  it('waits for thirty days since the notice and for the determination', () => {
    expect(ask([], '2026-01-05')).toEqual([
      'block without a notice of set-off, with the right to a hearing',
      UNDETERMINED,
    ]);
    expect(ask([notice], '2026-02-04')).toEqual(['block from 2026-02-05', UNDETERMINED]);
    expect(ask([notice], '2026-12-01')).toEqual([UNDETERMINED]);
    expect(ask([notice, final], '2026-02-10')).toEqual([]);
  });
  it('waits for thirty days since a hearing, and asks by whom it was held', () => {
    expect(ask([notice, officer, upheld], '2026-02-20')).toEqual(['block from 2026-03-23']);
    expect(ask([notice, officer, upheld], '2026-03-22')).toEqual(['block from 2026-03-23']);
    expect(ask([notice, officer, upheld], '2026-03-23')).toEqual([]);
    expect(ask([notice, upheld], '2026-12-01')).toEqual([UNDETERMINED]);
    const late = paperOf('hearing-officer-appointment', '2026-02-21');
    expect(ask([notice, late, upheld], '2026-12-01')).toEqual([UNDETERMINED]);
    expect(ask([notice, officer, hearingOf('2026-02-20', 'adjourned', 'setoff-hearing')], '2026-12-01')).toEqual([
      UNDETERMINED,
    ]);
  });
  it('takes back what a hearing set aside', () => {
    const aside = hearingOf('2026-02-20', 'set-aside', 'setoff-hearing');
    expect(ask([notice, final, officer, aside], '2026-02-20')).toEqual(['withdraw']);
  });
});

describe('US-NC-02 and US-NC-04', () => {
  it('tells the Department within a week that nothing is owed', () => {
    expect(said(usNc02, debtOf('us-nc-example', {}, [], paid), 'intercept', '2026-03-16')).toEqual(['close within 5']);
    expect(said(usNc02, debtOf('us-nc-example'), 'intercept', '2026-03-16')).toEqual([]);
  });
  it('takes debts from fifty dollars on, of persons with a number', () => {
    const of = (assessedMinor: number) => ({ ledger: ledgerOf({ assessedMinor }) });
    const ask = (changes: Partial<DebtSnapshot>, minimum = {}) =>
      said(usNc04, debtOf('us-nc-example', {}, [], changes), 'intercept', '2026-03-16', minimum);
    expect(ask(of(4_999))).toEqual(['block']);
    expect(ask(of(5_000))).toEqual([]);
    expect(ask(of(5_000), { minimumMinor: 5_001 })).toEqual(['block']);
    expect(ask(unnumbered)).toEqual(["block without the debtor's Social Security number"]);
  });
});

describe('US-IL-01', () => {
  const notice = noticeOf('debt-recovery-notice', '2026-01-05');
  const final = paperOf('final-determination', '2026-02-10');
  const ask = (
    proofs: readonly ProofSnapshot[] = [notice, final],
    date = '2026-03-16',
    facts: Partial<DebtSnapshot['debt']> = {},
    changes: Partial<DebtSnapshot> = {},
  ) => said(usIl01, debtOf('us-il-chicago', facts, proofs, changes), 'intercept', date);

  it('asks for the notice, with how it was sent, and for the final determination', () => {
    expect(ask([])).toEqual([
      'block without a notice of recovery, and how it was sent',
      'block without the final determination, and its date',
    ]);
    expect(ask([noticeOf('debt-recovery-notice', '2026-01-05', { method: null }), final])).toEqual([
      'block without a notice of recovery, and how it was sent',
    ]);
    expect(ask([noticeOf('debt-recovery-notice', '2026-03-16'), final])).toEqual(['block from 2026-03-17']);
    expect(ask()).toEqual([]);
  });
  it('ends with the seven years, and wants to know them', () => {
    expect(ask([notice, final], '2032-04-30')).toEqual([]);
    expect(ask([notice, final], '2032-05-01')).toEqual(['close']);
    expect(ask([notice, final], '2026-03-16', { incurredOn: null })).toEqual([
      'block without the date on which the debt arose',
    ]);
  });
  it('matches a person by number, and asks none of a business', () => {
    expect(ask([notice, final], '2026-03-16', {}, unnumbered)).toEqual([
      "block without the debtor's Social Security number",
    ]);
    const parties = unnumbered.parties.map((party) => ({ ...party, kind: 'business' as const }));
    expect(ask([notice, final], '2026-03-16', {}, { parties })).toEqual([]);
  });
  it('takes back what a hearing set aside', () => {
    expect(ask([notice, final, hearingOf('2026-03-01', 'set-aside', 'other')])).toEqual(['withdraw']);
  });
});
