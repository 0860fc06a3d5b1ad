import { describe, expect, test } from '@jest/globals';
import type { QueryRunner } from 'typeorm';
import { OutboundRun } from '@concord/core/exchanges/out/outbound-run';
import type { PluginHost } from '@concord/core/plugin-host/pool';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { BureauSuite } from '../support/bureau-suite.js';
import { waitingFor } from '../support/test-database.js';
import { asked, BUREAU, TODAY } from '../support/test-office.js';
import type { RegisteredDebt } from '../support/test-office.js';

const suite = new BureauSuite();

const account = ({ number }: { readonly number: string }): string => `CITY${number}`;
const accountsIn = async (exchangeId: string): Promise<Record<string, unknown>> =>
  Object.fromEntries(
    (await suite.bureau.read(exchangeId)).map((record) => [
      String(record['consumerAccountNumber']),
      record['currentBalance'],
    ]),
  );

/** Does something once, when an exchange first passes a point. */
function once(at: Checkpoint, work: () => Promise<unknown>): void {
  let done = false;
  suite.bureau.onCheckpoint = async (point) => {
    if (point !== at || done) return;
    done = true;
    await work();
  };
}

describe('what is committed between the choosing and the release of a file', () => {
  test('is honoured in that file: a stop keeps a debt out, a payment lowers it, nothing else changes', async () => {
    const { bureau } = suite;
    const [died, disputed, paid, partly, untouched] = [
      await suite.referred(),
      await suite.referred(),
      await suite.referred(),
      await suite.referred(),
      await suite.referred(),
    ];
    await bureau.judge();
    once('after-choosing', async () => {
      await suite.stop(died, 'deceased');
      await suite.stop(disputed, 'dispute');
      await suite.pay(paid, 52_500);
      await suite.pay(partly, 10_000);
    });
    const sent = await bureau.send('initial');
    expect(await accountsIn(sent)).toEqual({
      [account(disputed)]: 525,
      [account(partly)]: 425,
      [account(untouched)]: 525,
    });
    expect((await bureau.read(sent)).map((record) => record['complianceConditionCode'] ?? null).sort()).toEqual([
      'XB',
      null,
      null,
    ]);
    expect(await bureau.exchange(sent)).toMatchObject({ records: 3, sequence: 1 });
    for (const debt of [died, paid]) {
      expect(await bureau.position(debt.id)).toMatchObject({ presumed: 'absent', inFlight: 0, desired: 'absent' });
    }
  });

  test('counts although its events have not been published', async () => {
    const { bureau, database } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    once('after-choosing', () => suite.stop(debt, 'deceased'));
    expect(await bureau.exchange(await bureau.send('initial'))).toMatchObject({ state: 'empty' });
    expect(bureau.channel.files.size).toBe(0);
    expect((await database.asOwner('select 1 from cases.outbox')).length).toBeGreaterThan(0);
  });

  test('in every round keeps that debt out of the file, and the others go', async () => {
    const { bureau, database, host } = suite;
    const busy = await suite.referred();
    const quiet = await suite.referred();
    await bureau.judge();
    once('after-choosing', () => suite.pay(busy, 100));
    // Each judgement between two rounds is out of date before it is written.
    let judgements = 0;
    const restless = {
      fileName: host.fileName.bind(host),
      encode: host.encode.bind(host),
      desire: async (...args: Parameters<PluginHost['desire']>) => {
        const desired = await host.desire(...args);
        judgements += 1;
        await suite.pay(busy, 100);
        return desired;
      },
    } as unknown as PluginHost;
    const parts = bureau.parts();
    const run = new OutboundRun({ ...parts, host: restless });
    const order = { cutoffKey: 'initial', first: false, businessDate: TODAY, asOf: TODAY, correlationId: 'c' };
    const [sent] = await run.run(await bureau.connector(), order);
    expect(judgements).toBe(2);
    expect(await accountsIn(sent!)).toEqual({ [account(quiet)]: 525 });
    expect(await bureau.position(busy.id)).toMatchObject({ inFlight: 0, presumed: 'absent' });
    // It is not forgotten: the next file has it, as it is then.
    await bureau.judge();
    const next = await bureau.send('next');
    expect(await accountsIn(next)).toMatchObject({ [account(busy)]: 522 });
    expect(await database.asOwner(`select 1 from exchange.record where status = 'chosen'`)).toEqual([]);
  });
});

describe('what is committed after the release of a file', () => {
  test.each<Checkpoint>(['after-releasing', 'after-archiving', 'after-temporary-upload', 'after-rename'])(
    '%s finds the position in flight, and is released with the next file',
    async (point) => {
      const { bureau } = suite;
      const died = await suite.referred();
      const partly = await suite.referred();
      await bureau.judge();
      once(point, async () => {
        await suite.stop(died, 'deceased');
        await suite.pay(partly, 10_000);
        await bureau.judge();
      });
      const sent = await bureau.send('initial');
      expect(await accountsIn(sent)).toEqual({ [account(died)]: 525, [account(partly)]: 525 });
      expect(await bureau.position(died.id)).toMatchObject({
        presumed: 'active',
        desired: 'closed',
        release: 'STOP:deceased',
      });
      expect(await bureau.position(partly.id)).toMatchObject({ desiredMinor: 42_500, release: 'CORRECTION' });
      await bureau.answer(sent);
      await bureau.judge();
      const next = await bureau.send('next');
      expect(await accountsIn(next)).toEqual({ [account(died)]: 0, [account(partly)]: 425 });
      await bureau.answer(next);
      await bureau.judge();
      expect(await bureau.position(died.id)).toMatchObject({ known: 'absent', presumed: 'absent', release: null });
      expect(await bureau.position(partly.id)).toMatchObject({ knownMinor: 42_500, release: null });
    },
  );
});

describe('a stop and a file that meet', () => {
  /** Holds rows until it is told to let go, as another worker would that is in the middle of its transaction. */
  async function holding(statement: string, parameters: unknown[]): Promise<QueryRunner> {
    const runner = suite.database.connectors.createQueryRunner();
    await runner.startTransaction();
    await runner.query(statement, parameters);
    return runner;
  }
  const letGo = async (runner: QueryRunner): Promise<void> => {
    await runner.commitTransaction();
    await runner.release();
  };

  test('the release waits for whoever holds the positions, and honours what was committed while it waited', async () => {
    const { bureau, database } = suite;
    const debt = await suite.referred();
    await bureau.judge();
    let held: QueryRunner | null = null;
    once('after-choosing', async () => {
      held = await holding('select 1 from exchange.position where subject_id = $1 for update', [debt.id]);
    });
    const sending = bureau.send('initial');
    await waitingFor(database, 1);
    await suite.stop(debt, 'deceased');
    await letGo(held!);
    expect(await bureau.exchange(await sending)).toMatchObject({ state: 'empty' });
    expect(bureau.channel.files.size).toBe(0);
  });

  test('the judgement waits for a release that holds the positions, and finds them in flight', async () => {
    const { bureau, database } = suite;
    await suite.standing();
    const debt = await suite.referred();
    await bureau.judge();
    // The release has locked and re-checked its positions when it takes the number of its file: here it is held up.
    const held = await holding('select 1 from exchange.file_sequence where connector_id = $1 for update', [BUREAU]);
    const sending = bureau.send('next');
    await waitingFor(database, 1);
    await suite.stop(debt, 'deceased');
    const judging = bureau.judge();
    await waitingFor(database, 2);
    await letGo(held);
    const sent = await sending;
    await judging;
    expect(await accountsIn(sent)).toMatchObject({ [account(debt)]: 525 });
    // Nothing was known of this debt at the bureau: that a release is owed follows from the file alone.
    expect(await bureau.position(debt.id)).toMatchObject({
      known: 'absent',
      inFlight: 1,
      presumed: 'active',
      desired: 'closed',
      release: 'STOP:deceased',
    });
    const after = await bureau.read(await bureau.send('after'));
    expect(after).toContainEqual(
      expect.objectContaining({ consumerAccountNumber: account(debt), accountStatus: 'DA' }),
    );
  });

  test('hundreds of stops while a file is released: each is either honoured or owed', async () => {
    const { bureau, office, database } = suite;
    const debts: RegisteredDebt[] = [];
    for (let made = 0; made < 60; made += 1) debts.push(await suite.referred());
    await bureau.judge();
    const stopping = Promise.all(
      debts.map((debt, index) =>
        office.commands.placeStop(asked(), {
          subject: { kind: 'debt', id: debt.id },
          kind: 'deceased',
          startsOn: null,
          endsOn: null,
          details: {},
          source: 'registry',
          idempotencyKey: `meet-${index}`,
        }),
      ),
    );
    const [sent] = await Promise.all([bureau.send('initial'), stopping]);
    await bureau.judge();
    const inFile = new Set(
      (await bureau.records(sent)).filter(({ status }) => status === 'delivered').map(({ debtId }) => debtId),
    );
    for (const debt of debts) {
      const expected = inFile.has(debt.id)
        ? { presumed: 'active', desired: 'closed', release: 'STOP:deceased' }
        : { presumed: 'absent', desired: 'absent', release: null };
      expect(await bureau.position(debt.id)).toMatchObject(expected);
    }
    expect(await database.asOwner(`select 1 from exchange.record where status = 'chosen'`)).toEqual([]);
  });
});
