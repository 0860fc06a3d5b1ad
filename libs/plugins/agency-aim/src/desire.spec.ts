import { describe, expect, test } from '@jest/globals';
import type { DebtSnapshot, Decision } from '@concord/plugin-sdk';
import {
  ALLOWED,
  DATE,
  debtOf,
  decided,
  exampleSettings,
  PAID,
  PARTLY_PAID,
  person,
  reason,
  spouse,
  stopped,
} from './samples/debts.js';
import { placementIn } from './content.js';
import { desire } from './desire.js';

const settings = await exampleSettings();

function wanted(debt: DebtSnapshot, decision: Decision = ALLOWED, date = DATE, under = settings) {
  const [position] = desire(debt, { settings: under, date, decision });
  if (position === undefined) throw new Error('Nothing is wanted');
  return { ...position, placement: placementIn(position.content) };
}

const joint = debtOf({ parties: [person(), spouse] });
const unreferred = debtOf({ changed: { referral: null } });
const ended = debtOf({ changed: { referral: null, endedReferral: { id: 'r', endedOn: '2026-11-20' } } });
const expired = debtOf({
  changed: { referral: { id: 'r', madeOn: '2026-06-01', capMinor: null, expiresOn: '2026-11-19' } },
});
const CALLED_BACK = decided(reason('block', 'REFERRAL'), reason('restrain', 'REFERRAL'));
const TAKEN_BACK = decided(reason('withdraw', 'REFERRAL'));

describe('what an agency should hold', () => {
  test.each<[string, DebtSnapshot, Decision, string | null]>([
    ['a referred debt', debtOf(), ALLOWED, null],
    ['a debt that is partly paid', debtOf({ ledger: PARTLY_PAID }), ALLOWED, null],
    ['a block leaves what is placed', debtOf(), decided(reason('block', 'US-REGF-01')), null],
    ['paid', debtOf({ ledger: PAID }), ALLOWED, 'paid'],
    ['overpaid', debtOf({ ledger: { ...PAID, balanceMinor: -5 } }), ALLOWED, 'paid'],
    ['written off', debtOf({ ledger: { ...PAID, paidMinor: 100, writtenOffMinor: 124_356 } }), ALLOWED, 'withdrawn'],
    ['settled', debtOf({ ledger: { ...PAID, settled: true } }), ALLOWED, 'settled'],
    ['cancelled', debtOf({ ledger: { adjustedMinor: 124_456, balanceMinor: 0 } }), ALLOWED, 'withdrawn'],
    ['settled, and something left', debtOf({ ledger: { settled: true } }), decided(reason('close', 'X')), 'settled'],
    ['a dispute', stopped(debtOf(), 'dispute'), decided(reason('restrain')), 'dispute'],
    ['a bankruptcy', stopped(debtOf(), 'insolvency'), decided(reason('close', 'STOP:insolvency')), 'insolvency'],
    [
      'a bankruptcy by a rule of its own',
      stopped(debtOf(), 'insolvency'),
      decided(reason('close', 'US-BK-01')),
      'insolvency',
    ],
    ['a death', stopped(debtOf(), 'deceased'), decided(reason('withdraw', 'STOP:deceased')), 'deceased'],
    ['hardship', stopped(debtOf(), 'hardship'), decided(reason('restrain', 'STOP:hardship')), 'hold'],
    ['a rule that names no stop', debtOf(), decided(reason('withdraw', 'US-SOL-01')), 'other'],
    ['an outcome without a word', debtOf(), { outcome: 'restrain', reasons: [] }, 'other'],
    ['a restraint behind a block', debtOf(), decided(reason('block', 'X'), reason('restrain')), 'dispute'],
    ['never referred', unreferred, TAKEN_BACK, 'withdrawn'],
    ['no longer referred, out of time', ended, TAKEN_BACK, 'withdrawn'],
    ['no longer referred, and in dispute', ended, decided(reason('restrain'), ...CALLED_BACK.reasons), 'dispute'],
    ["a co-debtor's bankruptcy", stopped(joint, 'insolvency', 'party-2'), ALLOWED, 'insolvency'],
    ["a co-debtor's active duty", stopped(joint, 'active-duty', 'party-2'), ALLOWED, 'hold'],
    ['a stop that the rules let pass', stopped(joint, 'appeal', 'party-1'), ALLOWED, null],
  ])('%s', (_name, debt, decision, ending) => {
    const { state, amountMinor, placement } = wanted(debt, decision);
    expect(placement.recall).toEqual(ending === null ? null : { reason: ending, objectBy: null });
    expect([state, amountMinor]).toEqual(ending === null ? ['active', debt.ledger.balanceMinor] : ['closed', 0]);
  });

  test.each([
    ['ended', ended, '2026-12-05'],
    ['expired', expired, '2026-12-05'],
  ])('a referral that %s is called back, and the agency may object for the days agreed', (_name, debt, objectBy) => {
    for (const date of ['2026-11-20', objectBy]) {
      expect(wanted(debt, CALLED_BACK, date)).toMatchObject({
        state: 'restrained',
        amountMinor: 124_456,
        reviewOn: '2026-12-06',
        placement: { recall: { reason: 'withdrawn', objectBy } },
      });
    }
    const after = wanted(debt, CALLED_BACK, '2026-12-06');
    expect([after.state, after.reviewOn]).toEqual(['closed', undefined]);
  });

  test('where the agency may not object, the end of the referral is final', async () => {
    const final = await exampleSettings({ objectionDays: 0 });
    expect(wanted(ended, CALLED_BACK, DATE, final)).toMatchObject({ state: 'closed', amountMinor: 0 });
  });

  test('the names that the agency answers by', () => {
    expect(wanted(debtOf()).reference).toBe('000000021');
    expect(wanted(debtOf({ number: '001234567890' })).reference).toBe('1234567890');
    expect(wanted(debtOf()).placement.account).toBe('INV-2025-0021');
  });

  test('nothing, where nobody owes', () => {
    expect(desire(debtOf({ parties: [spouse] }), { settings, date: DATE, decision: ALLOWED })).toEqual([]);
  });

  test('identifiers only as references, and only those that the record carries', async () => {
    expect(wanted(debtOf()).placement.debtors[0]).toMatchObject({ ssn: { identifier: 'ssn-1' } });
    const { ssn: _ssn, dateOfBirth: _born, ...meaning } = settings.debtor.meaning;
    const without = await exampleSettings({ debtor: { ...settings.debtor, meaning } });
    const [debtor] = wanted(debtOf(), ALLOWED, DATE, without).placement.debtors;
    expect([debtor?.ssn, debtor?.dateOfBirth]).toEqual([null, null]);
  });

  test('the itemisation only where it is sent', async () => {
    expect(wanted(debtOf()).placement.itemisation?.on).toBe('2025-03-01');
    const without = await exampleSettings({ itemisation: false });
    expect(wanted(debtOf(), ALLOWED, DATE, without).placement.itemisation).toBeNull();
  });
});
