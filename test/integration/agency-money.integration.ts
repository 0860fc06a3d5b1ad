import { describe, expect, test } from '@jest/globals';
import { dismissSuspense, postSuspense } from '@concord/core/cases/findings/suspense';
import { AgencySuite } from '../support/agency-suite.js';
import { fileNumber, paymentRecord } from '../support/test-agencies.js';
import { asked } from '../support/test-office.js';

const UNKNOWN = { number: '987654321', sourceReference: 'D-UNKNOWN' };
const REVERSED = { type: 'PAR' } as const;

describe("an agency's payment", () => {
  const suite = new AgencySuite();

  test('lowers the debt by what the debtor paid, whatever the agency kept of it', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 10_000, { commission: 2_500 })]);
    expect(await entries(suite, debt!.id)).toEqual([{ kind: 'payment', amount: 10_000, commission: 2_500 }]);
    expect(await agencies.balance(debt!.id)).toBe(42_500);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 42_500, desiredMinor: 42_500 });
  });

  test('in a corrected file applies once, and what is new in the file applies', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const [first, second, third] = ['P-1', 'P-2', 'P-3'].map((id) => paymentRecord(debt!, id, 1_000));
    await agencies.says('agency-payments', [first!, second!]);
    await agencies.says('agency-payments', [first!, second!]);
    await agencies.says('agency-payments', [second!, third!, first!]);
    expect(await agencies.balance(debt!.id)).toBe(49_500);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 49_500 });
    expect(await agencies.cutoff('1')).toEqual([]);
  });

  test('that stands twice in one file is a payment once and a fault once', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000), paymentRecord(debt!, 'P-1', 1_000)]);
    expect(await agencies.balance(debt!.id)).toBe(51_500);
    expect(await statuses(suite)).toEqual(['applied', 'quarantined']);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 51_500 });
  });

  test('that contradicts what was said before changes nothing, and is put before a person', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000)]);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 9_000)]);
    expect(await agencies.balance(debt!.id)).toBe(51_500);
    expect(await statuses(suite)).toEqual(['applied', 'quarantined']);
    expect(await agencies.suspense()).toEqual([]);
    expect(await agencies.proposals()).toMatchObject([
      { kind: 'contradiction', state: 'open', debtId: debt!.id, details: { said: { amountMinor: 9_000 } } },
    ]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 51_500, desiredMinor: 51_500 });
  });

  test('for an account that nobody knows, or of nothing, waits in suspense with its source', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(UNKNOWN, 'P-1', 700), paymentRecord(debt!, 'P-2', 0)]);
    expect(await agencies.suspense()).toMatchObject([
      { code: 'amount-zero', reference: fileNumber(debt!), debtId: debt!.id, sequence: 2 },
      { code: 'reference-unknown', reference: '987654321', debtId: null, amountMinor: 700, sequence: 1, state: 'open' },
    ]);
    expect(await agencies.balance(debt!.id)).toBe(52_500);
    await agencies.says('agency-payments', [paymentRecord(UNKNOWN, 'P-1', 700), paymentRecord(debt!, 'P-3', 100)]);
    expect(await agencies.suspense()).toHaveLength(2);
  });

  test('with more commission than payment is set aside with the reason and posts nothing', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 700, { commission: 800 })]);
    expect(await agencies.balance(debt!.id)).toBe(52_500);
    expect(await statuses(suite)).toEqual(['quarantined']);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 52_500 });
  });

  test('of a debt that was recalled in the meantime still lowers the debt', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.stop(debt!, 'dispute');
    await agencies.cutoff('1');
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 2_500)]);
    expect(await agencies.balance(debt!.id)).toBe(50_000);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', knownMinor: 0 });
  });
});

describe('a reversal', () => {
  const suite = new AgencySuite();

  test('in the same file as its payment undoes exactly that one, in whatever order they stand', async () => {
    const { agencies } = suite;
    const [debt, other] = await suite.placed(2);
    await agencies.says('agency-payments', [
      paymentRecord(debt!, 'P-1', 1_000),
      paymentRecord(debt!, 'P-2', 1_000),
      paymentRecord(debt!, 'P-1', 1_000, REVERSED),
      paymentRecord(other!, 'P-1', 1_000, REVERSED),
      paymentRecord(other!, 'P-1', 1_000),
    ]);
    expect(await entries(suite, debt!.id)).toMatchObject([
      { kind: 'payment' },
      { kind: 'payment' },
      { kind: 'reversal' },
    ]);
    expect(await agencies.balance(debt!.id)).toBe(51_500);
    expect(await agencies.balance(other!.id)).toBe(52_500);
    expect(await agencies.suspense()).toEqual([]);
    expect(await agencies.cutoff('1')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 51_500 });
  });

  test('said again reverses nothing again', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000)]);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000, REVERSED)]);
    await agencies.says('agency-payments', [
      paymentRecord(debt!, 'P-2', 50),
      paymentRecord(debt!, 'P-1', 1_000, REVERSED),
    ]);
    expect(await agencies.balance(debt!.id)).toBe(52_450);
    expect(await agencies.suspense()).toEqual([]);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000, { ...REVERSED, on: '2026-03-13' })]);
    expect(await agencies.balance(debt!.id)).toBe(52_450);
    expect(await agencies.proposals()).toMatchObject([{ kind: 'contradiction' }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 52_450, desiredMinor: 52_450 });
  });

  test('of a payment that is not known, or of another amount, goes to suspense', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000)]);
    await agencies.says('agency-payments', [
      paymentRecord(debt!, 'P-1', 900, REVERSED),
      paymentRecord(debt!, 'P-9', 500, REVERSED),
    ]);
    expect(await agencies.suspense()).toMatchObject([
      { kind: 'reversal', code: 'amount-differs', state: 'open', amountMinor: 900, debtId: debt!.id },
      { kind: 'reversal', code: 'payment-unknown', state: 'open', amountMinor: 500 },
    ]);
    expect(await agencies.balance(debt!.id)).toBe(51_500);
    const { gateway } = suite.database;
    const [differs] = await agencies.suspense();
    const context = { ...asked(), at: suite.office.clock.now() };
    await expect(
      gateway.transaction((manager) => postSuspense(manager, context, differs!.id, debt!.id)),
    ).rejects.toMatchObject({ code: 'amount-differs' });
    await gateway.transaction((manager) => dismissSuspense(manager, context, differs!.id, 'the agency was wrong'));
    expect(await agencies.suspense()).toMatchObject([{ state: 'cancelled' }, { state: 'open' }]);
  });

  test('of a payment in suspense cancels both, in the same file or later', async () => {
    const { agencies } = suite;
    await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(UNKNOWN, 'P-1', 700)]);
    await agencies.says('agency-payments', [
      paymentRecord(UNKNOWN, 'P-1', 700, REVERSED),
      paymentRecord(UNKNOWN, 'P-2', 300),
      paymentRecord(UNKNOWN, 'P-2', 300, REVERSED),
      paymentRecord(UNKNOWN, 'P-3', 100),
    ]);
    const open = (await agencies.suspense()).filter(({ state }) => state === 'open');
    expect(open).toMatchObject([{ kind: 'payment', amountMinor: 100 }]);
    expect(await agencies.suspense()).toHaveLength(5);
  });

  test('gives back the commission with the payment', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000, { commission: 250 })]);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 1_000, { ...REVERSED, commission: 250 })]);
    expect(await entries(suite, debt!.id)).toEqual([
      { kind: 'payment', amount: 1_000, commission: 250 },
      { kind: 'reversal', amount: 1_000, commission: 250 },
    ]);
  });
});

describe('money in suspense that a person posts', () => {
  const suite = new AgencySuite();

  test('to a debt that the agency booked it on elsewhere is told to the agency there, once', async () => {
    const { agencies, database, office } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(UNKNOWN, 'P-1', 700)]);
    const [waiting] = await agencies.suspense();
    const context = { ...asked(), at: office.clock.now() };
    const posted = await database.gateway.transaction((manager) =>
      postSuspense(manager, context, waiting!.id, debt!.id),
    );
    expect(posted).toMatchObject({ balanceMinor: 51_800 });
    expect(await agencies.cutoff('1')).toMatchObject([
      { kind: 'payments', debtId: debt!.id, amountMinor: 51_800, entry: { kind: 'payment', effectMinor: -700 } },
    ]);
    expect(await agencies.cutoff('2')).toEqual([]);
    await expect(
      database.gateway.transaction((manager) => postSuspense(manager, context, waiting!.id, debt!.id)),
    ).rejects.toMatchObject({ code: 'suspense-settled' });
    await agencies.says('agency-payments', [paymentRecord(UNKNOWN, 'P-1', 700, REVERSED)]);
    expect(await agencies.suspense()).toMatchObject([
      { kind: 'payment', state: 'posted' },
      { kind: 'reversal', state: 'open' },
    ]);
    expect(await agencies.balance(debt!.id)).toBe(51_800);
  });
});

describe('an agency in another currency', () => {
  const suite = new AgencySuite({}, { currency: 'CAD' });

  test('has its payments kept in suspense; a person may dismiss them, and nothing is posted', async () => {
    const { agencies, database, office } = suite;
    const [debt] = await suite.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 700)]);
    expect(await agencies.suspense()).toMatchObject([
      { code: 'currency-differs', currency: 'CAD', debtId: debt!.id, amountMinor: 700 },
    ]);
    const [waiting] = await agencies.suspense();
    const context = { ...asked(), at: office.clock.now() };
    await expect(
      database.gateway.transaction((manager) => postSuspense(manager, context, waiting!.id, debt!.id)),
    ).rejects.toMatchObject({ code: 'currency-differs' });
    await database.gateway.transaction((manager) => dismissSuspense(manager, context, waiting!.id, 'sent back'));
    expect(await agencies.suspense()).toMatchObject([{ state: 'cancelled' }]);
    expect(await agencies.balance(debt!.id)).toBe(52_500);
  });
});

describe('an agency that remits', () => {
  const net = new AgencySuite({}, { commission: { remits: 'net', commissionBucket: 2, amountIs: 'remitted' } });

  test('what is left of a payment has the whole payment posted', async () => {
    const { agencies } = net;
    const [debt] = await net.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 7_500, { commission: 2_500 })]);
    expect(await entries(net, debt!.id)).toEqual([{ kind: 'payment', amount: 10_000, commission: 2_500 }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 42_500, desiredMinor: 42_500 });
  });
});

describe('an agency that passes on everything', () => {
  const gross = new AgencySuite({}, { commission: { remits: 'gross' } });

  test('has kept nothing, whatever its buckets say', async () => {
    const { agencies } = gross;
    const [debt] = await gross.placed();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 7_500, { commission: 2_500 })]);
    expect(await entries(gross, debt!.id)).toEqual([{ kind: 'payment', amount: 7_500, commission: 0 }]);
  });
});

/** What agencies brought into a ledger, in its order. */
function entries({ database }: AgencySuite, debtId: string) {
  return database.asOwner<{ kind: string; amount: number; commission: number | null }>(
    `select kind, amount_minor::integer as amount, commission_minor::integer as commission from cases.ledger_entry
     where debt_id = $1 and source like 'partner:%' order by case_version`,
    [debtId],
  );
}

/** What became of the statements about money, in the order in which they were read. */
async function statuses({ database }: AgencySuite): Promise<string[]> {
  const found = await database.asOwner<{ status: string }>(
    `select i.status from exchange.inbound_record i join exchange.exchange e on e.id = i.exchange_id
     where e.kind = 'agency-payments' order by e.started_at, e.file_name, i.sequence`,
  );
  return found.map(({ status }) => status);
}
