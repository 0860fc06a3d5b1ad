import { describe, expect, test } from '@jest/globals';
import type { DebtSnapshot, Decision } from '@concord/plugin-sdk';
import { ALLOWED, DATE, debtOf, decided, guarantor, PAID, person, spouse, stopped } from './samples/debts.js';
import { tradelineIn } from './content.js';
import { desire } from './desire.js';
import { settingsSchema } from './settings.js';

const settings = settingsSchema.parse({
  identificationNumber: 'CITYCOLL01',
  reporter: { name: 'City Collections Office', address: '100 Main Street' },
  accountNumberPrefix: 'CITY',
  originalCreditor: { name: 'City of Springfield', classification: '04' },
  fileNamePrefix: 'CITYCOLL',
});

function wanted(debt: DebtSnapshot, decision: Decision = ALLOWED) {
  const [position] = desire(debt, { settings, date: DATE, decision });
  if (position === undefined) throw new Error('Nothing is wanted');
  return { ...position, line: tradelineIn(position.content) };
}

const NO_REFERRAL = { ...debtOf(), referral: null };
const CANCELLED = { adjustedMinor: 124_456, balanceMinor: 0 };

describe('what a bureau should hold', () => {
  test.each<[string, DebtSnapshot, Decision, string, string | null]>([
    ['a referred debt stands', debtOf(), ALLOWED, 'active', null],
    ['a block leaves what stands', debtOf(), decided('block', 'US-REGF-01'), 'active', null],
    ['without referral it is taken back', NO_REFERRAL, ALLOWED, 'closed', 'deleted'],
    ['a withdrawal takes it back', debtOf(), decided('withdraw', 'US-NCAP-01'), 'closed', 'deleted'],
    ['a withdrawal takes a paid one back', debtOf({ ledger: PAID }), decided('withdraw'), 'closed', 'deleted'],
    ['an end with something owed takes it back', debtOf(), decided('close'), 'closed', 'deleted'],
    [
      'an end by settlement is reported as settled',
      debtOf({ ledger: { settled: true } }),
      decided('close'),
      'closed',
      'settled',
    ],
    ['paid is reported as paid', debtOf({ ledger: PAID }), ALLOWED, 'closed', 'paid'],
    [
      'paid is reported as paid after the referral',
      { ...debtOf({ ledger: PAID }), referral: null },
      ALLOWED,
      'closed',
      'paid',
    ],
    ['a credit balance is paid', debtOf({ ledger: { ...PAID, balanceMinor: -500 } }), ALLOWED, 'closed', 'paid'],
    ['settled is reported as settled', debtOf({ ledger: { ...PAID, settled: true } }), ALLOWED, 'closed', 'settled'],
    [
      'what was written off is taken back, not reported as paid',
      debtOf({ ledger: { ...PAID, paidMinor: 100, writtenOffMinor: 124_356 } }),
      ALLOWED,
      'closed',
      'deleted',
    ],
    ['cancelled without a payment is taken back', debtOf({ ledger: CANCELLED }), ALLOWED, 'closed', 'deleted'],
    [
      'what has no mark may not stay unmarked',
      stopped(debtOf(), 'hardship'),
      decided('restrain', 'STOP:hardship'),
      'closed',
      'deleted',
    ],
    [
      'a bankruptcy without chapter can not be marked',
      stopped(debtOf(), 'insolvency'),
      decided('restrain', 'STOP:insolvency'),
      'closed',
      'deleted',
    ],
  ])('%s', (_name, debt, decision, state, ending) => {
    const { state: actual, line, amountMinor } = wanted(debt, decision);
    expect([actual, line.ending]).toEqual([state, ending]);
    expect(amountMinor).toBe(state === 'closed' ? 0 : 124_456);
  });

  test('settled carries its comment, and only settled', () => {
    expect(wanted(debtOf({ ledger: { ...PAID, settled: true } })).line.specialComment).toBe('AU');
    expect(wanted(debtOf({ ledger: PAID })).line.specialComment).toBeNull();
  });

  test.each([
    ['dispute', {}, ['XB', null, null]],
    ['active-duty', {}, [null, null, 'AI']],
    ['insolvency', { chapter: '7' }, [null, 'A', null]],
    ['insolvency', { chapter: '11' }, [null, 'B', null]],
    ['insolvency', { chapter: '12' }, [null, 'C', null]],
    ['insolvency', { chapter: 13 }, [null, 'D', null]],
    ['insolvency', { chapter: '7', dischargedOn: '2026-10-01' }, [null, 'E', null]],
    ['insolvency', { chapter: '13', dischargedOn: '2026-10-01' }, [null, 'H', null]],
  ] as const)('%s %j is marked', (kind, details, marks) => {
    const { state, line } = wanted(stopped(debtOf(), kind, details), decided('restrain', `STOP:${kind}`));
    expect(state).toBe('restrained');
    expect([line.complianceCondition, line.consumerInformation, line.specialComment]).toEqual(marks);
  });

  test('a dispute is marked although something stricter blocks', () => {
    const restrained = decided('restrain').reasons;
    const decision: Decision = {
      outcome: 'block',
      reasons: [...decided('block', 'US-REGF-01').reasons, ...restrained],
    };
    expect(wanted(stopped(debtOf(), 'dispute'), decision).line.complianceCondition).toBe('XB');
  });

  test('one restraint with a mark does not cover another without', () => {
    const debt = stopped(debtOf(), 'dispute');
    const both = { ...debt, stops: [...debt.stops, { ...debt.stops[0]!, id: 't', kind: 'hardship' as const }] };
    const decision: Decision = {
      outcome: 'restrain',
      reasons: [...decided('restrain').reasons, ...decided('restrain', 'STOP:hardship').reasons],
    };
    expect(wanted(both, decision).state).toBe('closed');
  });

  test('a business is not reported', () => {
    const business = person({ kind: 'business', firstName: null });
    expect(desire(debtOf({ parties: [business] }), { settings, date: DATE, decision: ALLOWED })).toEqual([]);
  });
});

describe('the consumers', () => {
  test('alone, joint, or with somebody who stands surety', () => {
    const codes = (...others: Parameters<typeof person>[0][]) => {
      const { primary, associated } = wanted(debtOf({ parties: [person(), ...others.map(person)] })).line;
      return [primary.ecoa, ...associated.map(({ ecoa }) => ecoa)];
    };
    expect(codes()).toEqual(['1']);
    expect(codes(spouse)).toEqual(['2', '2']);
    expect(codes(guarantor)).toEqual(['7', '5']);
    expect(codes(spouse, guarantor)).toEqual(['2', '2', '5']);
  });

  test("a co-debtor's bankruptcy or death marks that person, not the debtor", () => {
    const debt = debtOf({ parties: [person(), person(spouse)] });
    const [, other] = debt.parties;
    const own = (kind: 'insolvency' | 'deceased') => ({
      ...debt,
      stops: [{ id: 's', kind, partyId: other!.id, startsOn: DATE, endsOn: null, details: { chapter: '7' } }],
    });
    expect(wanted(own('insolvency')).line).toMatchObject({
      consumerInformation: null,
      associated: [{ ecoa: '2', ownInformation: 'A' }],
    });
    expect(wanted(own('deceased')).line).toMatchObject({ associated: [{ ecoa: 'X', ownInformation: null }] });
  });

  test('a bankruptcy that can not be named is not hidden by a dispute', () => {
    const debt = stopped(debtOf(), 'dispute');
    const stops = [...debt.stops, { ...debt.stops[0]!, id: 't', kind: 'insolvency' as const, details: {} }];
    expect(wanted({ ...debt, stops }, decided('restrain', 'US-BK-01')).state).toBe('closed');
  });

  test('who lives together has one address, however it is written', () => {
    const written = { ...person().address!, line1: '1 ELM ST.', postalCode: '627011234' };
    const { associated } = wanted(debtOf({ parties: [person(), { ...spouse, address: written }, guarantor] })).line;
    expect(associated.map(({ address }) => address?.city ?? null)).toEqual([null, 'Peoria']);
  });

  test('who has no address is left out', () => {
    const { primary, associated } = wanted(debtOf({ parties: [person(), { ...spouse, address: null }] })).line;
    expect([primary.ecoa, associated]).toEqual(['1', []]);
  });

  test('carry references to identifiers, a plain zip code, and a telephone number of ten digits', () => {
    const { primary } = wanted(debtOf()).line;
    expect(primary.socialSecurityNumber).toEqual({ identifier: 'ssn-1' });
    expect(primary.address?.zip).toBe('627011234');
    expect(primary.telephone).toBe('2175550123');
    expect(wanted(debtOf({ parties: [person({ telephone: '5550123' })] })).line.primary.telephone).toBeNull();
  });
});

test("the debt's own creditor goes before the office's, by code or by name", () => {
  const creditor = (classification: string) =>
    wanted(debtOf({ debt: { originalCreditor: { name: 'Water Works', classification } } })).line.originalCreditor;
  expect(creditor('10')).toEqual({ name: 'Water Works', classification: '10' });
  expect(creditor('utilities')).toEqual({ name: 'Water Works', classification: '10' });
  expect(wanted(debtOf()).line.originalCreditor).toEqual({ name: 'City of Springfield', classification: '04' });
});
