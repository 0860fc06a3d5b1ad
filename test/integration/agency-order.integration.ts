import { describe, expect, test } from '@jest/globals';
import { postSuspense } from '@concord/core/cases/findings/suspense';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import type { PartnerRecord } from '@concord/plugin-sdk';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { HARBOR, SUMMIT, balanceRecord, fileNumber, paymentRecord, statusRecord } from '../support/test-agencies.js';
import { TODAY, asked } from '../support/test-office.js';

const suite = new AgencySuite();
const NEXT_DAY = '2026-03-17';

describe('a placement that comes back', () => {
  test('with the same balance on the same day is acknowledged in the same words', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    const stop = await suite.stop(debt!, 'dispute');
    await agencies.cutoff('recall');
    await office.commands.liftStop(asked(), stop);
    expect(await agencies.cutoff('again')).toMatchObject([{ kind: 'placements', state: 'active' }]);
    await agencies.says('acknowledgements', [acknowledgement(debt!)], HARBOR, NEXT_DAY);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', knownMinor: 52_500, release: null });
  });

  test('is returned in the same words again, and a return that is repeated before it counts for nothing', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    const returned = [statusRecord(debt!, 'RTN')];
    await agencies.says('statuses', returned);
    await agencies.refer(debt!.id);
    expect(await agencies.cutoff('again')).toMatchObject([{ kind: 'placements', state: 'active' }]);
    await agencies.says('acknowledgements', [acknowledgement(debt!)], HARBOR, NEXT_DAY);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active' });
    // The same bytes are the same file.
    await agencies.says('statuses', returned);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active' });
    await agencies.says('statuses', returned, HARBOR, NEXT_DAY);
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'absent' });
  });

  test('waits while money of the agency is still on its way to the case', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    const stop = await suite.stop(debt!, 'dispute');
    await agencies.cutoff('recall');
    await office.commands.liftStop(asked(), stop);
    await agencies.judge();
    const hold = agencies.holdFindings();
    await agencies.says('agency-payments', [paymentRecord(debt!, 'P-late', 2_500)]);
    expect(await agencies.send('too-early')).toEqual([]);
    hold.release();
    await agencies.publish();
    expect(await agencies.cutoff('later')).toMatchObject([{ kind: 'placements', amountMinor: 50_000 }]);
    await agencies.acknowledges([{ ...debt!, balanceMinor: 50_000 }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 50_000, desiredMinor: 50_000 });
  });
});

describe('two files of one connector', () => {
  test('of which the first was stuck before it was released open a placement once', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.judge();
    agencies.onCheckpoint = async (point) => {
      if (point === 'after-choosing') throw new Error('interrupted');
    };
    await expect(agencies.send('1')).rejects.toThrow('interrupted');
    agencies.onCheckpoint = () => Promise.resolve();
    expect(await agencies.send('2')).toMatchObject([{ kind: 'placements', state: 'active' }]);
    const run = new OutboundRun(agencies.parts(HARBOR));
    const order = { cutoffKey: '1', first: false, businessDate: TODAY, asOf: TODAY, correlationId: 'test' };
    await run.run(await agencies.connector(), order);
    const told = await suite.database.asOwner(
      `select 1 from exchange.record r join exchange.position p on p.id = r.position_id
       where p.subject_id = $1 and r.status in ('delivered', 'released', 'accepted')`,
      [debt.id],
    );
    expect(told).toHaveLength(1);
  });

  test('of which the placement was stuck: an entry waits until the agency has the debt, and is told then', async () => {
    const { agencies } = suite;
    const debt = await suite.referred();
    await agencies.judge();
    agencies.channels[HARBOR]!.failNext.push('upload');
    await expect(agencies.send('1')).rejects.toThrow('was made to fail');
    await suite.pay(debt, 500);
    expect(await agencies.cutoff('2')).toEqual([]);
    expect(await agencies.send('1')).toMatchObject([{ kind: 'placements', amountMinor: 52_500 }]);
    expect(await agencies.cutoff('3')).toMatchObject([{ kind: 'payments', entry: { effectMinor: -500 } }]);
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', knownMinor: 52_000 });
  });

  test('of which the entry was stuck: the debt is placed again only behind it, or it would be lowered twice', async () => {
    const { agencies, office } = suite;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 500);
    await agencies.judge();
    agencies.channels[HARBOR]!.failNext.push('upload');
    await expect(agencies.send('1')).rejects.toThrow('was made to fail');
    const stop = await suite.stop(debt!, 'dispute');
    expect(await agencies.cutoff('2')).toMatchObject([{ kind: 'recalls' }]);
    await office.commands.liftStop(asked(), stop);
    expect(await agencies.cutoff('3')).toEqual([]);
    await agencies.send('1');
    expect(await agencies.cutoff('4')).toMatchObject([{ kind: 'placements', amountMinor: 52_000 }]);
    await agencies.acknowledges([{ ...debt!, balanceMinor: 52_000 }]);
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ known: 'active', knownMinor: 52_000 });
  });
});

describe('what was only shown or could not be written', () => {
  test('in shadow a ledger entry is not told: it goes out when the connector is on again', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.pay(debt!, 2_500);
    await agencies.setMode('shadow');
    await agencies.cutoff('shadow:1');
    await agencies.setMode('on');
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'payments', entry: { effectMinor: -2_500 } }]);
  });

  test('a placement that was set aside does not keep the debt from another agency', async () => {
    const { agencies } = suite;
    const debt = await suite.referred({ sourceReference: `LONG-${'9'.repeat(40)}` });
    expect(await agencies.cutoff('1')).toMatchObject([{ kind: 'placements', status: 'set-aside' }]);
    expect(await suite.database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
    await suite.withdraw(debt);
    await agencies.refer(debt.id, SUMMIT);
    expect(await agencies.cutoff('s1', SUMMIT)).toHaveLength(1);
  });
});

describe('money from suspense', () => {
  test('that bounces after a person posted it to another debt can be taken back there', async () => {
    const { agencies, database, office } = suite;
    const [debt] = await suite.placed();
    const context = { ...asked(), at: office.clock.now() };
    const unknown = { number: '987654321', sourceReference: 'D' };
    await agencies.says('agency-payments', [paymentRecord(unknown, 'P-1', 700, { commission: 200 })]);
    const [payment] = await agencies.suspense();
    await database.gateway.transaction((manager) => postSuspense(manager, context, payment!.id, debt!.id));
    expect(await agencies.balance(debt!.id)).toBe(51_800);
    const back = paymentRecord(unknown, 'P-1', 700, { type: 'PAR', commission: 200 });
    await agencies.says('agency-payments', [back]);
    const reversal = (await agencies.suspense()).find(({ kind }) => kind === 'reversal');
    await database.gateway.transaction((manager) => postSuspense(manager, context, reversal!.id, debt!.id));
    expect(await agencies.balance(debt!.id)).toBe(52_500);
    await agencies.cutoff('1');
    await agencies.judge();
    expect(await agencies.placement(debt!.id)).toMatchObject({ knownMinor: 52_500 });
    // What the agency kept is known of the payment, and given back with it.
    const kept = await database.asOwner(
      `select kind, commission_minor::integer as commission from cases.ledger_entry
       where debt_id = $1 and source like 'suspense:%' order by case_version`,
      [debt!.id],
    );
    expect(kept).toEqual([
      { kind: 'payment', commission: 200 },
      { kind: 'reversal', commission: 200 },
    ]);
  });
});

describe('an empty list of what the agency holds', () => {
  test('says that everything is missing', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await agencies.says('reconciliations', [], HARBOR, '2026-03-18');
    expect(await agencies.proposals()).toMatchObject([{ kind: 'balance-differs', debtId: debt!.id }]);
    await agencies.says('reconciliations', [balanceRecord(debt!, 52_500)], HARBOR, '2026-03-19');
    expect(await agencies.proposals()).toMatchObject([{ kind: 'balance-differs', state: 'closed' }]);
  });
});

/** The agency takes a placement in, in the words of the day on which it took in the first one. */
function acknowledgement(debt: PlacedDebt): PartnerRecord {
  return {
    recordType: 'AACK',
    fileNumber: fileNumber(debt),
    account: debt.sourceReference,
    originalBalance: debt.balanceMinor,
    receivedDate: TODAY,
    currentBalance: debt.balanceMinor,
  };
}
