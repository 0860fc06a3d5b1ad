import { randomUUID } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { beforeEach, describe, expect, test } from '@jest/globals';
import { PartnerReach } from '@concord/core/alerts/partner-reach';
import { Watch } from '@concord/core/alerts/watch/watch';
import { AgencySuite } from '../support/agency-suite.js';
import type { PlacedDebt } from '../support/agency-suite.js';
import { IncomingDesk } from '../support/incoming-desk.js';
import type { MemoryChannel } from '../support/memory-channel.js';
import { HARBOR, paymentRecord } from '../support/test-agencies.js';

const NAME = 'APAY1.txt';
const reason = 'asked the agency';

/** What the tests of one composition share. */
function composed(entry: Record<string, unknown> = {}) {
  const suite = new AgencySuite(entry);
  const test = {
    suite,
    desk: undefined as unknown as IncomingDesk,
    channel: undefined as unknown as MemoryChannel,
    debt: undefined as unknown as PlacedDebt,
    /** A file of payments, by number and cents. */
    file: (...payments: [string, number][]): Promise<Buffer> =>
      suite.agencies.fileOf(
        'agency-payments',
        payments.map(([id, cents]) => paymentRecord(test.debt, id, cents)),
      ),
    leave: (name: string, bytes: Buffer): void => suite.agencies.leave(name, bytes),
    collect: (): Promise<void> => suite.agencies.collect(),
    lies: (path: string): boolean => test.channel.files.has(path),
    balance: (): Promise<number> => suite.agencies.balance(test.debt.id),
    at: (time: string): void => suite.office.clock.set(`2026-03-16T${time}Z`),
    payments: async () => (await test.desk.files()).filter(({ name }) => !name.startsWith('AACK')),
  };
  beforeEach(async () => {
    [test.debt] = (await suite.placed()) as [PlacedDebt];
    test.desk = new IncomingDesk(suite.database, suite.agencies.registry, suite.agencies.parts(HARBOR));
    test.channel = suite.agencies.channels[HARBOR]!;
    await suite.database.asOwner('delete from exchange.arrival');
  });
  return test;
}

describe('a file that is still being written', () => {
  const t = composed();

  test.each(['grows', 'shrinks'])(
    'and %s while it is read is left for the next look, and nothing is recorded',
    async (does) => {
      const whole = await t.file(['P-1', 1_000], ['P-2', 500]);
      const half = whole.subarray(0, 400);
      const [listed, read] = does === 'grows' ? [half, whole] : [whole, half];
      t.leave(NAME, listed);
      const list = t.channel.list.bind(t.channel);
      t.channel.list = async (folder) => {
        const listing = await list(folder);
        t.channel.files.set(`/outbox/${NAME}`, read);
        return listing;
      };
      await t.collect();
      expect(await t.payments()).toEqual([]);
      expect(await t.desk.arrivals()).toEqual([]);
      expect(t.lies(`/outbox/${NAME}`)).toBe(true);
      t.channel.list = list;
      t.leave(NAME, whole);
      await t.collect();
      expect(await t.payments()).toMatchObject([{ state: 'applied', statuses: ['applied', 'applied'] }]);
      expect(await t.balance()).toBe(51_000);
    },
  );

  test('and grows behind the reader is left, and not even archived', async () => {
    const whole = await t.file(['P-1', 1_000]);
    t.leave(NAME, whole.subarray(0, 200));
    const download = t.channel.download.bind(t.channel);
    t.channel.download = async function* (folder, name) {
      yield* download(folder, name);
      t.leave(NAME, whole);
    };
    const before = await archived();
    await t.collect();
    t.channel.download = download;
    expect(await t.payments()).toEqual([]);
    expect(await archived()).toEqual(before);
    await t.collect();
    expect(await t.balance()).toBe(51_500);
  });

  const archived = async (): Promise<string[]> => {
    const { archiveFolder } = t.suite.agencies;
    return (await readdir(archiveFolder, { recursive: true })).sort();
  };
});

describe('a file whose name can not be used', () => {
  const t = composed();
  const told = async () => (await t.desk.alerts()).filter(({ cause }) => cause === 'file-unusable');
  const raised = () =>
    t.suite.database.asOwner<{ times: number; over: boolean }>(
      `select times, cleared_at is not null as over from exchange.alert where cause = 'file-unusable' order by raised_at`,
    );

  test('is left alone, and people are told once for as long as any lies there', async () => {
    const hostile = ['A\nPAY1.txt', 'APAY2\u202e.txt', 'AP\\AY3.txt', `${'x'.repeat(256)}.txt`];
    for (const name of hostile) t.leave(name, await t.file(['P-1', 1_000]));
    t.leave(NAME, await t.file(['P-2', 500]));
    await t.collect();
    await t.collect();
    expect(await t.payments()).toMatchObject([{ name: NAME, state: 'applied' }]);
    const [alert, ...others] = await told();
    expect(others).toEqual([]);
    expect(alert).toMatchObject({
      about: '',
      message: expect.stringContaining('left 4 files that are not taken from /outbox: "APAY2\u2423.txt" (holds'),
      details: { count: 4, folder: '/outbox' },
    });
    for (const sign of ['\n', '\u202e']) expect(JSON.stringify(alert)).not.toContain(sign);
    for (const name of hostile.slice(1)) t.channel.files.delete(`/outbox/${name}`);
    await t.collect();
    expect(await told()).toMatchObject([{ message: expect.stringContaining('a file that is'), details: { count: 1 } }]);
    t.channel.files.delete(`/outbox/${hostile[0]}`);
    await t.collect();
    expect(await raised()).toEqual([{ times: 3, over: true }]);
    t.leave(hostile[0]!, Buffer.from('again'));
    await t.collect();
    expect(await raised()).toMatchObject([{ over: true }, { times: 1, over: false }]);
  });

  test('is no longer told of a connector that is off', async () => {
    t.leave('A\nPAY1.txt', Buffer.from('x'));
    await t.collect();
    expect(await told()).toHaveLength(1);
    const { agencies, database, office } = t.suite;
    await agencies.setMode('off');
    const reach = new PartnerReach(database.connectors, office.clock);
    await new Watch(database.connectors, agencies.registry, reach, office.clock).look();
    expect(await told()).toEqual([]);
  });
});

describe('the same bytes again', () => {
  const t = composed();

  test('have no effect and are an arrival of their own, under whatever name', async () => {
    const bytes = await t.file(['P-1', 1_000]);
    for (const name of [NAME, 'APAY2.txt', NAME]) {
      t.leave(name, bytes);
      await t.collect();
    }
    expect(await t.payments()).toMatchObject([{ name: NAME, statuses: ['applied'] }]);
    expect(await t.desk.arrivals()).toEqual([
      { name: NAME, repeated: false, gone: true },
      { name: 'APAY2.txt', repeated: true, gone: true },
      { name: NAME, repeated: true, gone: true },
    ]);
    expect(await t.balance()).toBe(51_500);
  });

  test('are the same arrival while the file could not be taken away', async () => {
    t.leave(NAME, await t.file(['P-1', 1_000]));
    for (let look = 0; look < 2; look += 1) {
      t.channel.failNext.push('remove');
      await expect(t.collect()).rejects.toThrow('remove was made to fail');
    }
    expect(await t.desk.arrivals()).toEqual([{ name: NAME, repeated: false, gone: false }]);
    await t.collect();
    expect(await t.desk.arrivals()).toEqual([{ name: NAME, repeated: false, gone: true }]);
    expect(t.lies(`/outbox/${NAME}`)).toBe(false);
  });

  test('are a new arrival when the earlier one was gone before, though its removal was never confirmed', async () => {
    const bytes = await t.file(['P-1', 1_000]);
    t.leave(NAME, bytes);
    t.channel.failNext.push('remove');
    await expect(t.collect()).rejects.toThrow('remove was made to fail');
    t.channel.files.delete(`/outbox/${NAME}`);
    await t.collect();
    t.leave(NAME, bytes);
    await t.collect();
    expect(await t.desk.arrivals()).toMatchObject([{ repeated: false }, { repeated: true }]);
  });
});

describe('the same name with other bytes', () => {
  const t = composed();
  let undecided: string;

  beforeEach(async () => {
    t.leave(NAME, await t.file(['P-1', 1_000]));
    await t.collect();
    t.at('16:00:00');
    t.leave(NAME, await t.file(['P-1', 1_000], ['P-2', 300]));
    await t.collect();
    undecided = await t.desk.file(NAME, 'undecided');
  });

  test('waits for a person, unread, and people are told', async () => {
    await t.collect();
    expect(await t.payments()).toMatchObject([{ state: 'applied' }, { state: 'undecided', statuses: [] }]);
    expect(t.lies(`/outbox/${NAME}`)).toBe(false);
    expect(await t.desk.alerts()).toMatchObject([
      { cause: 'file-undecided', about: undecided, message: expect.stringContaining(NAME) },
    ]);
    expect(await t.balance()).toBe(51_500);
    await expect(t.desk.order('exchange-replay', { exchangeId: undecided, reason })).rejects.toMatchObject({
      code: 'exchange-undecided',
    });
    expect(await t.desk.order('exchange-replay', { exchangeId: undecided, reason, preview: true })).toMatchObject({
      statements: 2,
      wouldApply: 1,
      already: 1,
    });
    expect(await t.balance()).toBe(51_500);
  });

  test('is applied when a person says so, each record once', async () => {
    const command = randomUUID();
    const body = { exchangeId: undecided, decision: 'apply', reason };
    expect(await t.desk.order('exchange-decide', body, command)).toEqual({ state: 'applied' });
    expect(await t.desk.order('exchange-decide', body, command)).toEqual({ state: 'applied' });
    await expect(t.desk.order('exchange-decide', body)).rejects.toMatchObject({ code: 'exchange-not-undecided' });
    await t.suite.agencies.publish();
    expect(await t.balance()).toBe(51_200);
    expect(await t.payments()).toMatchObject([{}, { state: 'applied', statuses: ['duplicate', 'applied'] }]);
    expect(await t.desk.alerts()).toEqual([]);
  });

  test('is applied once when the process dies in the middle of it', async () => {
    const command = randomUUID();
    const body = { exchangeId: undecided, decision: 'apply', reason };
    t.suite.agencies.onCheckpoint = async (point) => {
      if (point === 'mid-apply') throw new Error('interrupted');
    };
    await expect(t.desk.order('exchange-decide', body, command)).rejects.toThrow('interrupted');
    t.suite.agencies.onCheckpoint = () => Promise.resolve();
    expect(await t.desk.order('exchange-decide', body, command)).toEqual({ state: 'applied' });
    await t.suite.agencies.publish();
    expect(await t.balance()).toBe(51_200);
  });

  test('is put away unread when a person says so, and can still be read later', async () => {
    const body = { exchangeId: undecided, decision: 'dismiss', reason };
    expect(await t.desk.order('exchange-decide', body)).toEqual({ state: 'dismissed' });
    await t.collect();
    expect(await t.balance()).toBe(51_500);
    expect(await t.desk.alerts()).toEqual([]);
    expect(await t.desk.order('exchange-replay', { exchangeId: undecided, reason })).toMatchObject({
      statements: 2,
      applied: 1,
      already: 1,
    });
    await t.suite.agencies.publish();
    expect(await t.balance()).toBe(51_200);
  });
});

describe('the same name of a partner', () => {
  describe('who sends corrected files', () => {
    const t = composed({ sameName: { 'agency-payments': 'correction' } });

    test('is a correction of which each record is applied once', async () => {
      t.leave(NAME, await t.file(['P-1', 1_000]));
      await t.collect();
      t.leave(NAME, await t.file(['P-1', 1_000], ['P-2', 300]));
      await t.collect();
      expect(await t.balance()).toBe(51_200);
      expect(await t.desk.alerts()).toEqual([]);
      const [{ corrected } = { corrected: 0 }] = await t.suite.database.asOwner<{ corrected: number }>(
        `select count(*)::integer as corrected from exchange.exchange e join exchange.exchange w on w.id = e.corrects_id
         where e.file_name = w.file_name and e.kind = w.kind`,
      );
      expect(corrected).toBe(1);
    });
  });

  describe('who uses its names again', () => {
    const t = composed({ namesRepeat: ['agency-payments'] });

    test('says nothing', async () => {
      for (const id of ['P-1', 'P-2', 'P-3']) {
        t.leave('APAY.txt', await t.file([id, 100]));
        await t.collect();
      }
      expect(await t.balance()).toBe(52_200);
      expect(await t.suite.database.asOwner('select 1 from exchange.exchange where corrects_id is not null')).toEqual(
        [],
      );
    });
  });
});

describe('a file whose totals are wrong', () => {
  const t = composed();
  const spoilt: [string, (bytes: Buffer) => Buffer, string][] = [
    ['is cut off', (bytes) => bytes.subarray(0, bytes.length - 300), 'truncated'],
    ['lacks its trailer', (bytes) => bytes.subarray(0, bytes.length - 200), 'truncated'],
    ['counts one record more', (bytes) => edited(bytes, 'ATRL0000000002', 'ATRL0000000003'), 'total'],
    ['counts one cent less', (bytes) => edited(bytes, '000000013.00', '000000012.99'), 'total'],
  ];

  test.each(spoilt)(
    'because it %s is refused without one record applied, and the right one ends that',
    async (_, spoil) => {
      const right = await t.file(['P-1', 1_000], ['P-2', 300]);
      t.leave(NAME, spoil(right));
      await t.collect();
      expect(await t.payments()).toMatchObject([{ state: 'refused', statuses: [] }]);
      expect(await t.balance()).toBe(52_500);
      const [alert, ...more] = await t.desk.alerts();
      expect(more).toEqual([]);
      expect(alert).toMatchObject({
        cause: 'file-refused',
        about: await t.desk.file(NAME),
        message: expect.stringContaining('not one of its records was applied'),
        details: { file: NAME, rule: expect.any(String) },
      });
      t.at('16:00:00');
      t.leave(NAME, right);
      await t.collect();
      expect(await t.balance()).toBe(51_200);
      expect(await t.payments()).toMatchObject([{ state: 'refused' }, { state: 'applied' }]);
      expect(await t.desk.alerts()).toEqual([]);
    },
  );

  describe('and that comes again under another name', () => {
    const ended = async (...payments: [string, number][]): Promise<boolean> => {
      t.at('16:00:00');
      t.leave('APAY2.txt', await t.file(...payments));
      await t.collect();
      expect((await t.payments()).map(({ state }) => state)).toEqual(['refused', 'applied']);
      return (await t.desk.alerts()).length === 0;
    };

    test('as it should have been, or with more than before, ends the alert', async () => {
      t.leave(NAME, edited(await t.file(['P-1', 1_000], ['P-2', 300]), '000000013.00', '000000012.99'));
      await t.collect();
      expect(await ended(['P-1', 1_000], ['P-2', 300], ['P-3', 100])).toBe(true);
    });

    const others: [string, [string, number][]][] = [
      [
        'other payments',
        [
          ['P-3', 1_000],
          ['P-4', 300],
        ],
      ],
      ['only a part of it', [['P-1', 1_000]]],
      [
        'one of its payments and another',
        [
          ['P-1', 1_000],
          ['P-4', 300],
        ],
      ],
    ];
    test.each(others)('leaves it where it has %s', async (_, payments) => {
      t.leave(NAME, edited(await t.file(['P-1', 1_000], ['P-2', 300]), '000000013.00', '000000012.99'));
      await t.collect();
      expect(await ended(...payments)).toBe(false);
    });

    test('leaves it where nothing of the first one could be read', async () => {
      t.leave(NAME, Buffer.from('rubbish\n'));
      await t.collect();
      expect(await ended(['P-1', 1_000])).toBe(false);
    });
  });

  test('is named with the first fault, and can be put away', async () => {
    t.leave(NAME, edited(await t.file(['P-1', 1_000], ['P-2', 300]), '000000013.00', '000000012.99'));
    await t.collect();
    expect(await t.desk.alerts()).toMatchObject([
      {
        message: expect.stringMatching(/record 3.*field.*position 15-26/),
        details: { record: 3, position: '15-26', rule: expect.any(String), value: expect.stringMatching(/12/) },
      },
    ]);
    const exchangeId = await t.desk.file(NAME);
    await expect(t.desk.order('exchange-decide', { exchangeId, decision: 'apply', reason })).rejects.toMatchObject({
      code: 'exchange-not-undecided',
    });
    expect(await t.desk.order('exchange-decide', { exchangeId, decision: 'dismiss', reason })).toEqual({
      state: 'dismissed',
    });
    expect(await t.desk.alerts()).toEqual([]);
  });
});

describe('a partner whose files are finished when they rest', () => {
  const t = composed({ take: { when: 'stable', stableSeconds: 60 } });

  test('a file is taken when two looks far enough apart found the same', async () => {
    const whole = await t.file(['P-1', 1_000]);
    const look = async (time: string): Promise<number> => {
      t.at(time);
      await t.collect();
      return t.balance();
    };
    t.leave(NAME, whole.subarray(0, 200));
    expect(await look('16:00:00')).toBe(52_500);
    t.leave(NAME, whole);
    expect(await look('16:01:00')).toBe(52_500);
    expect(await look('16:01:59')).toBe(52_500);
    // Written anew with the same size.
    t.channel.modified.set(`/outbox/${NAME}`, new Date('2026-03-16T16:01:59Z'));
    expect(await look('16:02:00')).toBe(52_500);
    expect(await look('16:02:59')).toBe(52_500);
    expect(await look('16:03:00')).toBe(51_500);
    expect(t.lies(`/outbox/${NAME}`)).toBe(false);
    expect(await look('16:04:00')).toBe(51_500);
    expect(await t.suite.database.asOwner('select 1 from exchange.remote_file')).toEqual([]);
  });
});

describe('a partner who leaves done-files', () => {
  const t = composed({ take: { when: 'done-file', afterwards: { moveTo: '/taken' } } });

  test('a file is taken when its done-file stands there, moved, and its done-file removed', async () => {
    t.leave(NAME, await t.file(['P-1', 1_000]));
    await t.collect();
    expect(await t.balance()).toBe(52_500);
    t.leave(`${NAME}.done`, Buffer.alloc(0));
    await t.collect();
    expect(await t.balance()).toBe(51_500);
    expect([...t.channel.files.keys()].filter((path) => path.includes(NAME))).toEqual([`/taken/${NAME}`]);
  });

  test('a file that could not be moved is moved with the next look, without its done-file', async () => {
    t.leave(NAME, await t.file(['P-1', 1_000]));
    t.leave(`${NAME}.done`, Buffer.alloc(0));
    t.channel.failNext.push('rename');
    await expect(t.collect()).rejects.toThrow('rename was made to fail');
    expect(t.lies(`/outbox/${NAME}.done`)).toBe(false);
    await t.collect();
    expect(t.lies(`/taken/${NAME}`)).toBe(true);
    expect(await t.desk.arrivals()).toHaveLength(1);
    // What is being written under the name now is another file, for which nothing vouches.
    t.leave(NAME, Buffer.from('APAY'));
    await t.collect();
    expect(t.lies(`/outbox/${NAME}`)).toBe(true);
  });

  test('nothing that lies where files are moved to is replaced', async () => {
    t.channel.files.set(`/taken/${NAME}`, Buffer.from('the office keeps this'));
    t.leave(NAME, await t.file(['P-1', 1_000]));
    t.leave(`${NAME}.done`, Buffer.alloc(0));
    await t.collect();
    expect(t.channel.files.get(`/taken/${NAME}`)?.toString()).toBe('the office keeps this');
    expect([...t.channel.files.keys()].filter((path) => path.startsWith(`/taken/${NAME}.`))).toHaveLength(1);
    expect(t.lies(`/outbox/${NAME}`)).toBe(false);
  });
});

/** @throws Error when the text does not stand there exactly once: a test that spoils nothing proves nothing */
function edited(bytes: Buffer, from: string, to: string): Buffer {
  const parts = bytes.toString('latin1').split(from);
  if (parts.length !== 2) throw new Error(`${from} stands there ${parts.length - 1} times`);
  return Buffer.from(parts.join(to), 'latin1');
}
