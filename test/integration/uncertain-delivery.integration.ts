import { randomUUID } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ChannelError } from '@concord/core/channels/file-channel';
import { BureauSuite } from '../support/bureau-suite.js';
import { ExchangeDesk } from '../support/exchange-desk.js';
import { rejectFile } from '../support/reject-file.js';
import { BUREAU, TODAY } from '../support/test-office.js';

const NAME = '/inbox/CITYCOLL202603160001.m2';

/** What a person finds out about a file whose confirmation was lost. */
function deskOf(suite: BureauSuite) {
  const desk = (): ExchangeDesk => new ExchangeDesk(suite.bureau);
  const causes = async (): Promise<string[]> => (await desk().alerts()).map(({ cause }) => cause);

  /** A file that was collected, or lost, while the reply to its rename was lost. @returns its id and bytes */
  async function uncertain(): Promise<{ id: string; debtId: string; bytes: Buffer }> {
    const { id: debtId } = await suite.referred();
    await suite.bureau.judge();
    const { channel } = suite.bureau;
    const rename = channel.rename.bind(channel);
    let bytes: Buffer = Buffer.alloc(0);
    channel.rename = async (from, to) => {
      await rename(from, to);
      bytes = channel.files.get(to)!;
      channel.files.delete(to);
      throw new ChannelError('unknown', 'rename', 'the reply was lost');
    };
    const id = await suite.bureau.send('initial');
    channel.rename = rename;
    expect(await causes()).toEqual(['delivery-uncertain']);
    return { id, debtId, bytes };
  }

  const decide = (exchangeId: string, arrived: boolean, command: string = randomUUID()): Promise<{ state: string }> =>
    desk().order(
      'exchange-arrival',
      { exchangeId, arrived, reason: 'asked on the telephone' },
      'officer.jane',
      command,
    );

  return { desk, causes, uncertain, decide };
}

describe('at a partner that never answers, a file of which nobody knows', () => {
  const suite = new BureauSuite({}, false);
  const { desk, causes, uncertain, decide } = deskOf(suite);

  test('and that arrived is held there, and the alert is over', async () => {
    const { id, debtId } = await uncertain();
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'absent', inFlight: 1 });
    const command = randomUUID();
    // Begun anew, it finds its own decision.
    for (const _ of [1, 2]) expect(await decide(id, true, command)).toEqual({ state: 'delivered' });
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'active', knownMinor: 52_500, inFlight: 0 });
    expect(await suite.bureau.records(id)).toMatchObject([{ status: 'accepted', code: 'delivered' }]);
    expect(await causes()).toEqual([]);
    expect(suite.bureau.channel.files.size).toBe(0);
    expect(await desk().files()).toMatchObject([{ decision: { decision: 'arrived', actor: 'officer.jane' } }]);
    for (const arrived of [true, false]) {
      await expect(decide(id, arrived)).rejects.toMatchObject({ code: 'exchange-not-uncertain' });
    }
  });

  test('and that never arrived is sent: the same bytes under the same name, once', async () => {
    const { id, debtId, bytes } = await uncertain();
    expect(await decide(id, false)).toEqual({ state: 'delivered' });
    expect([...suite.bureau.channel.files]).toEqual([[NAME, bytes]]);
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'active', inFlight: 0 });
    expect(await causes()).toEqual([]);
    expect(await desk().files()).toMatchObject([{ state: 'delivered', sequence: 1 }]);
    await expect(decide(id, false)).rejects.toMatchObject({ code: 'exchange-not-uncertain' });
  });

  test('and that never arrived goes with the next work when the partner can not be reached', async () => {
    const { id, debtId, bytes } = await uncertain();
    suite.bureau.channel.failNext.push('upload');
    const command = randomUUID();
    expect(await decide(id, false, command)).toEqual({ state: 'archived' });
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'absent', presumed: 'active', inFlight: 1 });
    await suite.bureau.engine().send({ connectorId: BUREAU, businessDate: TODAY, correlationId: 'c' });
    expect([...suite.bureau.channel.files]).toEqual([[NAME, bytes]]);
    expect(await decide(id, false, command)).toEqual({ state: 'delivered' });
    expect(suite.bureau.channel.files.size).toBe(1);
  });

  test('and that is lost a second time in the same way is asked about again', async () => {
    const { id } = await uncertain();
    const { channel } = suite.bureau;
    const rename = channel.rename.bind(channel);
    channel.rename = async (from, to) => {
      await rename(from, to);
      channel.files.delete(to);
      throw new ChannelError('unknown', 'rename', 'the reply was lost');
    };
    expect(await decide(id, false)).toEqual({ state: 'delivered' });
    channel.rename = rename;
    expect(await causes()).toEqual(['delivery-uncertain']);
    expect(await decide(id, true)).toEqual({ state: 'delivered' });
    expect(await causes()).toEqual([]);
    // Both decisions are kept.
    expect(await desk().files()).toMatchObject([
      { decision: { decision: 'arrived', before: { decision: 'not-arrived' } } },
    ]);
  });
});

describe('at a partner that answers, a file of which nobody knows', () => {
  const suite = new BureauSuite();
  const { causes, uncertain, decide } = deskOf(suite);

  test('and that arrived waits for its answer as any other', async () => {
    const { id, debtId } = await uncertain();
    expect(await decide(id, true)).toEqual({ state: 'delivered' });
    expect(await causes()).toEqual([]);
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'absent', inFlight: 1 });
    await suite.bureau.answer(id);
    expect(await suite.bureau.position(debtId)).toMatchObject({ known: 'active', inFlight: 0 });
  });

  test('is not sent again once the partner has spoken about it', async () => {
    const { id } = await uncertain();
    await suite.database.asOwner(`update exchange.record set status = 'accepted' where exchange_id = $1`, [id]);
    await expect(decide(id, false)).rejects.toMatchObject({ code: 'exchange-answered' });
    expect(await causes()).toEqual(['delivery-uncertain']);
    expect(suite.bureau.channel.files.size).toBe(0);
  });

  test('and that had arrived after all is answered while it waits to be sent again, and is not sent', async () => {
    const { id } = await uncertain();
    suite.bureau.channel.failNext.push('upload');
    expect(await decide(id, false)).toEqual({ state: 'archived' });
    suite.bureau.leave('late.rej', rejectFile({ answers: NAME.replace('/inbox/', ''), accepted: 1, refused: [] }));
    await suite.bureau.collect();
    await suite.bureau.engine().send({ connectorId: BUREAU, businessDate: TODAY, correlationId: 'c' });
    expect(await suite.bureau.exchange(id)).toMatchObject({ state: 'answered' });
    expect(suite.bureau.channel.files.has(NAME)).toBe(false);
  });
});
