import { describe, expect, test } from '@jest/globals';
import { ChannelError } from '@concord/core/channels/file-channel';
import { BureauSuite } from '../support/bureau-suite.js';
import { ExchangeDesk } from '../support/exchange-desk.js';
import { rejectFile } from '../support/reject-file.js';
import { BUREAU, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();
const desk = (): ExchangeDesk => new ExchangeDesk(suite.bureau);

interface Resent {
  readonly files: {
    exchangeId: string;
    fileName: string;
    records: number;
    bytes: number;
    resentAs?: string;
    state?: string;
  }[];
}

const resend = (exchangeIds: string[], more: object = {}, id?: string): Promise<Resent> =>
  desk().order(
    'exchange-resend',
    { connectorId: BUREAU, exchangeIds, reason: 'the bureau lost it', ...more },
    'jane',
    id,
  );

/** Two files that were delivered, and taken away by the bureau. */
async function twoTaken(): Promise<{ ids: [string, string]; bytes: Buffer[]; names: string[] }> {
  const { bureau } = suite;
  const ids: string[] = [];
  for (const key of ['first', 'second']) {
    await suite.referred();
    await bureau.judge();
    ids.push(await bureau.send(key));
  }
  const names = [...bureau.channel.files.keys()];
  const bytes = [...bureau.channel.files.values()];
  bureau.channel.files.clear();
  return { ids: ids as [string, string], bytes, names };
}

describe('files that are sent again', () => {
  test('have the same names and bytes, and go in the order in which they went first', async () => {
    const { bureau } = suite;
    const { ids, bytes, names } = await twoTaken();
    const { files } = await resend([ids[1], ids[0]]);
    expect(files).toMatchObject([
      { exchangeId: ids[0], records: 1, state: 'resent' },
      { exchangeId: ids[1], records: 2, state: 'resent' },
    ]);
    expect([...bureau.channel.files.keys()]).toEqual(names);
    expect([...bureau.channel.files.values()]).toEqual(bytes);
    expect(await suite.database.asOwner('select last from exchange.file_sequence')).toEqual([{ last: 2 }]);
    expect((await desk().files()).map(({ state }) => state)).toEqual(['delivered', 'delivered', 'resent', 'resent']);
  });

  test('are listed only in a preview', async () => {
    const { bureau } = suite;
    const { ids, bytes } = await twoTaken();
    expect(await resend([...ids].reverse(), { preview: true })).toEqual({
      files: [
        { exchangeId: ids[0], fileName: 'CITYCOLL202603160001.m2', records: 1, bytes: bytes[0]!.length },
        { exchangeId: ids[1], fileName: 'CITYCOLL202603160002.m2', records: 2, bytes: bytes[1]!.length },
      ],
    });
    expect(bureau.channel.files.size).toBe(0);
    expect(await desk().files()).toHaveLength(2);
  });

  test('put nothing in flight a second time, and are answered as the files themselves', async () => {
    const { bureau } = suite;
    const { ids, names } = await twoTaken();
    const before = await suite.database.asOwner('select * from exchange_v1.position order by id');
    await resend([ids[1]]);
    expect(await suite.database.asOwner('select * from exchange_v1.position order by id')).toEqual(before);
    bureau.leave('answer.rej', rejectFile({ answers: names[1]!.replace('/inbox/', ''), accepted: 2, refused: [] }));
    await bureau.collect();
    expect(await bureau.exchange(ids[1])).toMatchObject({ state: 'answered', failure: null });
    expect(await bureau.exchange(ids[0])).toMatchObject({ state: 'delivered' });
  });

  test('are answered as the files themselves also while the copy is on its way', async () => {
    const { bureau } = suite;
    const { ids, names } = await twoTaken();
    bureau.channel.failNext.push('upload');
    expect(await resend([ids[1]])).toMatchObject({ files: [{ state: 'archived' }] });
    bureau.leave('answer.rej', rejectFile({ answers: names[1]!.replace('/inbox/', ''), accepted: 2, refused: [] }));
    await bureau.collect();
    expect(await bureau.exchange(ids[1])).toMatchObject({ state: 'answered', failure: null });
    expect((await desk().files()).at(-1)).toMatchObject({ state: 'archived' });
  });

  test('go once for each command, also when the command is begun anew after an interruption', async () => {
    const { bureau } = suite;
    const { ids, names } = await twoTaken();
    const command = '33333333-3333-4333-8333-333333333333';
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-rename') throw new Error('the process ended');
    };
    expect(await resend([ids[0]], {}, command)).toMatchObject({ files: [{ state: 'archived' }] });
    bureau.onCheckpoint = () => Promise.resolve();
    // It stands there, and was put there by this very copy.
    expect([...bureau.channel.files.keys()]).toEqual([names[0]]);
    expect(await resend([ids[0]], {}, command)).toMatchObject({ files: [{ state: 'resent' }] });
    expect(await desk().files()).toHaveLength(3);
  });

  test('are not sent while a file of that name stands at the partner, which is left as it is', async () => {
    const { bureau } = suite;
    const { ids, names } = await twoTaken();
    bureau.channel.files.set(names[0]!, Buffer.from('not taken yet'));
    await expect(resend(ids)).rejects.toMatchObject({
      code: 'file-still-there',
      message: expect.stringContaining('CITYCOLL202603160001.m2'),
    });
    expect(bureau.channel.files.get(names[0]!)?.toString()).toBe('not taken yet');
    expect(bureau.channel.files.has(names[1]!)).toBe(true);
    // It is given up: no later work puts it there.
    bureau.channel.files.clear();
    await bureau.engine().send({ connectorId: BUREAU, businessDate: TODAY, correlationId: 'c' });
    expect((await desk().files()).filter(({ state }) => state === 'archived')).toEqual([]);
  });

  test('wait together for a partner that can not be reached, and then go in their order', async () => {
    const { bureau } = suite;
    const { ids, names } = await twoTaken();
    bureau.channel.failNext.push('upload');
    expect(await resend([ids[1], ids[0]])).toMatchObject({ files: [{ state: 'archived' }, { state: 'archived' }] });
    expect(bureau.channel.files.size).toBe(0);
    await bureau.engine().send({ connectorId: BUREAU, businessDate: TODAY, correlationId: 'c' });
    expect([...bureau.channel.files.keys()]).toEqual(names);
  });
});

test('what was never delivered, is of another connector, or is a copy can not be sent again', async () => {
  const { bureau } = suite;
  const { ids } = await twoTaken();
  const { files } = await resend([ids[0]]);
  await expect(resend([files[0]!.resentAs!])).rejects.toMatchObject({ code: 'exchange-not-sent' });
  const nobody = '00000000-0000-4000-8000-000000000000';
  await expect(resend([ids[0], nobody])).rejects.toMatchObject({ code: 'exchange-unknown' });
  await expect(resend([ids[0]], { connectorId: 'nobody' })).rejects.toMatchObject({ code: 'connector-unknown' });
  await bureau.setMode('shadow');
  await expect(resend([ids[0]])).rejects.toMatchObject({ code: 'connector-in-shadow' });
  expect(await desk().files()).toHaveLength(3);
});

describe('what is wrong with a delivery', () => {
  test('is alerted when nobody can see whether the file arrived, until the partner answers', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    const { channel } = bureau;
    const rename = channel.rename.bind(channel);
    channel.rename = async (from, to) => {
      await rename(from, to);
      channel.files.delete(to);
      throw new ChannelError('unknown', 'rename', 'the reply was lost');
    };
    const id = await bureau.send('initial');
    expect(await desk().alerts()).toMatchObject([{ cause: 'delivery-uncertain', about: id }]);
    channel.rename = rename;
    await bureau.answer(id);
    expect(await bureau.exchange(id)).toMatchObject({ state: 'answered' });
    expect(await desk().alerts()).toEqual([]);
  });

  test('is alerted when a file can not go on, once, until it goes on', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    const name = '/inbox/CITYCOLL202603160001.m2';
    bureau.channel.files.set(name, Buffer.from('of another sender'));
    for (const attempt of [1, 2]) {
      await expect(bureau.send('initial')).rejects.toThrow('is at the partner already');
      expect(await desk().alerts()).toMatchObject([{ cause: 'exchange-failed' }]);
      expect(await suite.database.asOwner('select times from exchange.alert')).toEqual([{ times: attempt }]);
    }
    bureau.channel.files.delete(name);
    await bureau.send('initial');
    expect(await desk().alerts()).toEqual([]);
  });
});
