import { describe, expect, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';
import { debtRow } from '../support/intake-builder.js';
import { ExchangeDesk } from '../support/exchange-desk.js';
import { BUREAU, TODAY, asked } from '../support/test-office.js';

const suite = new BureauSuite({ limits: { adverse: 1 } });
const desk = (): ExchangeDesk => new ExchangeDesk(suite.bureau);

/** Everything that a look must not change. */
async function everything(): Promise<unknown> {
  const tables = [
    'position',
    'look',
    'block',
    'release_duty',
    'exchange',
    'record',
    'file_sequence',
    'exclusive_hold',
    'alert',
  ];
  const contents: Record<string, unknown> = {};
  for (const table of tables) {
    contents[table] = await suite.database.asOwner(`select t::text from exchange.${table} t order by 1`);
  }
  return { contents, numbers: await suite.database.asOwner('select last_value from exchange.release_number') };
}

describe('a preview of what a connector would send', () => {
  test('has the bytes that are sent afterwards, and why each record is there', async () => {
    const { bureau } = suite;
    // One after the other: two new ones at once would wait.
    const [ended] = await suite.standing();
    const [reduced] = await suite.standing();
    const [disputed] = await suite.standing();
    const [same] = await suite.standing();
    const fresh = await suite.referred();
    await suite.pay(ended!, 52_500);
    await suite.pay(reduced!, 2_500);
    await suite.stop(disputed!, 'dispute');
    await bureau.publish();
    const before = await everything();
    const [file] = await desk().preview({ connectorId: BUREAU });
    expect(await everything()).toEqual(before);

    expect(file).toMatchObject({ kind: 'tradelines', records: 5, truncated: false, leftOut: [] });
    const reasons = new Map(file!.recordList.map((record) => [record.reference, record]));
    const reference = async (id: string): Promise<string> =>
      (
        await suite.database.asOwner<{ reference: string }>(
          'select reference from exchange.position where subject_id = $1',
          [id],
        )
      )[0]!.reference;
    await bureau.judge();
    expect(reasons.get(await reference(ended!.id))).toMatchObject({
      why: 'ended (PAID)',
      previousState: 'active',
      previousAmountMinor: 52_500,
    });
    expect(reasons.get(await reference(reduced!.id))).toMatchObject({
      why: 'reduced (CORRECTION)',
      amountMinor: 50_000,
      previousAmountMinor: 52_500,
    });
    expect(reasons.get(await reference(disputed!.id))?.why).toMatch(/^(marked|changed)/);
    expect(reasons.get(await reference(same!.id))).toMatchObject({ why: 'told again' });
    expect(reasons.get(await reference(fresh.id))).toMatchObject({ why: 'opened', previousState: 'absent' });

    const sent = await bureau.exchange(await bureau.send('sent'));
    expect(sent).toMatchObject({ fileName: file!.fileName, records: 5 });
    expect(Buffer.from(file!.base64, 'base64').equals(bureau.channel.files.get(`/inbox/${sent.fileName}`)!)).toBe(true);
  });

  test('says how it differs from the usual, and for which limits it would wait', async () => {
    await suite.referred();
    await suite.referred();
    await suite.bureau.publish();
    const [file] = await desk().preview({ connectorId: BUREAU });
    expect(file).toMatchObject({
      usual: { files: 0, records: null, adverse: null },
      volume: { records: 2, adverse: 2, addedMinor: 105_000 },
      over: [{ limit: 'adverse', is: 2, allowed: 1, usual: null }],
    });
  });

  test('of a day to come is judged as of that day: a referral that has expired by then is taken back', async () => {
    const { bureau, office } = suite;
    const debt = await office.debt(debtRow());
    await bureau.refer(debt.id, { expiresOn: '2026-03-20' });
    await bureau.judge();
    await bureau.answer(await bureau.send('initial'));
    await bureau.judge();
    const before = await everything();
    const [today] = await desk().preview({ connectorId: BUREAU, date: TODAY });
    const [later] = await desk().preview({ connectorId: BUREAU, date: '2026-03-31' });
    expect(await everything()).toEqual(before);
    expect(today!.recordList).toMatchObject([{ state: 'active', why: 'told again' }]);
    expect(later!.recordList).toMatchObject([{ why: expect.stringContaining('ended (REFERRAL') }]);
    expect(later!.fileName).toContain('20260331');
  });

  test('is there in every mode, and empty where nothing is to be said', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.publish();
    for (const mode of ['off', 'shadow', 'on'] as const) {
      await bureau.setMode(mode);
      expect(await desk().preview({ connectorId: BUREAU })).toMatchObject([{ records: 1 }]);
    }
    for (const mode of ['paused', 'retiring'] as const) {
      await bureau.setMode(mode);
      expect(await desk().preview({ connectorId: BUREAU })).toEqual([]);
    }
    expect(bureau.channel.asked).toEqual({});
  });

  test('of a day that is over, or of nothing that there is, is refused', async () => {
    const day = { connectorId: BUREAU, date: '2026-03-15' };
    await expect(desk().preview(day)).rejects.toMatchObject({ code: 'date-past' });
    await expect(desk().preview({ connectorId: 'nobody' })).rejects.toMatchObject({ code: 'connector-unknown' });
    const exchangeId = '00000000-0000-4000-8000-000000000000';
    await expect(desk().preview({ exchangeId })).rejects.toMatchObject({ code: 'exchange-unknown' });
  });

  test('keeps no identifier in clear with the command', async () => {
    await suite.referred();
    await suite.bureau.publish();
    const result = await desk().order<object>('exchange-preview', { connectorId: BUREAU });
    const [opened] = await desk().preview({ connectorId: BUREAU });
    const text = Buffer.from(opened!.base64, 'base64').toString('latin1');
    const ssn = /666\d{6}|9\d{8}/.exec(text)?.[0];
    expect(ssn).toBeDefined();
    expect(JSON.stringify(result)).not.toContain(opened!.base64.slice(0, 200));
    expect(JSON.stringify(result)).not.toContain(ssn);
  });
});

describe('a preview of a file', () => {
  test('that waits shows what would go out now, after what changed since', async () => {
    const { bureau } = suite;
    const [stopped, paid, other] = [await suite.referred(), await suite.referred(), await suite.referred()];
    await bureau.judge();
    const id = await bureau.send('initial');
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held' });
    await suite.stop(stopped, 'deceased');
    await suite.pay(paid, 2_500);
    await bureau.publish();
    const before = await everything();
    const [file] = await desk().preview({ exchangeId: id });
    expect(await everything()).toEqual(before);
    expect(file!.recordList.map(({ amountMinor, why }) => [amountMinor, why]).sort()).toEqual([
      [50_000, 'opened'],
      [52_500, 'opened'],
    ]);
    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    const sent = bureau.channel.files.get(`/inbox/${file!.fileName}`)!;
    expect(sent.equals(Buffer.from(file!.base64, 'base64'))).toBe(true);
    expect(await bureau.position(other.id)).toMatchObject({ presumed: 'active' });

    const [afterwards] = await desk().preview({ exchangeId: id });
    expect(afterwards).toMatchObject({ fileName: file!.fileName, records: 2, base64: file!.base64 });
    expect(afterwards!.recordList).toMatchObject([{ why: 'sent' }, { why: 'sent' }]);
  });

  test('that was cancelled, or came from the partner, is refused', async () => {
    const { bureau } = suite;
    const [standing] = await suite.standing();
    await suite.referred();
    await suite.referred();
    await bureau.judge();
    const id = await bureau.send('held');
    await desk().order('exchange-cancel', { exchangeId: id, reason: 'wrong list' });
    await expect(desk().preview({ exchangeId: id })).rejects.toMatchObject({ code: 'exchange-without-file' });
    const [answer] = await bureau.inbound();
    await expect(desk().preview({ exchangeId: answer!.id })).rejects.toMatchObject({ code: 'exchange-not-outgoing' });
    expect(await bureau.position(standing!.id)).toMatchObject({ known: 'active' });
  });
});

describe('a run beyond the schedule', () => {
  test("judges and sends what is to be said now, once for each command, and takes no cutoff's place", async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.publish();
    const command = '22222222-2222-4222-8222-222222222222';
    const first = await desk().order<{ exchanges: string[] }>('exchange-run', { connectorId: BUREAU }, 'jane', command);
    const again = await desk().order<{ exchanges: string[] }>('exchange-run', { connectorId: BUREAU }, 'jane', command);
    expect(again).toEqual(first);
    expect(await bureau.exchange(first.exchanges[0]!)).toMatchObject({ state: 'delivered', records: 1, sequence: 1 });
    expect(bureau.channel.files.size).toBe(1);
    const engine = bureau.engine();
    expect(await engine.dueCutoff(await bureau.connector(), TODAY)).toMatchObject({ key: 'initial' });
  });

  test('on the day of a cutoff leaves the cutoff to come', async () => {
    const { bureau } = suite;
    await suite.standing();
    await suite.database.asOwner(`update exchange.exchange set cutoff_key = 'initial'`);
    suite.office.clock.set('2026-03-31T15:00:00Z');
    await suite.referred();
    await bureau.publish();
    await desk().order('exchange-run', { connectorId: BUREAU });
    expect(await bureau.engine().dueCutoff(await bureau.connector(), '2026-03-31')).toMatchObject({
      key: '2026-03-31',
    });
  });

  test('in shadow builds and shows, and of a connector that is off is refused', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.publish();
    await bureau.setMode('shadow');
    const { exchanges } = await desk().order<{ exchanges: string[] }>('exchange-run', { connectorId: BUREAU });
    expect(await bureau.exchange(exchanges[0]!)).toMatchObject({ state: 'shown' });
    expect(bureau.channel.asked).toEqual({});
    await bureau.setMode('off');
    await expect(desk().order('exchange-run', { connectorId: BUREAU })).rejects.toMatchObject({
      code: 'connector-unknown',
    });
  });

  test('whose partner can not be reached says so, and the file goes on later', async () => {
    const { bureau, office } = suite;
    const debt = await suite.referred();
    await bureau.publish();
    bureau.channel.failNext.push('upload');
    await expect(desk().order('exchange-run', { connectorId: BUREAU })).rejects.toMatchObject({
      code: 'exchange-run-failed',
    });
    // A partner that is away is no fault of the file's.
    expect(await desk().alerts()).toEqual([]);
    await office.commands.placeStop(asked(), {
      subject: { kind: 'debt', id: debt.id },
      kind: 'dispute',
      startsOn: null,
      endsOn: null,
      details: {},
      source: 'test',
      idempotencyKey: 'later',
    });
    await bureau.engine().send({ connectorId: BUREAU, businessDate: TODAY, correlationId: 'c' });
    expect((await desk().files())[0]).toMatchObject({ state: 'delivered', sequence: 1 });
  });
});
