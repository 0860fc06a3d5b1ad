import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { ConnectorMode } from '@concord/core/connectors/connector-entry';
import { ConnectorModeHandler } from '@concord/core/connectors/modes/connector-mode-handler';
import { ExchangeEngine } from '@concord/core/exchanges/exchange-engine';
import { InboundRun } from '@concord/core/exchanges/in/inbound-run';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import { BureauSuite } from '../support/bureau-suite.js';
import { rejectFile } from '../support/reject-file.js';
import { BUREAU, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();

/** A person of the office changes the mode. */
function change(mode: ConnectorMode, connectorId = BUREAU) {
  const { database, bureau, office } = suite;
  return new ConnectorModeHandler(database.connectors, bureau.registry, office.clock).carryOut({
    id: randomUUID(),
    body: { connectorId, mode, reason: 'the contract ends' },
    actor: 'clerk',
    correlationId: 'c-1',
    progress: async () => undefined,
  });
}

async function modeNow(): Promise<string> {
  const [found] = await suite.database.asOwner<{ mode: string }>('select mode from exchange.connector');
  return found!.mode;
}

function changes() {
  return suite.database.asOwner<{ was: string; mode: string; actor: string; reason: string }>(
    'select was, mode, actor, reason from exchange_v1.connector_change order by id',
  );
}

function engine(): ExchangeEngine {
  const { database, bureau, office, host } = suite;
  const parts = bureau.parts();
  const runs = [new OutboundRun(parts), new InboundRun(parts)] as const;
  return new ExchangeEngine(database.connectors, bureau.registry, host, ...runs, office.clock);
}

const order = { connectorId: BUREAU, businessDate: TODAY, correlationId: 'c-2' };

describe('a change of mode', () => {
  test('is kept with who made it and why; the same mode again is no change', async () => {
    expect(await change('paused')).toEqual({ mode: 'paused', was: 'on' });
    expect(await change('paused')).toEqual({ mode: 'paused', was: 'paused' });
    expect(await modeNow()).toBe('paused');
    expect(await changes()).toEqual([{ was: 'on', mode: 'paused', actor: 'clerk', reason: 'the contract ends' }]);
  });

  test('of a connector that does not exist is refused', async () => {
    await expect(change('paused', 'nobody')).rejects.toMatchObject({ code: 'connector-unknown' });
    await expect(change('on', 'nobody')).rejects.toMatchObject({ code: 'connector-unknown' });
  });

  test('to on has every debt judged that was referred meanwhile', async () => {
    const { bureau, database } = suite;
    expect(await change('off')).toMatchObject({ mode: 'off' });
    const debt = await suite.referred();
    await bureau.publish();
    await database.asOwner('delete from exchange.look');
    await change('on');
    expect(await bureau.judge()).toBe(1);
    expect(await bureau.position(debt.id)).toMatchObject({ desired: 'active' });
  });

  test.each(['off', 'shadow'] as const)('to %s is refused while the partner holds something', async (mode) => {
    await suite.standing({}, {});
    await expect(change(mode)).rejects.toMatchObject({
      code: 'connector-still-holds',
      message: expect.stringMatching(/^2 positions stand or may stand .*retire it/),
    });
    expect(await modeNow()).toBe('on');
    expect(await changes()).toEqual([]);
  });

  test('while a file is chosen is honoured by that file: nothing more adverse goes out', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-choosing') await change('paused');
    };
    const sent = await bureau.send('initial');
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'empty', records: 0 });
    expect(bureau.channel.files.size).toBe(0);
  });

  test('to off is refused while something is on its way', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    await bureau.send('initial');
    await expect(change('off')).rejects.toMatchObject({ code: 'connector-still-holds' });
  });

  test('to off is refused while a file has not come to its end', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-choosing') throw new Error('the process ended');
    };
    await expect(bureau.send('initial')).rejects.toThrow('the process ended');
    await expect(change('off')).rejects.toMatchObject({ code: 'connector-files-open' });
  });
});

describe('a connector that retires', () => {
  test('takes everything back, goes off by itself, and its work is passed over from then on', async () => {
    const { bureau, office } = suite;
    const [debt] = await suite.standing({});
    expect(await change('retiring')).toEqual({ mode: 'retiring', was: 'on' });
    await engine().judge(order);
    const sent = await bureau.send('last');
    expect(await bureau.records(sent)).toMatchObject([{ debtId: debt!.id, state: 'absent' }]);
    await engine().collect(order);
    expect(await modeNow()).toBe('retiring');

    const { fileName } = await bureau.exchange(sent);
    bureau.leave(`${fileName}.rej`, rejectFile({ answers: fileName!, accepted: 1, refused: [] }));
    await engine().collect(order);
    expect(await modeNow()).toBe('off');
    expect((await changes()).at(-1)).toMatchObject({ was: 'retiring', mode: 'off', actor: 'concord' });

    bureau.channel.asked['list'] = 0;
    office.clock.set(`${TODAY}T20:00:00Z`);
    await engine().judge(order);
    await engine().send(order);
    await engine().collect(order);
    expect(bureau.channel.asked['list']).toBe(0);
  });

  test('goes off at once when its partner holds nothing', async () => {
    expect(await change('retiring')).toEqual({ mode: 'off', was: 'on' });
    expect(await modeNow()).toBe('off');
  });

  test('can be turned on again, and then says again what should stand', async () => {
    const { bureau } = suite;
    const [debt] = await suite.standing({});
    await change('retiring');
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'absent' });
    await change('on');
    await bureau.judge();
    expect(await bureau.position(debt!.id)).toMatchObject({ desired: 'active', release: null });
  });
});
