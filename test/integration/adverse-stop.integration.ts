import { beforeEach, describe, expect, test } from '@jest/globals';
import { CommandDesk } from '@concord/core/commands/command-desk';
import { AdverseStopHandler } from '@concord/core/connectors/adverse-stop-handler';
import { dayReport } from '@concord/core/day/day-report';
import { switchAdverseOutput } from '@concord/core/exchanges/switch-adverse-output';
import type { Checkpoint } from '@concord/core/platform/checkpoints';
import { openLog } from '@concord/core/platform/log';
import { BetweenStatements } from '../faults/support/between-statements.js';
import { BureauSuite } from '../support/bureau-suite.js';
import { asked, OFFICE, TODAY } from '../support/test-office.js';

const suite = new BureauSuite();
let desk: CommandDesk;
let processId: number;

beforeEach(async () => {
  const { database, office } = suite;
  const handler = new AdverseStopHandler(database.connectors, [office.jurisdiction], office.clock);
  desk = new CommandDesk(database.connectors, [handler], office.clock, openLog('silent', { write: () => undefined }));
  const [process] = await database.asOwner<{ id: number }>(
    "insert into exchange.process (host, pid, started_at) values ('test', 1, now()) returning id",
  );
  processId = process!.id;
});

/** Has the switch turned as the gateway does, and carried out as the connectors do. */
async function turn(stopped: boolean, reason = 'the council asked for it', jurisdictionId = OFFICE, actor = 'jane') {
  const { database, office } = suite;
  const body = { jurisdictionId, stopped, reason };
  const ordered = switchAdverseOutput(database.gateway, body, { ...asked(actor), at: office.clock.now() });
  ordered.catch(() => undefined);
  while (!(await desk.takeNext(processId)));
  return ordered;
}

const alerts = () =>
  suite.database.asOwner<{ about: string; message: string; over: boolean }>(
    `select about, message, cleared_at is not null as over from exchange.alert where cause = 'exchange-held'`,
  );

const named = (id: string) => [...suite.bureau.channel.files.keys()].filter((name) => name === `/inbox/${id}`);

/** Does something once, when an exchange first passes a point. */
function once(at: Checkpoint, work: () => Promise<unknown>): void {
  let done = false;
  suite.bureau.onCheckpoint = async (point) => {
    if (point !== at || done) return;
    done = true;
    await work();
  };
}

describe('while the adverse output of a jurisdiction is stopped', () => {
  test('its connectors tell reductions and releases only, and everything again once it is resumed', async () => {
    const { bureau } = suite;
    const [paid, reduced, same] = await suite.standing({}, {}, {});
    const fresh = await suite.referred();
    await suite.pay(paid!, 52_500);
    await suite.pay(reduced!, 2_500);
    await bureau.judge();
    expect(await turn(true)).toEqual({ stopped: true });
    expect(await bureau.connector()).toMatchObject({
      mode: 'paused',
      configuredMode: 'on',
      adverseStop: { actor: 'jane', reason: 'the council asked for it' },
    });
    const sent = await bureau.send('stopped');
    expect(await bureau.records(sent)).toMatchObject([
      { debtId: paid!.id, state: 'closed' },
      { debtId: reduced!.id, state: 'active', amountMinor: 50_000 },
    ]);
    await bureau.answer(sent);
    await bureau.judge();

    expect(await turn(false, 'it is settled')).toEqual({ stopped: false });
    expect(await bureau.connector()).toMatchObject({ mode: 'on', adverseStop: null });
    const told = (await bureau.records(await bureau.send('resumed'))).map(({ debtId }) => debtId);
    expect(told.sort()).toEqual([reduced!.id, same!.id, fresh.id].sort());
  });

  test('a connector in another mode keeps it', async () => {
    for (const mode of ['shadow', 'retiring', 'paused'] as const) {
      await suite.bureau.setMode(mode);
      await turn(true);
      expect(await suite.bureau.connector()).toMatchObject({ mode, configuredMode: mode });
      await turn(false);
    }
  });

  test('the report of a day, the start and the first who stopped it say so', async () => {
    const { bureau, database } = suite;
    await turn(true, 'first', OFFICE, 'jane');
    await turn(true, 'second', OFFICE, 'joe');
    const report = await dayReport(database.gateway, TODAY, [OFFICE]);
    expect(report.jurisdictions[0]).toMatchObject({ adverseStop: { actor: 'jane', reason: 'first' } });
    expect(await bureau.registry.propose()).toContainEqual({
      connectorId: bureau.office.jurisdiction.connectors[0]!.id,
      kind: 'stopped',
      message: expect.stringContaining('only releases and reductions go out: jane stopped'),
    });
    await turn(false);
    expect((await dayReport(database.gateway, TODAY, [OFFICE])).jurisdictions[0]).not.toHaveProperty('adverseStop');
    expect((await bureau.registry.propose()).filter(({ kind }) => kind === 'stopped')).toEqual([]);
  });

  test('a jurisdiction that nobody knows and a switch without a reason are refused', async () => {
    await expect(turn(true, 'why', 'us-tx-nowhere')).rejects.toMatchObject({ code: 'jurisdiction-unknown' });
    await expect(turn(true, '  ')).rejects.toMatchObject({ code: 'reason-missing' });
    expect(await suite.database.asOwner('select 1 from exchange.adverse_stop')).toEqual([]);
  });
});

describe('a stop of all adverse output that is committed while a file is made', () => {
  test('after its records were chosen has them chosen anew: what reduces goes out, nothing else', async () => {
    const { bureau } = suite;
    const [paid] = await suite.standing();
    const fresh = await suite.referred();
    await suite.pay(paid!, 52_500);
    await bureau.judge();
    once('after-choosing', () => turn(true));
    const sent = await bureau.send('raced');
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered', records: 1 });
    expect((await bureau.read(sent)).map((record) => record['accountStatus'])).toEqual(['62']);
    expect(await bureau.position(fresh.id)).toMatchObject({ presumed: 'absent', inFlight: 0 });
    expect(await alerts()).toEqual([]);
  });

  test.each(['after-releasing', 'after-archiving', 'after-temporary-upload'] as const)(
    '%s keeps the file here, with an alert, until it is resumed; then it goes out once',
    async (point) => {
      const { bureau } = suite;
      const debt = await suite.referred();
      await bureau.judge();
      once(point, () => turn(true));
      const id = await bureau.send('raced');
      const { state, fileName } = await bureau.exchange(id);
      expect(state).toBe('archived');
      expect(named(fileName!)).toEqual([]);
      expect(await alerts()).toMatchObject([{ about: id, over: false, message: expect.stringContaining(fileName!) }]);
      // Asked again, it still waits; and it is still one alert.
      await bureau.send('raced');
      expect(named(fileName!)).toEqual([]);
      expect(await alerts()).toHaveLength(1);

      await turn(false);
      await bureau.send('raced');
      expect(await bureau.exchange(id)).toMatchObject({ state: 'delivered', failure: null });
      expect(named(fileName!)).toHaveLength(1);
      expect(await alerts()).toMatchObject([{ over: true }]);
      await bureau.answer(id);
      await bureau.judge();
      expect(await bureau.position(debt.id)).toMatchObject({ known: 'active' });
    },
  );

  test('after it was released lets a file go out that makes nothing more adverse', async () => {
    const { bureau } = suite;
    const [paid, same] = await suite.standing({}, {});
    await suite.pay(paid!, 52_500);
    await bureau.judge();
    once('after-releasing', () => turn(true));
    const sent = await bureau.send('reduces');
    expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered' });
    expect((await bureau.records(sent)).map(({ debtId }) => debtId).sort()).toEqual([paid!.id, same!.id].sort());
  });

  test('does not keep a release that is in a waiting file from the partner: the next file has it', async () => {
    const { bureau } = suite;
    const [paid] = await suite.standing();
    await suite.referred();
    await suite.pay(paid!, 52_500);
    await bureau.judge();
    once('after-archiving', () => turn(true));
    const waiting = await bureau.send('raced');
    expect(await bureau.exchange(waiting)).toMatchObject({ state: 'archived' });
    const next = await bureau.send('under-stop');
    expect(await bureau.records(next)).toMatchObject([{ debtId: paid!.id, state: 'closed' }]);
    expect(await bureau.exchange(next)).toMatchObject({ state: 'delivered' });
    await bureau.answer(next);
    await bureau.judge();
    expect(await bureau.position(paid!.id)).toMatchObject({ known: 'absent', release: null });
  });

  test.each(['after-choosing', 'after-releasing'] as const)(
    'bites: where nobody looks at it again, what is adverse goes out though it was stopped %s',
    async (point) => {
      const { bureau, database } = suite;
      const [paid] = await suite.standing();
      await suite.referred();
      await suite.pay(paid!, 52_500);
      await bureau.judge();
      new BetweenStatements(database.connectors).replace = (statement) =>
        statement.replace('from exchange.adverse_stop where jurisdiction_id = $1', '$& and false');
      once(point, () => turn(true));
      const sent = await bureau.send('raced');
      expect(await bureau.exchange(sent)).toMatchObject({ state: 'delivered', records: 2 });
    },
  );
});
