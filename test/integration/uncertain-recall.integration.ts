import { randomUUID } from 'node:crypto';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { ArrivalHandler } from '@concord/core/exchanges/commands/arrival-handler';
import type { OrderedWork } from '@concord/core/exchanges/commands/ordered-work';
import { ResendHandler } from '@concord/core/exchanges/commands/resend-handler';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import { ChannelError } from '@concord/core/channels/file-channel';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { MemoryChannel } from '../support/memory-channel.js';
import { HARBOR } from '../support/test-agencies.js';
import { asked } from '../support/test-office.js';

const suite = new AgencySuite();
const RECALLED = { known: 'absent', presumed: 'absent', release: null };

/** A partner that takes a file away before the sender has the reply, which may get lost. */
class VanishingChannel extends MemoryChannel {
  collecting = false;
  vanishing = false;

  override async rename(from: string, to: string): Promise<void> {
    await super.rename(from, to);
    if (this.collecting || this.vanishing) this.files.delete(to);
    if (!this.vanishing) return;
    throw new ChannelError('unknown', 'rename', 'the connection was cut before the reply');
  }
}

describe('a recall that was most likely collected', () => {
  let debt: PlacedDebt;
  let channel: VanishingChannel;
  let recall: string;

  beforeEach(async () => {
    const { agencies, database } = suite;
    channel = new VanishingChannel();
    agencies.channels[HARBOR] = channel;
    [debt] = (await suite.placed()) as [PlacedDebt];
    await suite.stop(debt, 'dispute');
    channel.vanishing = true;
    await agencies.cutoff('recall');
    channel.vanishing = false;
    const [found] = await database.asOwner<{ id: string }>(
      `select id from exchange.exchange where kind = 'recalls' and delivery_outcome = 'presumed-collected'`,
    );
    recall = found!.id;
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', release: 'STOP:dispute' });
    expect(await alerts()).toBe(1);
  });

  test('counts once a person says that it has arrived: the debt is free for another agency', async () => {
    const { agencies, database } = suite;
    expect(await decide(recall)).toEqual({ state: 'delivered' });
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject(RECALLED);
    expect(await database.asOwner('select 1 from exchange.exclusive_hold')).toEqual([]);
    expect(await alerts()).toBe(0);
    await expect(decide(recall)).rejects.toMatchObject({ code: 'exchange-not-uncertain' });
  });

  test('counts once it was sent again, and not before', async () => {
    const { agencies, office, database } = suite;
    const resend = new ResendHandler(database.connectors, agencies.registry, work(), office.clock);
    const body = { connectorId: HARBOR, exchangeIds: [recall], reason: 'the agency does not have it' };
    expect(await resend.carryOut(order(body))).toMatchObject({ files: [{ state: 'resent' }] });
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject(RECALLED);
    expect(await alerts()).toBe(0);
  });

  test('is not told again by itself, and of no other file can it be said that it has arrived', async () => {
    const { agencies, database } = suite;
    expect(await agencies.cutoff('next')).toEqual([]);
    const [placed] = await database.asOwner<{ id: string }>(
      `select id from exchange.exchange where kind = 'placements' and delivery_outcome = 'delivered'`,
    );
    await expect(decide(placed!.id)).rejects.toMatchObject({ code: 'exchange-not-uncertain' });
  });

  async function alerts(): Promise<number> {
    const standing = `select 1 from exchange.alert where cause = 'delivery-uncertain' and cleared_at is null`;
    return (await suite.database.asOwner(standing)).length;
  }
});

describe('a recall that was collected before its placement, which was stuck, arrived', () => {
  test('has ended nothing: the placement counts as held, and is called back again', async () => {
    const { agencies, database } = suite;
    const channel = new VanishingChannel();
    agencies.channels[HARBOR] = channel;
    const debt = await suite.referred();
    await agencies.judge();
    channel.failNext.push('upload');
    await expect(agencies.send('placed')).rejects.toThrow('was made to fail');
    await suite.stop(debt, 'dispute');
    channel.collecting = true;
    agencies.onCheckpoint = async (point) => {
      if (point === 'after-rename') throw new Error('interrupted');
    };
    await expect(agencies.cutoff('recall')).rejects.toThrow('interrupted');
    agencies.onCheckpoint = () => Promise.resolve();
    channel.collecting = false;
    expect(await agencies.send('placed')).toMatchObject([{ kind: 'placements', status: 'delivered' }]);
    await agencies.send('recall');
    const [recall] = await database.asOwner<{ id: string }>(
      `select id from exchange.exchange where kind = 'recalls' and delivery_outcome = 'presumed-collected'`,
    );
    await decide(recall!.id);
    await agencies.acknowledges([debt]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject({ known: 'active', release: 'STOP:dispute' });
    expect(await agencies.cutoff('again')).toMatchObject([{ kind: 'recalls', status: 'accepted', state: 'closed' }]);
    await agencies.judge();
    expect(await agencies.placement(debt.id)).toMatchObject(RECALLED);
  });
});

/** What is ordered is done at once, by this process. */
function work(): OrderedWork {
  const run = new OutboundRun(suite.agencies.parts(HARBOR));
  const goOn = async (connectorId: string, ids: readonly string[]) => {
    for (const id of ids) await run.resume(await suite.agencies.connector(connectorId), id, '2026-03-16');
    return 'done';
  };
  return { goOn, finished: () => Promise.resolve() } as never;
}

function decide(exchangeId: string): Promise<{ readonly state: string }> {
  const { agencies, office, database } = suite;
  const handler = new ArrivalHandler(database.connectors, agencies.registry, work(), office.clock);
  return handler.carryOut(order({ exchangeId, arrived: true, reason: 'the agency has it' }));
}

function order(body: object) {
  return { id: randomUUID(), body, ...asked(), progress: () => Promise.resolve() };
}
