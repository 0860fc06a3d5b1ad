import { describe, expect, test } from '@jest/globals';
import { AgencySuite } from '../support/agency-suite.js';
import { balanceRecord, HARBOR, paymentRecord, statusRecord, SUMMIT } from '../support/test-agencies.js';
import { OFFICE, TODAY } from '../support/test-office.js';

const LATER = '2026-03-20';

describe("the agency's reconciliation", () => {
  const suite = new AgencySuite();

  test('that agrees opens no work', async () => {
    const { agencies } = suite;
    const debts = await suite.placed(2);
    await agencies.says('agency-payments', [paymentRecord(debts[1]!, 'P-1', 500)]);
    await agencies.says('reconciliations', [balanceRecord(debts[0]!, 52_500), balanceRecord(debts[1]!, 52_000)]);
    expect(await agencies.proposals()).toEqual([]);
  });

  test('opens one piece of work for each difference: other, unknown and missing accounts', async () => {
    const { agencies } = suite;
    const [other, missing, equal] = await suite.placed(3);
    const stranger = { number: '987654321', sourceReference: 'D-UNKNOWN' };
    const list = [balanceRecord(other!, 40_000), balanceRecord(stranger, 100), balanceRecord(equal!, 52_500)];
    await agencies.says('reconciliations', list, HARBOR, LATER);
    const proposals = await agencies.proposals();
    expect(proposals).toHaveLength(3);
    expect(proposals).toMatchObject(
      [
        { debtId: other!.id, details: { partnerMinor: 40_000, knownMinor: 52_500 } },
        { debtId: missing!.id, details: { partnerMinor: null, knownMinor: 52_500 } },
        { debtId: null, reference: '987654321', details: { partnerMinor: 100, knownMinor: null } },
      ].map((each) => ({ kind: 'balance-differs', state: 'open', ...each })),
    );
    expect(await agencies.cutoff('1')).toEqual([]);
  });

  test('keeps a difference that stands as one piece of work, and closes it when they agree again', async () => {
    const { agencies } = suite;
    const [other, missing] = await suite.placed(2);
    await agencies.says('reconciliations', [balanceRecord(other!, 40_000)], HARBOR, '2026-03-18');
    await agencies.says('reconciliations', [balanceRecord(other!, 39_000)], HARBOR, '2026-03-19');
    expect(await agencies.proposals()).toMatchObject([
      { state: 'open', debtId: other!.id, details: { partnerMinor: 39_000 } },
      { state: 'open', debtId: missing!.id, details: { partnerMinor: null } },
    ]);
    await agencies.says(
      'reconciliations',
      [balanceRecord(other!, 52_500), balanceRecord(missing!, 52_500)],
      HARBOR,
      LATER,
    );
    expect(await agencies.proposals()).toMatchObject([{ state: 'closed' }, { state: 'closed' }]);
    await agencies.says(
      'reconciliations',
      [balanceRecord(other!, 1), balanceRecord(missing!, 52_500)],
      HARBOR,
      '2026-03-23',
    );
    expect((await agencies.proposals()).filter(({ state }) => state === 'open')).toHaveLength(1);
  });

  test('made before a debt was placed does not miss it', async () => {
    const { agencies } = suite;
    const [first] = await suite.placed();
    await agencies.says('reconciliations', [balanceRecord(first!, 52_500)], HARBOR, TODAY);
    await suite.placed();
    await agencies.says('reconciliations', [balanceRecord(first!, 52_500)], HARBOR, TODAY, 'AREC-again.txt');
    expect(await agencies.proposals()).toEqual([]);
  });

  test('does not miss what was recalled, or is not acknowledged yet', async () => {
    const { agencies } = suite;
    const [kept, recalled] = await suite.placed(2);
    await suite.stop(recalled!, 'dispute');
    await suite.referred();
    await agencies.cutoff('1');
    await agencies.says('reconciliations', [balanceRecord(kept!, 52_500)], HARBOR, LATER);
    expect(await agencies.proposals()).toEqual([]);
  });
});

describe('what an agency held before Concord', () => {
  const suite = new AgencySuite({ adopts: true });

  test('is known before anything is sent, and the office is not asked to refer it again', async () => {
    const { agencies, database } = suite;
    const held = [await suite.registered(), await suite.registered()];
    const fresh = await suite.referred();
    await agencies.judge();
    await agencies.engine().send(order());
    expect(agencies.channels[HARBOR]!.files.size).toBe(0);
    await agencies.says(
      'reconciliations',
      held.map((debt) => balanceRecord(debt, 52_500)),
    );
    await agencies.judge();
    for (const { id } of held) {
      expect(await agencies.placement(id)).toMatchObject({ known: 'active', knownMinor: 52_500, desired: 'active' });
    }
    const referrals = await database.asOwner<{ debt_id: string }>(
      `select debt_id from cases.referral where made_by = 'adoption' and connector_id = $1 and withdrawn_on is null`,
      [HARBOR],
    );
    expect(referrals.map(({ debt_id }) => debt_id).sort()).toEqual(held.map(({ id }) => id).sort());
    expect(await agencies.proposals()).toEqual([]);
    await agencies.engine().send(order());
    const sent = await database.asOwner<{ subject_id: string; state: string }>(
      'select p.subject_id, r.state from exchange.record r join exchange.position p on p.id = r.position_id',
    );
    expect(sent).toEqual([{ subject_id: fresh.id, state: 'active' }]);
  });

  test('is told every entry from then on, and recalled like any other', async () => {
    const { agencies } = suite;
    const [paid, disputed] = [await suite.registered(), await suite.registered()];
    await suite.pay(paid, 500);
    await agencies.says('reconciliations', [balanceRecord(paid, 52_000), balanceRecord(disputed, 52_500)]);
    expect(await agencies.cutoff('1')).toEqual([]);
    await suite.pay(paid, 2_000);
    await agencies.says('agency-payments', [paymentRecord(paid, 'P-1', 1_000)]);
    await agencies.says('statuses', [statusRecord(disputed, 'DIS')]);
    expect(await agencies.cutoff('2')).toMatchObject([
      { kind: 'payments', debtId: paid.id, status: 'accepted', amountMinor: 49_000, entry: { effectMinor: -2_000 } },
      { kind: 'recalls', debtId: disputed.id, status: 'accepted', state: 'closed' },
    ]);
    await agencies.judge();
    expect(await agencies.placement(paid.id)).toMatchObject({
      known: 'active',
      knownMinor: 49_000,
      desiredMinor: 49_000,
    });
    expect(await agencies.placement(disputed.id)).toMatchObject({ known: 'absent', release: null });
    expect(await agencies.cutoff('3')).toEqual([]);
  });

  test('with another balance than ours is put before a person, until a person closes it', async () => {
    const { agencies } = suite;
    const debt = await suite.registered();
    await agencies.says('reconciliations', [balanceRecord(debt, 40_000)]);
    expect(await agencies.proposals()).toMatchObject([
      {
        kind: 'balance-differs',
        state: 'open',
        debtId: debt.id,
        details: { partnerMinor: 40_000, knownMinor: 52_500 },
      },
    ]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', knownMinor: 40_000 });
    await agencies.says('reconciliations', [balanceRecord(debt, 40_000)], HARBOR, LATER);
    expect(await agencies.proposals()).toMatchObject([{ state: 'open' }]);
    expect(await agencies.cutoff('1')).toEqual([]);
  });

  test('and was referred to it again meanwhile is not placed a second time', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.judge();
    await agencies.says('reconciliations', [balanceRecord(debt, 52_500)]);
    expect(await agencies.cutoff('1')).toEqual([]);
    expect(await agencies.placement(debt.id)).toMatchObject({
      known: 'active',
      knownMinor: 52_500,
      presumed: 'active',
    });
    await suite.pay(debt, 500);
    expect(await agencies.cutoff('2')).toMatchObject([{ kind: 'payments', status: 'accepted', amountMinor: 52_000 }]);
  });

  test('is not recalled by a judgement that comes before the cases have heard of it', async () => {
    const { agencies } = suite;
    const debt = await suite.registered();
    agencies.onCheckpoint = async (point) => {
      if (point === 'mid-posting') throw new Error('the cases are slow');
    };
    await expect(agencies.says('reconciliations', [balanceRecord(debt, 52_500)])).rejects.toThrow('slow');
    agencies.onCheckpoint = () => Promise.resolve();
    await agencies.engine().judge(order());
    expect(await agencies.send('early')).toEqual([]);
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', release: null });
    await agencies.publish();
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', desired: 'active', release: null });
    expect(await agencies.cutoff('1')).toEqual([]);
  });

  test('by the statement of two agencies stays with the first, and the second gives it back', async () => {
    const { agencies, database } = suite;
    const debt = await suite.registered();
    await agencies.says('reconciliations', [balanceRecord(debt, 52_500)]);
    await agencies.says('reconciliations', [balanceRecord(debt, 52_500)], SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toMatchObject([
      { kind: 'recalls', status: 'accepted', state: 'closed' },
    ]);
    expect(await agencies.cutoff('1')).toEqual([]);
    await agencies.judge(SUMMIT);
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', desired: 'active' });
    expect(await agencies.placement(debt.id, SUMMIT)).toMatchObject({
      known: 'absent',
      presumed: 'absent',
      release: null,
    });
    const holds = await database.asOwner<{ connector_id: string }>(
      'select p.connector_id from exchange.exclusive_hold x join exchange.position p on p.id = x.position_id',
    );
    expect(holds).toEqual([{ connector_id: HARBOR }]);
  });

  test('can all be given back when the connector retires', async () => {
    const { agencies, database } = suite;
    const debt = await suite.registered();
    await agencies.says('reconciliations', [balanceRecord(debt, 52_500)]);
    await agencies.judge();
    await agencies.setMode('retiring');
    await database.asOwner(
      `insert into exchange.look select connector_id, subject_id, '-infinity' from exchange.position
       on conflict (connector_id, subject_id) do update set due_on = excluded.due_on`,
    );
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'recalls', state: 'absent', status: 'accepted' }]);
  });

  test('of a file that was interrupted is taken over once', async () => {
    const { agencies, database } = suite;
    const debts = [await suite.registered(), await suite.registered()];
    let left = 1;
    agencies.onCheckpoint = async (point) => {
      if (point === 'mid-apply' && left-- > 0) throw new Error('interrupted');
    };
    const list = debts.map((debt) => balanceRecord(debt, 52_500));
    await expect(agencies.says('reconciliations', list)).rejects.toThrow('interrupted');
    await agencies.engine().send(order());
    expect(agencies.channels[HARBOR]!.files.has('/inbox')).toBe(false);
    await agencies.collect();
    await agencies.judge();
    expect(await database.asOwner('select 1 from exchange.position')).toHaveLength(2);
    expect(await database.asOwner('select 1 from cases.referral')).toHaveLength(2);
    expect(
      await database.asOwner('select adopted_on from exchange.connector where adopted_on is not null'),
    ).toHaveLength(1);
    expect(await agencies.cutoff('1')).toEqual([]);
  });
});

function order() {
  return { connectorId: HARBOR, businessDate: TODAY, correlationId: `test-${OFFICE}` };
}
