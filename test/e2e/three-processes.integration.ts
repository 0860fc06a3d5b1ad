import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { ALL_STREAMS } from '@concord/core/events/streams';
import { brokerIsOurs, describeWithKafka, kafkaSettingsFor, testLog } from '../support/kafka.js';
import { pause } from '../support/processes.js';
import type { Ended } from '../support/processes.js';
import { WHOLE_SHARE } from '../support/share.js';
import type { DayReport } from './day-report.js';
import { unconserved } from './day-report.js';
import { THIRTY_DAYS } from './thirty-days/calendar.js';
import { agencyFaults } from './thirty-days/check-agencies.js';
import { bureauFaults, lastCutoff } from './thirty-days/check-bureau.js';
import { officeState } from './thirty-days/end-state.js';
import { inventedDebts } from './thirty-days/invented-debts.js';
import { debtsInOrder } from './thirty-days/office-api.js';
import { AGENCIES, OFFICES } from './thirty-days/offices.js';
import { firstReferrals } from './thirty-days/officers.js';
import { PARTITIONS, PROCESS_NAMES, ProcessesHub } from './thirty-days/processes-hub.js';
import type { ProcessName } from './thirty-days/processes-hub.js';
import { ProcessesWatch } from './thirty-days/processes-watch.js';

jest.setTimeout(600_000);

const SEED = 7;
const DEBTS_PER_OFFICE = 20;
const CONNECTORS = PROCESS_NAMES.filter((name) => name !== 'gateway');
/** Nothing here is about answers that come late. */
const WAITS_SECONDS = 20;
/** Within this long a process that was asked to stop has stopped, and another has gone on. */
const AT_ONCE_MS = 60_000;
/** What takes long and is much like another: in the fast share the thirty days kill these processes at every point. */
const testInWholeShare = WHOLE_SHARE ? test : test.skip;

/** A gateway and two processes of connectors, of which one or another is broken at a moment that is sought out. */
describeWithKafka('three processes', () => {
  const hub = new ProcessesHub();
  let watch: ProcessesWatch;
  const days = THIRTY_DAYS.values();
  const reports: DayReport[] = [];

  beforeAll(async () => {
    await hub.launchPartners();
    watch = new ProcessesWatch(hub);
    await hub.start(WAITS_SECONDS);
    for (const office of OFFICES) {
      for (const debt of inventedDebts(office, SEED, DEBTS_PER_OFFICE)) await hub.api.post('/debts', debt);
      await firstReferrals(hub.api, office, SEED);
    }
    await hub.stay(nextDay(), false);
  });

  afterAll(() => hub.remove());

  const nextDay = (): string => days.next().value!;
  const other = (name: ProcessName): ProcessName => CONNECTORS.find((each) => each !== name)!;

  /** Something for a day to tell each partner: a payment at the counter in each office, never of the same debt. */
  const paid = new Map<string, Set<string>>(OFFICES.map(({ id }) => [id, new Set()]));
  async function payments(date: string): Promise<void> {
    for (const [id, debts] of paid) {
      const debt = (await debtsInOrder(hub.api, id)).find((each) => each.balanceMinor > 0 && !debts.has(each.id))!;
      const order = { debtId: debt.id, amountMinor: 100, currency: 'USD', idempotencyKey: `${date} ${id}` };
      await hub.api.post('/payments', order);
      debts.add(debt.id);
    }
  }

  /** The ordered day came to its end, with nothing to complain of. */
  function expectWhole({ code, stdout, stderr }: Ended): void {
    expect({ code, stderr }).toEqual({ code: 0, stderr: expect.not.stringContaining(': ') });
    const report = JSON.parse(stdout) as DayReport;
    expect(unconserved(report)).toEqual([]);
    reports.push(report);
  }

  test('one dies while it runs the day: the other begins the day anew', async () => {
    const date = nextDay();
    await payments(date);
    const held = await watch.holdJudging();
    const ordered = hub.order(date);
    const runner = await watch.runner();
    await watch.jobsHeldBy(runner);
    await hub.process(runner).end('SIGKILL');
    expect(await watch.runner(other(runner))).toBe(other(runner));
    await held.letGo();
    expectWhole(await ordered);
    await hub.start(WAITS_SECONDS);
  });

  testInWholeShare(
    'one dies while it holds connectors’ queues, the other runs the day: its jobs are done by the other',
    async () => {
      const date = nextDay();
      await payments(date);
      const held = await watch.holdJudging();
      const ordered = hub.order(date);
      const worker = other(await watch.runner());
      await watch.jobsHeldBy(worker);
      await hub.process(worker).end('SIGKILL');
      await held.letGo();
      expectWhole(await ordered);
      await hub.start(WAITS_SECONDS);
    },
  );

  testInWholeShare(
    'one dies after it took jobs and before anybody knew who had taken them: they are done all the same',
    async () => {
      const date = nextDay();
      await payments(date);
      const held = await watch.holdJudging();
      const ordered = hub.order(date);
      const worker = other(await watch.runner());
      await watch.jobsHeldBy(worker);
      await watch.forgetWorkersOf(worker);
      await hub.process(worker).end('SIGKILL');
      await held.letGo();
      // They are free a minute after they were taken, which is now.
      await watch.ageJobs();
      expectWhole(await ordered);
      await hub.start(WAITS_SECONDS);
    },
  );

  test('one is asked to stop in the middle of its day: it stops well, and the other goes on at once', async () => {
    const date = nextDay();
    // Changes wait with the gateway, and so the day waits for them.
    const frozen = await watch.holdRelay();
    await payments(date);
    await watch.orderDirectly(date, WAITS_SECONDS);
    const runner = await watch.runner();
    await watch.step('Applying what partners said');
    const began = performance.now();
    const stopped = hub.stop(runner);
    await watch.runner(other(runner));
    await stopped;
    expect(performance.now() - began).toBeLessThan(AT_ONCE_MS);
    await frozen.letGo();
    await watch.daysDone();
    await hub.start(WAITS_SECONDS);
    expectWhole(await hub.order(date));
  });

  test('the gateway dies with events in its outbox, and after it ordered a day: that day ends, and can be ordered again', async () => {
    const date = nextDay();
    const frozen = await watch.holdRelay();
    await payments(date);
    await watch.orderDirectly(date, WAITS_SECONDS);
    await watch.step('Applying what partners said');
    expect(await watch.eventsInOutbox()).toBeGreaterThan(0);
    await hub.process('gateway').end('SIGKILL');
    await frozen.letGo();
    await hub.start(WAITS_SECONDS);
    await watch.daysDone();
    expect(await watch.eventsInOutbox()).toBe(0);
    expectWhole(await hub.order(date));
  });

  testInWholeShare(
    'a day is ordered twice at once: both orders are carried out, one after the other, and nothing is sent twice',
    async () => {
      const date = nextDay();
      await payments(date);
      const [one, two] = await Promise.all([hub.order(date), hub.order(date)]);
      expectWhole(one);
      expectWhole(two);
      expect(JSON.parse(one.stdout)).toEqual(JSON.parse(two.stdout));
    },
  );

  testInWholeShare('both connectors are dead for a while: what changed meanwhile waits for them', async () => {
    const date = nextDay();
    await Promise.all(CONNECTORS.map((name) => hub.process(name).end('SIGKILL')));
    await payments(date);
    const ordered = hub.order(date);
    await pause(1_000);
    expect(await hub.process('gateway').endsWithin(0)).toBeNull();
    await hub.start(WAITS_SECONDS);
    expectWhole(await ordered);
  });

  testInWholeShare('one dies while the group gives a new one its partitions, with events on their way', async () => {
    const date = nextDay();
    await hub.stop('connectors-2');
    const starting = hub.start(WAITS_SECONDS);
    await payments(date);
    await starting;
    // The new one is at work before the group has heard of it.
    await hub.process('connectors-1').end('SIGKILL');
    await payments(`${date} again`);
    expectWhole(await hub.order(date));
    await hub.start(WAITS_SECONDS);
  });

  test('each says that it is alive and ready', async () => {
    for (const name of PROCESS_NAMES) {
      await watch.becomes(name, 200);
      expect(await watch.ask(name, 'live')).toMatchObject({ status: 200, body: { live: true } });
    }
  });

  test('while the database says nothing, each is alive and not ready, and says why', async () => {
    const answers = await watch.withSilentDatabase(() =>
      Promise.all(PROCESS_NAMES.map(async (name) => [await watch.ask(name, 'live'), await watch.ask(name, 'ready')])),
    );
    for (const [live, ready] of answers) {
      expect(live).toMatchObject({ status: 200 });
      expect(ready).toMatchObject({ status: 503, body: { ready: false } });
      expect(JSON.stringify(ready!.body)).toContain('the database does not answer');
    }
    for (const name of PROCESS_NAMES) await watch.becomes(name, 200);
  });

  (brokerIsOurs ? test : test.skip)('while Kafka says nothing, each is not ready, and says why', async () => {
    await hub.broker.pause();
    try {
      for (const name of PROCESS_NAMES) {
        const { body } = await watch.becomes(name, 503);
        expect(body).toMatchObject({ ready: false, checks: { database: 'ok', events: [expect.any(String)] } });
        expect(await watch.ask(name, 'live')).toMatchObject({ status: 200 });
      }
    } finally {
      await hub.broker.resume();
    }
    for (const name of PROCESS_NAMES) await watch.becomes(name, 200);
  });

  test('after all of it every partner holds what the API says, once, and no event is lost or left', async () => {
    const date = nextDay();
    await hub.start(WAITS_SECONDS);
    expectWhole(await hub.order(date));
    for (const office of OFFICES) {
      const { records, exchanges } = await officeState(hub, office);
      const [harbor, summit] = AGENCIES.map((agency) => hub.partners.books(agency, office.id));
      expect(agencyFaults(office, records, { harbor: harbor!, summit: summit! })).toEqual([]);
      const bureau = hub.partners.bureau(office.id);
      expect(bureauFaults(office, records, bureau, lastCutoff(exchanges, office))).toEqual([]);
      const files = bureau.arrivals().map(({ name }) => name);
      expect(files).toEqual([...new Set(files)]);
      const posted = records.filter(({ ledger }) =>
        ledger.some(({ source, kind }) => source === 'api' && kind === 'payment'),
      );
      expect(posted.map(({ debt }) => debt.id).sort()).toEqual([...(paid.get(office.id) ?? [])].sort());
    }
    const settings = kafkaSettingsFor(hub.broker.brokers, 'concord', PARTITIONS);
    const transport = await KafkaTransport.open({ settings, log: testLog });
    try {
      expect(await transport.deadLetters.list()).toEqual([]);
      expect(await Promise.all(ALL_STREAMS.map((stream) => transport.backlog(stream)))).toEqual([0, 0]);
    } finally {
      await transport.close();
    }
  });
});
