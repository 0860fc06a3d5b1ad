import { describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import { AgencySuite } from '../support/agency-suite.js';
import { HARBOR, SUMMIT, fileNumber } from '../support/test-agencies.js';
import { OFFICE, TODAY } from '../support/test-office.js';

const suite = new AgencySuite();

describe('placing', () => {
  test('a referred debt is placed with its whole balance, and held once the agency acknowledges it', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'placements', state: 'active', amountMinor: 52_500 }]);
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'active' });
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', knownMinor: 52_500 });
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('a payment at the counter is told once, as an entry', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 10_000);
    expect(await agencies.cutoff('1')).toMatchObject([
      { kind: 'payments', amountMinor: 42_500, entry: { kind: 'payment', effectMinor: -10_000 } },
    ]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', knownMinor: 42_500 });
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await violations(suite.database.gateway, OFFICE)).toEqual([]);
  });

  test('a payment that the agency collected moves the ledger and known once, and is not told back', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const payment = apay(debt!, 'P-1', 10_000);
    await agencies.says('agency-payments', [payment]);
    await agencies.says('agency-payments', [payment, apay(debt!, 'P-2', 500)]);
    expect(await agencies.balance(debt!.id)).toBe(42_000);
    expect(await agencies.cutoff('1')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 42_000, desiredMinor: 42_000 });
    await agencies.says('agency-payments', [apay(debt!, 'P-1', 10_000, 'PAR')]);
    expect(await agencies.balance(debt!.id)).toBe(52_000);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await violations(suite.database.gateway, OFFICE)).toEqual([]);
  });

  test('payment in full recalls the placement', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [apay(debt!, 'P-1', 52_500)]);
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    expect(await violations(suite.database.gateway, OFFICE)).toEqual([]);
  });

  test('a stop that comes while the placement is in flight recalls it without waiting for the answer', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await suite.stop(debt, 'dispute');
    expect(await agencies.cutoff('2')).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent' });
  });

  test('a refusal that comes first leaves nothing to recall', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await suite.stop(debt, 'dispute');
    await agencies.says('statuses', [
      { recordType: 'ASTS', debtorNumber: '000000001', fileNumber: fileNumber(debt), statusCode: 'REJ' },
    ]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
  });

  test('a debt is with one agency at a time: the next one waits for the recall', async () => {
    const { agencies, office } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await agencies.acknowledges([debt]);
    await expect(agencies.refer(debt.id, SUMMIT)).rejects.toMatchObject({ code: 'referred-elsewhere' });
    const [referral] = await suite.database.asOwner<{ id: string }>('select id from cases.referral');
    await office.commands.withdrawReferral({ actor: 'a', correlationId: 'c' }, referral!.id, 'to another agency');
    await agencies.refer(debt.id, SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toEqual([]);
    await agencies.judge(HARBOR);
    expect(await agencies.placement(debt.id)).toMatchObject({ desired: 'restrained' });
    expect(await agencies.cutoff('2', HARBOR)).toMatchObject([{ kind: 'recalls', state: 'restrained' }]);
    expect(await agencies.cutoff('s2', SUMMIT)).toEqual([]);
    const later = '2026-04-10';
    office.clock.set(`${later}T15:00:00Z`);
    expect(await agencies.cutoff('3', HARBOR, later)).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    expect(await agencies.cutoff('s3', SUMMIT, later)).toMatchObject([{ kind: 'placements', state: 'active' }]);
  });
});

function apay(debt: { number: string; sourceReference: string }, identifier: string, amount: number, type = 'PA') {
  return {
    recordType: 'APAY',
    fileNumber: fileNumber(debt),
    account: debt.sourceReference,
    paymentAmount: amount,
    paymentDate: TODAY,
    type,
    paymentIdentifier: identifier,
    bucket2: 0,
  };
}
