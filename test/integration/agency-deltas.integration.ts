import { describe, expect, test } from '@jest/globals';
import { violations } from '@concord/core/cases/conservation';
import type { PostableKind } from '@concord/core/cases/domain/ledger/entry-refusal';
import { LedgerCommands } from '@concord/core/cases/ledger/ledger-commands';
import { AgencySuite } from '../support/agency-suite.js';
import { HARBOR, paymentRecord, SUMMIT } from '../support/test-agencies.js';
import { asked } from '../support/test-office.js';

const suite = new AgencySuite();

describe('ledger entries of a debt that an agency holds', () => {
  test('of every kind are told, each once, with what the agency holds after it', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.entry(debt!, 'fee', 1_000);
    await suite.entry(debt!, 'interest', 500);
    const payment = await suite.entry(debt!, 'payment', 5_000);
    await suite.entry(debt!, 'reversal', 5_000, payment);
    await suite.entry(debt!, 'adjustment', 2_000);
    await suite.entry(debt!, 'write-off', 3_000);
    expect(await agencies.cutoff('1')).toMatchObject([
      { kind: 'payments', amountMinor: 53_500, entry: { kind: 'fee', effectMinor: 1_000 } },
      { amountMinor: 54_000, entry: { kind: 'interest', effectMinor: 500 } },
      { amountMinor: 49_000, entry: { kind: 'payment', effectMinor: -5_000 } },
      { amountMinor: 54_000, entry: { kind: 'reversal', effectMinor: 5_000 } },
      { amountMinor: 52_000, entry: { kind: 'adjustment', effectMinor: -2_000 } },
      { amountMinor: 49_000, entry: { kind: 'write-off', effectMinor: -3_000 } },
    ]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 49_000, desiredMinor: 49_000 });
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('that partners have no word for are told as adjustments, up or down by their effect', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const ledger = new LedgerCommands(suite.database.gateway, [suite.office.jurisdiction], suite.office.clock);
    const entry = (kind: PostableKind, amountMinor: number) =>
      ledger.post(asked(), {
        ...{ debtId: debt!.id, kind, amountMinor, currency: 'USD', bucket: null, effectiveOn: null, reference: null },
        ...{ reason: 'as decided', idempotencyKey: kind },
      });
    const credit = await entry('credit-note', 2_000);
    await entry('waiver', 500);
    const fee = await entry('fee', 300);
    for (const [index, { entryId }] of [credit, fee].entries()) {
      const order = { debtId: debt!.id, entryId, effectiveOn: null, reference: null, reason: 'by mistake' };
      await ledger.reverse(asked(), { ...order, idempotencyKey: `undo-${index}` });
    }
    expect(await agencies.cutoff('1')).toMatchObject([
      { kind: 'payments', amountMinor: 50_500, entry: { kind: 'adjustment', effectMinor: -2_000 } },
      { amountMinor: 50_000, entry: { kind: 'adjustment', effectMinor: -500 } },
      { amountMinor: 50_300, entry: { kind: 'fee', effectMinor: 300 } },
      { amountMinor: 52_300, entry: { kind: 'adjustment', effectMinor: 2_000 } },
      { amountMinor: 52_000, entry: { kind: 'adjustment', effectMinor: -300 } },
    ]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 52_000, desiredMinor: 52_000 });
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await violations(suite.database.gateway, suite.office.jurisdiction.id)).toEqual([]);
  });

  test('of an overpaid debt end it, and a refund of what was too much is not told', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const ledger = new LedgerCommands(suite.database.gateway, [suite.office.jurisdiction], suite.office.clock);
    await suite.pay(debt!, 53_000);
    await ledger.post(asked(), {
      ...{ debtId: debt!.id, kind: 'refund', amountMinor: 500, currency: 'USD', bucket: null, effectiveOn: null },
      ...{ reference: null, reason: 'paid too much', idempotencyKey: 'refund' },
    });
    const told = await agencies.cutoff('1');
    expect(told.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
      ['payments', 0],
      ['recalls', 0],
    ]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await violations(suite.database.gateway, suite.office.jurisdiction.id)).toEqual([]);
  });

  test('that cancel each other out are told all the same', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.entry(debt!, 'fee', 1_000);
    await suite.entry(debt!, 'adjustment', 1_000);
    expect(await agencies.cutoff('1')).toMatchObject([{ entry: { kind: 'fee' } }, { entry: { kind: 'adjustment' } }]);
    expect(await agencies.cutoff('2')).toEqual([]);
  });

  test('that came before the placement was sent are in it, and are not told again', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await suite.pay(debt, 2_500);
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'placements', amountMinor: 50_000, entry: null }]);
    await agencies.acknowledges([{ ...debt, balanceMinor: 50_000 }]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.placement(debt.id)).toMatchObject({ knownMinor: 50_000 });
  });

  test('are told while the placement is unanswered: the acknowledgement makes known what moved since', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await suite.pay(debt, 2_500);
    expect(await agencies.cutoff('2')).toMatchObject([{ kind: 'payments', amountMinor: 50_000 }]);
    await agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 1_000)]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'absent', presumed: 'active' });
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({
      known: 'active',
      knownMinor: 49_000,
      desiredMinor: 49_000,
    });
    expect(await agencies.cutoff('3')).toEqual([]);
  });

  test('that raise it wait while a stop blocks, those that lower it do not', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    const stop = await suite.stop(debt!, 'active-duty');
    await suite.entry(debt!, 'fee', 1_000);
    await suite.pay(debt!, 2_500);
    expect(await agencies.cutoff('1')).toMatchObject([{ amountMinor: 50_000, entry: { kind: 'payment' } }]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', knownMinor: 50_000 });
    await office.commands.liftStop(asked(), stop);
    expect(await agencies.cutoff('3')).toMatchObject([{ amountMinor: 51_000, entry: { kind: 'fee' } }]);
    expect(await agencies.cutoff('4')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 51_000, desiredMinor: 51_000 });
  });

  test('after a recall are told to nobody, and a new placement covers them', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    const stop = await suite.stop(debt!, 'dispute');
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'recalls', state: 'closed' }]);
    await suite.pay(debt!, 2_500);
    await suite.entry(debt!, 'fee', 500);
    expect(await agencies.cutoff('2')).toEqual([]);
    await office.commands.liftStop(asked(), stop);
    expect(await agencies.cutoff('3')).toMatchObject([{ kind: 'placements', state: 'active', amountMinor: 50_500 }]);
    await agencies.acknowledges([{ ...debt!, balanceMinor: 50_500 }]);
    expect(await agencies.cutoff('4')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', knownMinor: 50_500 });
    await suite.pay(debt!, 500);
    expect(await agencies.cutoff('5')).toMatchObject([{ kind: 'payments', amountMinor: 50_000 }]);
  });

  test('go out with their cutoff once, however often it is asked for', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 2_500);
    const first = await agencies.cutoff('1');
    const files = agencies.channels[HARBOR]!.files.size;
    await suite.pay(debt!, 500);
    expect(await agencies.cutoff('1')).toEqual(first);
    expect(agencies.channels[HARBOR]!.files.size).toBe(files);
    expect(await agencies.cutoff('2')).toMatchObject([{ amountMinor: 49_500, entry: { effectMinor: -500 } }]);
  });

  test('of two debts go in one file, each with its own balance', async () => {
    const { agencies } = suite;
    const [one, other] = await suite.placed(2);
    await suite.pay(one!, 100);
    await suite.pay(other!, 200);
    await suite.pay(one!, 300);
    const sent = await agencies.cutoff('1');
    expect(sent.map(({ debtId, amountMinor }) => [debtId, amountMinor])).toEqual([
      [one!.id, 52_400],
      [one!.id, 52_100],
      [other!.id, 52_300],
    ]);
  });

  test('that could not be written wait for the next cutoff, and keep nothing else back', async () => {
    const { agencies, database } = suite;
    const [one, other] = await suite.placed(2);
    const entry = await suite.entry(one!, 'fee', 100_000_000_000);
    await suite.pay(other!, 100);
    const sent = await agencies.cutoff('1');
    expect(sent).toMatchObject([
      { debtId: one!.id, status: 'set-aside' },
      { debtId: other!.id, status: 'accepted' },
    ]);
    expect(await agencies.placement(one!.id)).toMatchObject({ knownMinor: 52_500, parked: null });
    await database.asOwner('update cases.ledger_entry set amount_minor = 700 where id = $1', [entry]);
    await suite.pay(one!, 200);
    expect(await agencies.cutoff('2')).toMatchObject([
      { debtId: one!.id, status: 'accepted', amountMinor: 53_200, entry: { kind: 'fee' } },
      { debtId: one!.id, status: 'accepted', amountMinor: 53_000, entry: { kind: 'payment' } },
    ]);
    expect(await agencies.cutoff('3')).toEqual([]);
  });
});

describe('what an agency collected', () => {
  test('before it acknowledged the placement counts from the acknowledgement on', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.cutoff('1');
    await agencies.says('agency-payments', [paymentRecord(debt, 'P-1', 2_500)]);
    expect(await agencies.cutoff('2')).toEqual([]);
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({
      known: 'active',
      knownMinor: 50_000,
      desiredMinor: 50_000,
    });
    expect(await agencies.cutoff('3')).toEqual([]);
  });

  test('after the debt went to another agency is told to that one, and not back', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.withdraw(debt!);
    await suite.stop(debt!, 'judicial-stay');
    await agencies.cutoff('1');
    await suite.database.asOwner('update cases.stop set lifted_on = current_date - 3650');
    await agencies.refer(debt!.id, SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toMatchObject([{ kind: 'placements', amountMinor: 52_500 }]);
    await agencies.acknowledges([debt!], SUMMIT);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 2_500)]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.cutoff('s2', SUMMIT)).toMatchObject([
      { kind: 'payments', amountMinor: 50_000, entry: { kind: 'payment', effectMinor: -2_500 } },
    ]);
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-1', 2_500, { type: 'PAR' })]);
    expect(await agencies.cutoff('s3', SUMMIT)).toMatchObject([{ amountMinor: 52_500, entry: { kind: 'reversal' } }]);
    expect(await agencies.placement(debt!.id, SUMMIT)).toMatchObject({ known: 'active', knownMinor: 52_500 });
  });
});

describe('the end', () => {
  test('after a payment at the counter comes in the same cutoff, behind the payment', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 52_500);
    expect(await agencies.cutoff('1')).toMatchObject([
      { kind: 'payments', amountMinor: 0, entry: { kind: 'payment', effectMinor: -52_500 } },
      { kind: 'recalls', state: 'closed', entry: null },
    ]);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
  });

  test('also follows more than was owed', async () => {
    const { agencies } = suite;
    const [one, other] = await suite.placed(2);
    await suite.pay(one!, 60_000);
    await agencies.says('agency-payments', [paymentRecord(other!, 'P-1', 60_000)]);
    const [payment, ...recalls] = await agencies.cutoff('1');
    expect(payment).toMatchObject({ kind: 'payments', debtId: one!.id, amountMinor: 0 });
    expect(recalls.map(({ kind, state }) => [kind, state])).toEqual([
      ['recalls', 'closed'],
      ['recalls', 'closed'],
    ]);
    expect(recalls.map(({ debtId }) => debtId).sort()).toEqual([one!.id, other!.id].sort());
    expect(await agencies.balance(other!.id)).toBe(-7_500);
    expect(await agencies.cutoff('2')).toEqual([]);
  });
});

describe('an agency whose connector', () => {
  test('is paused hears what lowers a debt and what ends it, and nothing else', async () => {
    const { agencies } = suite;
    const [raised, lowered, paid] = await suite.placed(3);
    const waiting = await suite.referred();
    await agencies.setMode('paused');
    await suite.entry(raised!, 'fee', 1_000);
    await suite.pay(lowered!, 500);
    await suite.pay(paid!, 52_500);
    const sent = await agencies.cutoff('1');
    expect(sent.map(({ kind, debtId }) => [kind, debtId])).toEqual([
      ['payments', lowered!.id],
      ['payments', paid!.id],
      ['recalls', paid!.id],
    ]);
    await agencies.setMode('on');
    const after = await agencies.cutoff('2');
    expect(after.map(({ kind, debtId }) => [kind, debtId])).toEqual([
      ['payments', raised!.id],
      ['placements', waiting.id],
    ]);
  });

  test('retires gives everything back, and then holds nothing', async () => {
    const { agencies, database } = suite;
    const debts = await suite.placed(2);
    const unanswered = await suite.referred();
    await agencies.cutoff('1');
    await agencies.setMode('retiring');
    await database.asOwner(
      `insert into exchange.look select connector_id, subject_id, '-infinity' from exchange.position
       on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
    );
    await suite.pay(debts[0]!, 500);
    await suite.entry(debts[1]!, 'fee', 500);
    const sent = await agencies.cutoff('2');
    expect(sent[0]).toMatchObject({ kind: 'payments', debtId: debts[0]!.id });
    const recalls = sent.slice(1).map(({ kind, state, debtId }) => [debtId, kind, state]);
    expect(recalls.sort()).toEqual([...debts, unanswered].map(({ id }) => [id, 'recalls', 'absent']).sort());
    expect(sent.map(({ status }) => status)).toEqual(['accepted', 'accepted', 'accepted', 'accepted']);
    await agencies.judge();
    for (const { id } of [...debts, unanswered]) {
      expect(await agencies.placement(id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
    }
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
    expect(await agencies.cutoff('3')).toEqual([]);
  });
});
