import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot, ProofSnapshot } from '@concord/plugin-sdk';
import { stopOf } from '../../testing/reportable-debt.js';
import { debtOf, noticeOf, paperOf, said, verdict } from './testing/verdict.js';
import { usAch01 } from './us-ach-01.js';
import { usRegf07 } from './us-regf-07.js';
import { usScra01 } from './us-scra-01.js';
import { usSol01 } from './us-sol-01.js';

const TX = 'us-tx-example';
const WITHOUT = 'block without a certificate on military service, at most 30 days old';

describe('US-SCRA-01', () => {
  const certified = debtOf(TX, {}, [{ kind: 'certificate', on: '2026-03-01', subject: 'active-duty-certificate' }]);

  it('asks for a certificate before a claim is filed', () => {
    expect(said(usScra01, debtOf(TX), 'file-claim', '2026-03-16')).toEqual([WITHOUT]);
    expect(said(usScra01, debtOf(TX, {}, [paperOf('court-order', '2026-03-01')]), 'file-claim', '2026-03-16')).toEqual([
      WITHOUT,
    ]);
    expect(
      said(usScra01, debtOf(TX, {}, [noticeOf('active-duty-certificate', '2026-03-01')]), 'file-claim', '2026-03-16'),
    ).toEqual([WITHOUT]);
  });
  it('passes on one from its day on, for thirty days', () => {
    expect(said(usScra01, certified, 'file-claim', '2026-02-28')).toEqual([WITHOUT]);
    expect(said(usScra01, certified, 'file-claim', '2026-03-01')).toEqual([]);
    expect(said(usScra01, certified, 'file-claim', '2026-03-31')).toEqual([]);
    expect(said(usScra01, certified, 'file-claim', '2026-04-01')).toEqual([WITHOUT]);
  });
  it('holds a claim against somebody in service whatever is certified', () => {
    const serving = { ...certified, stops: [stopOf('active-duty', '2026-03-10', '2026-09-30')] };
    expect(said(usScra01, serving, 'file-claim', '2026-03-16')).toEqual(['block from 2026-10-01']);
  });
  it('holds a claim against somebody who owes the debt with one in service, and says whose service it is', () => {
    const parties = [...certified.parties, { ...certified.parties[0]!, id: 'spouse', role: 'co-debtor' as const }];
    const stops = [{ ...stopOf('active-duty', '2026-03-10', '2026-09-30'), partyId: 'spouse' }];
    const debt = { ...certified, parties, stops };
    expect(said(usScra01, debt, 'file-claim', '2026-03-16')).toEqual(['block from 2026-10-01']);
    const [objection] = verdict(usScra01, debt, 'file-claim', '2026-03-16');
    expect(objection?.reason).toContain('Somebody who owes this debt with you is on active military service.');
  });
  it('asks nothing of a business', () => {
    const parties = debtOf(TX).parties.map((party) => ({ ...party, kind: 'business' as const }));
    expect(said(usScra01, debtOf(TX, {}, [], { parties }), 'file-claim', '2026-03-16')).toEqual([]);
  });
});

describe('US-SOL-01', () => {
  const owed = (facts: Partial<DebtSnapshot['debt']>): DebtSnapshot =>
    debtOf(TX, { incurredOn: '2020-01-01', delinquentOn: null, ...facts });

  it('lets nobody sue from the day on which the time has run, nor any day after', () => {
    const debt = owed({ dueOn: '2024-02-29', delinquentOn: '2024-04-01' });
    expect(said(usSol01, debt, 'file-claim', '2027-02-27')).toEqual([]);
    expect(said(usSol01, debt, 'file-claim', '2027-02-28')).toEqual(['block']);
    expect(said(usSol01, debt, 'file-claim', '2050-01-01')).toEqual(['block']);
  });
  it('counts from when the debt arose, where nothing else is known', () => {
    expect(said(usSol01, owed({}), 'file-claim', '2022-12-31')).toEqual([]);
    expect(said(usSol01, owed({}), 'file-claim', '2023-01-01')).toEqual(['block']);
  });
  it('counts by the kind of debt, as the office has set', () => {
    const set = { years: 4, yearsForTax: 10, yearsForFine: 2, yearsForMedical: 6 };
    const lastYear = (family: string | null): number => {
      const debt = owed({ dueOn: '2020-06-01', family });
      const passes = (year: number): boolean => said(usSol01, debt, 'file-claim', `${year}-05-31`, set).length === 0;
      return [2031, 2030, 2026, 2024, 2022].find(passes) ?? 0;
    };
    expect([null, 'charge', 'tax', 'fine', 'medical'].map(lastYear)).toEqual([2024, 2024, 2030, 2022, 2026]);
  });
  it.each(['enforce-judgment', 'garnish'] as const)('lets %s go on only on a judgment that is not dormant', (act) => {
    expect(said(usSol01, owed({}), act, '2026-03-16')).toEqual(['block without the judgment and its date']);
    const judged = owed({ judgmentOn: '2022-03-01' });
    expect(said(usSol01, judged, act, '2022-02-28')).toEqual([
      'block from 2022-03-01 without the judgment and its date',
    ]);
    expect(said(usSol01, judged, act, '2027-02-28')).toEqual([]);
    expect(said(usSol01, judged, act, '2027-03-01')).toEqual(['block']);
    expect(said(usSol01, judged, act, '2027-03-01', { judgmentYears: 10 })).toEqual([]);
  });
  it.each([
    ['an earlier one', '2024-12-31', '2025-01-01'],
    ['a later one, of a renewal', '2032-02-29', '2032-03-01'],
  ])('takes the last day of a judgment that is on record: %s', (_, judgmentUntil, dormantOn) => {
    const judged = owed({ judgmentOn: '2022-03-01', judgmentUntil });
    expect(said(usSol01, judged, 'garnish', judgmentUntil)).toEqual([]);
    expect(said(usSol01, judged, 'garnish', dormantOn)).toEqual(['block']);
  });
});

describe('US-REGF-07', () => {
  it('lets nobody sue on a debt without any date', () => {
    const undated = debtOf(TX, { incurredOn: null, delinquentOn: null });
    expect(said(usRegf07, undated, 'file-claim', '2026-03-16')).toEqual([
      'block without the date on which the debt was due',
    ]);
    expect(said(usRegf07, debtOf(TX, { ...undated.debt, dueOn: '2026-01-01' }), 'file-claim', '2026-03-16')).toEqual(
      [],
    );
  });
});

describe('US-ACH-01', () => {
  const given = paperOf('debit-authorisation', '2026-01-10');
  const revoked = paperOf('debit-authorisation-revoked', '2026-02-10');
  const ask = (date: string, ...proofs: ProofSnapshot[]) => said(usAch01, debtOf(TX, {}, proofs), 'direct-debit', date);

  it('collects from the day of an authorisation on', () => {
    expect(ask('2026-01-09', given)).toEqual(['block without an authorisation of bank debits']);
    expect(ask('2026-01-10', given)).toEqual([]);
  });
  it('ends within a day of its being revoked, until another is given', () => {
    const CLOSED = ['close without an authorisation of bank debits within 1'];
    expect(ask('2026-02-09', given, revoked)).toEqual([]);
    expect(ask('2026-02-10', given, revoked)).toEqual(CLOSED);
    expect(ask('2026-03-01', revoked)).toEqual(CLOSED);
    expect(ask('2026-03-01', given, revoked, paperOf('debit-authorisation', '2026-02-10'))).toEqual(CLOSED);
    expect(ask('2026-03-01', given, revoked, paperOf('debit-authorisation', '2026-02-11'))).toEqual([]);
  });
});
