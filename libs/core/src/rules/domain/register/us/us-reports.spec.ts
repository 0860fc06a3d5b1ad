import { describe, expect, it } from '@jest/globals';
import type { DebtSnapshot } from '@concord/plugin-sdk';
import { ledgerOf } from '../../testing/reportable-debt.js';
import { debtOf, paperOf, said } from './testing/verdict.js';
import { usFcra07 } from './us-fcra-07.js';
import { usFti01 } from './us-fti-01.js';
import { usNcap03 } from './us-ncap-03.js';

const TX = 'us-tx-example';

describe('US-FCRA-07', () => {
  const debt = debtOf(TX, { delinquentOn: '2019-01-15' });

  it('takes a debt off before its seven years and 180 days are over, and never puts it back', () => {
    // 180 days after 15 January 2019 is 14 July 2019; seven years on, less 31 days, is 13 June 2026.
    expect(said(usFcra07, debt, 'report', '2026-06-12')).toEqual([]);
    expect(said(usFcra07, debt, 'report', '2026-06-13')).toEqual(['withdraw']);
    expect(said(usFcra07, debt, 'report', '2040-01-01')).toEqual(['withdraw']);
  });
  it('counts as the office has set', () => {
    expect(said(usFcra07, debt, 'report', '2026-07-13', { leadDays: 0 })).toEqual([]);
    expect(said(usFcra07, debt, 'report', '2026-07-14', { leadDays: 0 })).toEqual(['withdraw']);
    expect(said(usFcra07, debt, 'report', '2024-06-13', { years: 5 })).toEqual(['withdraw']);
  });
  it('leaves a debt without a date of delinquency to the rule that asks for one', () => {
    expect(said(usFcra07, debtOf(TX, { delinquentOn: null }), 'report', '2026-06-13')).toEqual([]);
  });
});

describe('US-NCAP-03', () => {
  const bill = (changes: Partial<DebtSnapshot> = {}): DebtSnapshot =>
    debtOf(TX, { family: 'medical', delinquentOn: '2025-06-15' }, [], changes);

  it('waits a year from the first delinquency', () => {
    expect(said(usNcap03, bill(), 'report', '2026-06-14')).toEqual(['block from 2026-06-15']);
    expect(said(usNcap03, bill(), 'report', '2026-06-15')).toEqual([]);
    expect(said(usNcap03, bill(), 'report', '2025-12-12', { waitDays: 180 })).toEqual([]);
  });
  it('knows a medical debt by its original creditor as well', () => {
    const originalCreditor = { name: 'EXAMPLE AMBULANCE', classification: '02' };
    expect(said(usNcap03, debtOf(TX, { originalCreditor }), 'report', '2025-07-01')).toEqual(['block from 2026-06-15']);
  });
  it.each([
    ['a small one', ledgerOf({ assessedMinor: 50_000 })],
    ['a paid one', ledgerOf({ assessedMinor: 90_000, paidMinor: 90_000 })],
  ])('takes off %s', (_, ledger) => {
    expect(said(usNcap03, bill({ ledger }), 'report', '2026-09-01')).toEqual(['withdraw']);
  });
  it('takes off everything where the State bans it', () => {
    expect(said(usNcap03, bill(), 'report', '2026-09-01', { banned: 'yes' })).toEqual(['withdraw']);
    expect(said(usNcap03, bill(), 'report', '2026-09-01', { banned: 'Yes' })).toEqual(['withdraw']);
  });
  it('asks nothing of another debt', () => {
    expect(said(usNcap03, debtOf(TX, { family: 'charge' }), 'report', '2025-06-20')).toEqual([]);
  });
});

describe('US-FTI-01', () => {
  it('keeps a debt that holds federal tax information from agencies, from the day of the label', () => {
    const debt = debtOf(TX, {}, [paperOf('federal-tax-information', '2026-03-10')]);
    expect(said(usFti01, debt, 'place', '2026-03-09')).toEqual([]);
    expect(said(usFti01, debt, 'place', '2026-03-10')).toEqual(['close within 1']);
    expect(said(usFti01, debtOf(TX, {}, [paperOf('court-order', '2026-03-10')]), 'place', '2026-03-16')).toEqual([]);
  });
});
