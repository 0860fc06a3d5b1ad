import { describe, expect, test } from '@jest/globals';
import { AgencySuite } from '../support/agency-suite.js';
import { ExchangeDesk } from '../support/exchange-desk.js';
import { HARBOR, SUMMIT } from '../support/test-agencies.js';

/** More than one placement, or more than 600.00 added to what an agency holds, waits for a person. */
const suite = new AgencySuite({ limits: { adverse: 1, amountMinor: 60_000 } });

const desk = (id = HARBOR): ExchangeDesk =>
  new ExchangeDesk({
    registry: suite.agencies.registry,
    parts: () => suite.agencies.parts(id),
    engine: () => suite.agencies.engine(id),
  });

async function held(): Promise<string> {
  const file = (await desk().files()).find(({ state }) => state === 'held');
  if (!file) throw new Error('no file is held');
  return file.id;
}

describe('placements over a limit', () => {
  test('wait, and give the debts free for another agency meanwhile', async () => {
    const { agencies } = suite;
    const debts = [await suite.referred(), await suite.referred()];
    await agencies.judge();
    await agencies.send('1');
    const id = await held();
    expect(await suite.database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);

    await suite.withdraw(debts[0]!);
    await agencies.refer(debts[0]!.id, SUMMIT);
    await agencies.judge();
    expect(await agencies.cutoff('1', SUMMIT)).toMatchObject([{ debtId: debts[0]!.id, state: 'active' }]);

    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    expect(await agencies.placement(debts[1]!.id)).toMatchObject({ presumed: 'active' });
    expect(await agencies.placement(debts[0]!.id)).toMatchObject({ presumed: 'absent' });
  });
});

describe('entries of a file that waits', () => {
  test('that lower a debt are told now, each once; those that raise it when a person lets them', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.entry(debt!, 'fee', 70_000);
    await suite.pay(debt!, 5_000);
    await agencies.judge();
    const told = await agencies.send('2');
    expect(told).toMatchObject([{ entry: { kind: 'fee' }, amountMinor: 122_500, status: 'chosen' }]);
    const id = await held();
    const [part] = (await desk().files()).filter(({ partOf }) => partOf === id);
    expect(part).toMatchObject({ state: 'delivered', records: 1 });
    // With the fee held back, what the agency holds after the payment is what it held, less the payment.
    expect(await entries(part!.id)).toEqual([{ kind: 'payment', amount_minor: 47_500 }]);

    await suite.pay(debt!, 1_000);
    await agencies.judge();
    expect(await agencies.send('3')).toMatchObject([{ entry: { kind: 'payment', effectMinor: -1_000 } }]);
    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    expect(await entries(id)).toEqual([{ kind: 'fee', amount_minor: expect.any(Number) }]);
    expect(await agencies.send('4')).toEqual([]);
  });
});

describe('an end', () => {
  test('is told while the beginning of another placement waits', async () => {
    const { agencies } = suite;
    const [debt] = await suite.placed();
    await suite.referred();
    await suite.referred();
    await suite.pay(debt!, debt!.balanceMinor);
    await agencies.judge();
    await agencies.send('5');
    expect((await desk().files()).filter(({ state }) => state === 'held')).toMatchObject([{ records: 2 }]);
    const [recall] = await suite.database.asOwner<{ state: string }>(
      `select e.state from exchange.record r join exchange.exchange e on e.id = r.exchange_id
       join exchange.position p on p.id = r.position_id
       where p.subject_id = $1 and r.state in ('closed', 'absent') and r.status in ('delivered', 'accepted')`,
      [debt!.id],
    );
    expect(recall).toMatchObject({ state: 'delivered' });
  });
});

function entries(exchangeId: string): Promise<{ kind: string; amount_minor: number }[]> {
  return suite.database
    .asOwner<{ kind: string; amount_minor: string }>(
      `select entry->>'kind' as kind, amount_minor from exchange.record
       where exchange_id = $1 and status not in ('dropped', 'set-aside') order by sequence`,
      [exchangeId],
    )
    .then((found) => found.map((each) => ({ ...each, amount_minor: Number(each.amount_minor) })));
}
