import { describe, expect, test } from '@jest/globals';
import { BureauSuite } from '../support/bureau-suite.js';
import { ExchangeDesk } from '../support/exchange-desk.js';
import type { OutgoingFile } from '../support/exchange-desk.js';
import type { RegisteredDebt } from '../support/test-office.js';
import { waitingFor } from '../support/test-database.js';

/** More than two accounts new at the partner wait for a person. */
const suite = new BureauSuite({ limits: { adverse: 2 } });
const desk = (): ExchangeDesk => new ExchangeDesk(suite.bureau);
const account = ({ number }: { readonly number: string }): string => `CITY${number}`;

async function referred(count: number): Promise<RegisteredDebt[]> {
  const debts: RegisteredDebt[] = [];
  for (let made = 0; made < count; made += 1) debts.push(await suite.referred());
  return debts;
}

async function fileOf(key: string): Promise<OutgoingFile> {
  const found = (await desk().files()).find((file) => file.key === key);
  if (!found) throw new Error(`there is no file of ${key}`);
  return found;
}

const accountsIn = async (exchangeId: string): Promise<string[]> =>
  (await suite.bureau.read(exchangeId)).map((record) => String(record['consumerAccountNumber'])).sort();

/** Two debts that stand at the bureau, and a file with three new ones that waits for a person. */
async function heldFile(key = 'held'): Promise<{ standing: RegisteredDebt[]; fresh: RegisteredDebt[]; id: string }> {
  const standing = await suite.standing({}, {});
  const fresh = await referred(3);
  await suite.bureau.judge();
  return { standing, fresh, id: await suite.bureau.send(key) };
}

describe('a file over a limit', () => {
  test('waits with what is new at the partner, and all else is told by a file of its own', async () => {
    const { bureau } = suite;
    const [paid, same] = await suite.standing({}, {});
    const fresh = await referred(3);
    await suite.pay(paid!, 52_500);
    await bureau.judge();
    const id = await bureau.send('held');

    expect(await bureau.exchange(id)).toMatchObject({ state: 'held', sequence: null, records: 3 });
    const part = await fileOf('held:at-once');
    expect(part).toMatchObject({ state: 'delivered', sequence: 2, partOf: id });
    expect(await accountsIn(part.id)).toEqual([account(paid!), account(same!)].sort());
    expect((await fileOf('held')).held).toMatchObject({
      limits: [{ limit: 'adverse', is: 3, allowed: 2, usual: null }],
      toldNow: part.id,
    });
    for (const debt of fresh) expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'absent', inFlight: 0 });
    expect(await desk().alerts()).toMatchObject([
      { cause: 'exchange-held', about: id, message: expect.stringContaining(`concord exchange preview ${id}`) },
    ]);
  });

  test('is let go on by a person: re-checked, numbered and sent, and not judged by its limits again', async () => {
    const { bureau } = suite;
    const { fresh, id } = await heldFile();
    await suite.stop(fresh[0]!, 'deceased');
    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    expect(await fileOf('held')).toMatchObject({
      state: 'delivered',
      sequence: 3,
      records: 2,
      decision: { actor: 'officer.jane', was: 'held' },
    });
    expect(await accountsIn(id)).toEqual([account(fresh[1]!), account(fresh[2]!)].sort());
    expect(await desk().alerts()).toEqual([]);
    expect(await bureau.position(fresh[0]!.id)).toMatchObject({ presumed: 'absent' });
  });

  test('is let go on over its limit', async () => {
    const { fresh, id } = await heldFile();
    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    expect(await accountsIn(id)).toEqual(fresh.map(account).sort());
  });

  test("is cancelled: its number is the next file's, and what it would have said is said by the next cutoff", async () => {
    const { bureau } = suite;
    const { fresh, standing, id } = await heldFile();
    await desk().order('exchange-cancel', { exchangeId: id, reason: 'wrong list' });
    expect(await fileOf('held')).toMatchObject({ state: 'cancelled', sequence: null });
    expect(new Set((await bureau.records(id)).map(({ status, reason }) => `${status} ${reason}`))).toEqual(
      new Set(['dropped cancelled: wrong list']),
    );
    expect(await desk().alerts()).toEqual([]);
    await suite.stop(fresh[0]!, 'deceased');
    await bureau.judge();
    const next = await bureau.send('next');
    expect(await bureau.exchange(next)).toMatchObject({ state: 'delivered', sequence: 3 });
    expect(await accountsIn(next)).toEqual([...standing, fresh[1]!, fresh[2]!].map(account).sort());
  });

  test('is not said by the next cutoff while it waits; new debts, stops and payments are', async () => {
    const { bureau } = suite;
    const { fresh, standing, id } = await heldFile();
    const later = await suite.referred();
    await suite.pay(standing[0]!, 2_500);
    await bureau.judge();
    const next = await bureau.send('next');
    expect(await bureau.exchange(next)).toMatchObject({ state: 'delivered', records: 3 });
    expect(await accountsIn(next)).toEqual([...standing, later].map(account).sort());
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held' });

    await desk().order('exchange-release', { exchangeId: id, reason: 'checked' });
    expect(await accountsIn(id)).toEqual(fresh.map(account).sort());
    for (const debt of fresh) expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'active', inFlight: 1 });
  });

  test('is held although it came from a cutoff that was interrupted before', async () => {
    const { bureau } = suite;
    await referred(3);
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-choosing') throw new Error('the process ended');
    };
    await expect(bureau.send('initial')).rejects.toThrow('the process ended');
    bureau.onCheckpoint = () => Promise.resolve();
    const id = await bureau.send('initial');
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held', failure: null });
    await bureau.send('initial');
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held' });
    expect(bureau.channel.files.size).toBe(0);
  });

  test('whose part is interrupted goes on with the same part', async () => {
    const { bureau } = suite;
    await suite.standing({}, {});
    await referred(3);
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-archiving') throw new Error('the process ended');
    };
    await expect(bureau.send('held')).rejects.toThrow('the process ended');
    expect(await fileOf('held:at-once')).toMatchObject({ state: 'archived', sequence: 2 });
    bureau.onCheckpoint = () => Promise.resolve();
    await bureau.send('held');
    expect(await fileOf('held:at-once')).toMatchObject({ state: 'delivered', sequence: 2 });
    expect(bureau.channel.files.size).toBe(2);
  });
});

describe('a file within its limits', () => {
  test('goes out, and one that only says less goes out whatever its size', async () => {
    const { bureau, database } = suite;
    const debts = [...(await suite.standing({}, {})), ...(await suite.standing({}, {}))];
    await database.asOwner(
      `update exchange.connector_settings set body = jsonb_set(body, '{limits}',
         '{"records": 1, "adverse": 0, "amountMinor": 0, "timesUsual": 1, "fewest": 0, "history": 3}')`,
    );
    for (const debt of debts) await suite.pay(debt, 52_500);
    await bureau.judge();
    expect(await bureau.exchange(await bureau.send('ends'))).toMatchObject({ state: 'delivered', records: 4 });
    expect(await desk().alerts()).toEqual([]);
  });
});

describe('what is usual', () => {
  test('is told from the last files: with fewer than three there is none, and a day beyond it waits', async () => {
    const { bureau, database } = suite;
    await database.asOwner(
      `update exchange.connector_settings set body = jsonb_set(body, '{limits}',
         '{"timesUsual": 2, "fewest": 0, "history": 10}')`,
    );
    for (const key of ['1', '2', '3']) {
      await suite.referred();
      await bureau.judge();
      expect(await bureau.exchange(await bureau.send(key))).toMatchObject({ state: 'delivered' });
    }
    await referred(1);
    await bureau.judge();
    expect(await bureau.exchange(await bureau.send('as always'))).toMatchObject({ state: 'delivered', records: 4 });
    await referred(3);
    await bureau.judge();
    await bureau.send('surprising');
    expect(await fileOf('surprising')).toMatchObject({
      state: 'held',
      held: {
        limits: [
          { limit: 'usual-records', is: 7, allowed: 4, usual: 2 },
          { limit: 'usual-adverse', is: 3, allowed: 2, usual: 1 },
        ],
      },
    });
  });
});

describe('a person', () => {
  /** A file that was chosen and not released yet: two new debts, one that was paid, one that stands. */
  async function begun(): Promise<{ id: string; fresh: RegisteredDebt[]; paid: RegisteredDebt; same: RegisteredDebt }> {
    const { bureau } = suite;
    const [paid, same] = await suite.standing({}, {});
    const fresh = await referred(2);
    await suite.pay(paid!, 52_500);
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point === 'after-choosing') throw new Error('the process ended');
    };
    await expect(bureau.send('begun')).rejects.toThrow('the process ended');
    bureau.onCheckpoint = () => Promise.resolve();
    return { id: (await fileOf('begun')).id, fresh, paid: paid!, same: same! };
  }

  test('holds a file that was begun: only what makes something less adverse is told', async () => {
    const { bureau } = suite;
    const { id, paid } = await begun();
    expect(await desk().order('exchange-hold', { exchangeId: id, reason: 'looks odd' })).toEqual({ state: 'held' });
    const part = await fileOf('begun:at-once');
    expect(part).toMatchObject({ state: 'delivered', sequence: 2 });
    expect(await accountsIn(part.id)).toEqual([account(paid)]);
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held', records: 3 });
    expect(await desk().alerts()).toMatchObject([{ cause: 'exchange-held', about: id }]);
    await bureau.send('begun');
    expect(await bureau.exchange(id)).toMatchObject({ state: 'held' });
  });

  test('cancels a file that was begun: what makes something less adverse is told all the same', async () => {
    const { bureau } = suite;
    const { id, paid, fresh, same } = await begun();
    await desk().order('exchange-cancel', { exchangeId: id, reason: 'wrong list' });
    expect(await fileOf('begun')).toMatchObject({ state: 'cancelled' });
    expect(await accountsIn((await fileOf('begun:at-once')).id)).toEqual([account(paid)]);
    expect(await desk().alerts()).toEqual([]);
    await bureau.answer((await fileOf('begun:at-once')).id);
    await bureau.judge();
    expect(await accountsIn(await bureau.send('next'))).toEqual([...fresh, same].map(account).sort());
  });

  test('is told why a file can not be held, let go on or cancelled', async () => {
    const { bureau } = suite;
    const { id } = await heldFile();
    const about = (exchangeId: string) => ({ exchangeId, reason: 'because' });
    const part = await fileOf('held:at-once');
    const nobody = about('00000000-0000-4000-8000-000000000000');
    for (const kind of ['exchange-hold', 'exchange-release', 'exchange-cancel'] as const) {
      await expect(desk().order(kind, nobody)).rejects.toMatchObject({ code: 'exchange-unknown' });
      await expect(desk().order(kind, about(part.id))).rejects.toMatchObject({ code: 'exchange-already-released' });
      await expect(desk().order(kind, { exchangeId: id, reason: ' ' })).rejects.toMatchObject({
        code: 'command-invalid',
      });
    }
    await expect(desk().order('exchange-hold', about(id))).rejects.toMatchObject({ code: 'exchange-already-held' });
    await desk().order('exchange-cancel', about(id));
    await expect(desk().order('exchange-release', about(id))).rejects.toMatchObject({ code: 'exchange-cancelled' });
    await bureau.answer(part.id);
    const [answer] = await bureau.inbound();
    await expect(desk().order('exchange-hold', about(answer!.id))).rejects.toMatchObject({
      code: 'exchange-not-outgoing',
    });
  });

  test('whose command is begun anew decides once', async () => {
    const { id } = await heldFile();
    const command = '11111111-1111-4111-8111-111111111111';
    const body = { exchangeId: id, reason: 'checked' };
    await desk().order('exchange-release', body, 'officer.jane', command);
    expect(await desk().order('exchange-release', body, 'officer.jane', command)).toEqual({ state: 'delivered' });
    await expect(desk().order('exchange-release', body)).rejects.toMatchObject({ code: 'exchange-already-released' });
  });
});

describe('two at once', () => {
  test('who decide of one file have one effect, and one of them is told', async () => {
    const { bureau } = suite;
    const { id } = await heldFile();
    const body = { exchangeId: id, reason: 'because' };
    const both = await Promise.allSettled([
      desk().order('exchange-release', body, 'officer.jane'),
      desk().order('exchange-cancel', body, 'officer.john'),
    ]);
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const { state } = await bureau.exchange(id);
    expect(state).toBe(both[0].status === 'fulfilled' ? 'delivered' : 'cancelled');
  });

  test('who decide one after the other before the file goes out: what was let go on is not stopped', async () => {
    const { bureau } = suite;
    const { id } = await heldFile();
    const body = { exchangeId: id, reason: 'because' };
    bureau.onCheckpoint = async (point) => {
      if (point !== 'after-choosing') return;
      bureau.onCheckpoint = () => Promise.resolve();
      for (const kind of ['exchange-cancel', 'exchange-hold', 'exchange-release'] as const) {
        await expect(desk().order(kind, body, 'officer.john')).rejects.toMatchObject({ code: 'exchange-let-go' });
      }
    };
    await desk().order('exchange-release', body);
    expect(await bureau.exchange(id)).toMatchObject({ state: 'delivered' });
  });

  test('a hold that comes while the file is released waits, and is told that it is too late', async () => {
    const { bureau, database } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    const blocker = database.connectors.createQueryRunner();
    await blocker.startTransaction();
    await blocker.query('select 1 from exchange.position where subject_id = $1 for update', [debt.id]);
    const sending = bureau.send('initial');
    await waitingFor(database, 1);
    const holding = desk().order('exchange-hold', { exchangeId: (await fileOf('initial')).id, reason: 'stop' });
    const refused = expect(holding).rejects.toMatchObject({ code: 'exchange-already-released' });
    await waitingFor(database, 2);
    await blocker.rollbackTransaction();
    await blocker.release();
    await refused;
    expect(await bureau.exchange(await sending)).toMatchObject({ state: 'delivered' });
  });

  test('a hold that comes before the release is in time, whatever the job had begun', async () => {
    const { bureau } = suite;
    await suite.referred();
    await bureau.judge();
    bureau.onCheckpoint = async (point) => {
      if (point !== 'after-choosing') return;
      bureau.onCheckpoint = () => Promise.resolve();
      await desk().order('exchange-hold', { exchangeId: (await fileOf('initial')).id, reason: 'stop' });
    };
    expect(await bureau.exchange(await bureau.send('initial'))).toMatchObject({ state: 'held', sequence: null });
    expect(bureau.channel.files.size).toBe(0);
  });
});
