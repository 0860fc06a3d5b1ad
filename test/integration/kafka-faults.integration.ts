import { randomUUID } from 'node:crypto';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { placeStop } from '@concord/core/cases/stops';
import type { EventBatchHandler } from '@concord/core/events/event-transport';
import { kafkaClient } from '@concord/core/events/kafka/kafka-client';
import type { KafkaSettings } from '@concord/core/events/kafka/kafka-settings';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import type { KafkaTransportOptions } from '@concord/core/events/kafka/kafka-transport';
import type { Watch } from '@concord/core/events/kafka/watched-consumer';
import { databaseUrl } from '../support/database-server.js';
import { EventFlow, until } from '../support/event-flow.js';
import { describeWithKafka, kafkaSettingsFor, openTestBroker, testLog } from '../support/kafka.js';
import type { TestBroker } from '../support/kafka.js';
import { pause, Processes } from '../support/processes.js';
import type { Ended } from '../support/processes.js';
import { BreakingProxy } from '../support/breaking-proxy.js';
import { asked, TODAY } from '../support/test-office.js';

/** As in production, only sooner: what is watched and the order of the steps are the same. */
const SHORT_WATCH: Watch = { everyMs: 250, silentMs: 5_000, stalledMs: 3_000, joiningMs: 30_000 };

type Client = ReturnType<typeof kafkaClient>;

const COMMAND = join(import.meta.dirname, '../../apps/gateway/dist/cli/main.js');

const has = (events: Parameters<EventBatchHandler>[0], caseId: string): boolean =>
  events.some(({ subject }) => subject === caseId);

describeWithKafka('events over Kafka when something breaks', () => {
  let kafka: TestBroker;
  let flow: EventFlow;
  let settings: KafkaSettings;
  const opened: { close(): Promise<unknown> }[] = [];

  beforeAll(async () => {
    kafka = await openTestBroker();
  });
  const processes = new Processes();
  afterAll(async () => {
    await processes.endAll();
    await kafka?.remove();
  });
  beforeEach(async () => {
    flow = await EventFlow.open();
    settings = kafkaSettingsFor(kafka.broker.brokers, `faults-${randomUUID()}`, 4);
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((each) => each.close()));
    await flow.close();
  });

  async function open(more: Partial<KafkaTransportOptions> = {}): Promise<KafkaTransport> {
    const transport = await KafkaTransport.open({ settings, log: testLog, watch: SHORT_WATCH, ...more });
    opened.push(transport);
    return transport;
  }

  const takenIn = (): Promise<void> => until('everything was taken in', () => flow.complete());

  async function administer<T>(work: (admin: ReturnType<Client['admin']>) => Promise<T>): Promise<T> {
    const admin = kafkaClient(settings, 'test', testLog).admin();
    await admin.connect();
    try {
      return await work(admin);
    } finally {
      await admin.disconnect();
    }
  }

  test('events that commit out of order: the earlier one is published when it commits, and nothing is lost', async () => {
    const [early, late] = (await flow.cases(2)) as [string, string];
    const transport = await open();
    await transport.subscribe('case-events', flow.handler());
    const relay = flow.relay(transport);
    await relay.drain();
    await takenIn();
    const held = flow.database.gateway.createQueryRunner();
    await held.startTransaction();
    await placeStop(
      held.manager,
      { ...asked(), at: flow.office.clock.now() },
      {
        ...{ subject: { kind: 'case', id: early }, kind: 'dispute', startsOn: TODAY, endsOn: null, details: {} },
        ...{ source: 'test', idempotencyKey: 'held' },
      },
    );
    await flow.change([late]);
    expect(await relay.drain()).toBe(1);
    await held.commitTransaction();
    await held.release();
    expect(await relay.drain()).toBe(1);
    await takenIn();
    await flow.expectWhole();
  });

  test('a rebalance in the middle of batches: one joins, one leaves, one is gone without a word', async () => {
    const cases = await flow.cases(24);
    const slowly = flow.handler(() => pause(150));
    const proxy = await BreakingProxy.open(kafka.broker.brokers);
    opened.push(proxy);
    const [first, second] = [await open(), await open({ client: through(proxy) })];
    const publisher = await open();
    await Promise.all([first, second].map((each) => each.subscribe('case-events', slowly)));
    const relays = [flow.relay(publisher), flow.relay(first)];
    let changing = true;
    const publishing = (async () => {
      // A relay of a process that is about to go fails at the end, and the other one goes on.
      while (changing || (await flow.waiting()) > 0) {
        await Promise.all(relays.map((relay) => relay.drain().catch(() => undefined)));
        await pause(20);
      }
    })();
    await flow.change(cases, 2);
    const third = await open();
    await third.subscribe('case-events', slowly);
    await flow.change(cases, 1);
    relays.pop();
    await first.close();
    await flow.change(cases, 1);
    proxy.swallows = true;
    await flow.change(cases, 1);
    changing = false;
    await publishing;
    await takenIn();
    await flow.expectWhole();
    expect(await third.deadLetters.list()).toEqual([]);
    await proxy.close();
  });

  describe('a poisonous event', () => {
    const envelope = (type: string): string =>
      JSON.stringify({
        ...{ specversion: '1.0', id: randomUUID(), source: '/concord', type, subject: randomUUID(), data: {} },
        ...{ time: '2026-11-20T12:00:00Z', datacontenttype: 'application/json', correlationid: 'x', caseversion: 1 },
        partitionkey: randomUUID(),
      });

    test('is a dead letter with its reason, everything else goes on, and a replay applies it once it can be handled', async () => {
      const cases = await flow.cases(12);
      const poisonous = cases[0]!;
      let mended = false;
      const transport = await open();
      await transport.subscribe(
        'case-events',
        flow.handler(async (events) => {
          if (!mended && has(events, poisonous)) throw new Error('no rule for this case');
        }),
      );
      await transport.publish('case-events', [
        { key: 'a', body: 'this is not JSON' },
        { key: 'b', body: envelope('concord.unheard-of.v1') },
      ]);
      await flow.relay(transport).drain();
      await until('both events of the case and both unreadable ones are dead letters', async () => {
        return (await transport.deadLetters.list()).length === 4;
      });
      const letters = await transport.deadLetters.list();
      expect(letters.filter(({ key }) => key === poisonous).map(({ reason }) => reason)).toEqual([
        'no rule for this case',
        'no rule for this case',
      ]);
      expect(letters.find(({ key }) => key === 'a')?.reason).toBe('it is not JSON');
      expect(letters.find(({ key }) => key === 'b')?.reason).toMatch(/^type: /);
      await until('nothing waits', async () => (await transport.backlog('case-events')) === 0);
      expect(await flow.database.asOwner('select distinct case_id from public.effect')).toHaveLength(cases.length - 1);
      expect(transport.health().ready).toBe(true);

      mended = true;
      const bad = letters.filter(({ key }) => key === 'a' || key === 'b').map(({ id }) => id);
      const shown = await command('events', 'dead-letters');
      expect(shown.stdout).toMatch(/Id .*When \(UTC\) .*Stream .*Key .*Reason/);
      for (const { id } of letters) expect(shown.stdout).toContain(id);
      expect(shown.stdout).toContain('no rule for this case');
      const listed = JSON.parse((await command('events', 'dead-letters', '--json')).stdout) as unknown[];
      expect(listed).toEqual(letters.map(({ body: _, ...letter }) => letter));
      const unknown = await command('events', 'dismiss', ...bad, 'case-events-0-999');
      expect(unknown).toMatchObject({ code: 2, stderr: 'no dead letter has the id case-events-0-999\n' });
      expect(await command('events', 'dismiss', ...bad)).toMatchObject({
        code: 0,
        stderr: '2 events are put away for good.\n',
      });
      expect(await command('events', 'replay', '--all')).toMatchObject({
        code: 0,
        stderr: '2 events are handed on again. What fails again comes back under a new id.\n',
      });
      await takenIn();
      await flow.expectWhole();
      expect(await transport.deadLetters.list()).toEqual([]);
    });

    test('asks for what is to be replayed, and for a prefix that Concord has run with', async () => {
      const nothing = await command('events', 'replay');
      expect(nothing).toMatchObject({ code: 2, stderr: 'name events by their ids, or say --all\n' });
      expect(await command('events', 'dead-letters')).toMatchObject({
        code: 2,
        stderr: `Kafka has no topic ${settings.topicPrefix}.dead-letters: no Concord has run with these settings\n`,
      });
    });
  });

  describe('a passing failure', () => {
    test('the database refuses connections for a while: nothing is lost, nothing is a dead letter', async () => {
      await flow.cases(8);
      const transport = await open();
      let hold: (() => void) | null = null;
      let begun = 0;
      // Connections are also lost in the middle of a transaction.
      await transport.subscribe('case-events', async (events) => {
        await flow.database.connectors.transaction(async (manager) => {
          await manager.query('select 1');
          begun += 1;
          if (begun === 1) await new Promise<void>((resolve) => (hold = resolve));
          await manager.query('select 1');
        });
        await flow.handler()(events);
      });
      await flow.relay(transport).drain();
      await until('a handler is in its transaction', () => hold !== null);
      const name = new URL(flow.database.url).pathname.slice(1);
      const server = new pg.Client({ connectionString: databaseUrl(flow.database.url, 'postgres') });
      await server.connect();
      try {
        await server.query(`alter database ${name} allow_connections false`);
        await server.query(
          `select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and application_name = 'concord_connectors'`,
          [name],
        );
        hold!();
        await pause(6_000);
        expect(await transport.deadLetters.list()).toEqual([]);
        await server.query(`alter database ${name} allow_connections true`);
      } finally {
        await server.end();
      }
      await takenIn();
      await flow.expectWhole();
      expect(await transport.deadLetters.list()).toEqual([]);
    });
  });

  describe('a consumer that looks healthy and takes nothing', () => {
    test('is replaced, and readiness says why until then', async () => {
      const cases = await flow.cases(6);
      const client = kafkaClient(settings, 'paused', testLog);
      const consumers: ReturnType<Client['consumer']>[] = [];
      const make = client.consumer.bind(client);
      client.consumer = (configuration) => {
        const consumer = make(configuration);
        consumers.push(consumer);
        return consumer;
      };
      const transport = await open({ client });
      await transport.subscribe('case-events', flow.handler());
      await flow.relay(transport).drain();
      await takenIn();
      consumers[0]!.pause([{ topic: `${settings.topicPrefix}.case-events` }]);
      await flow.change(cases);
      await flow.relay(transport).drain();
      const said = new Set<string>();
      await until('another consumer took it in', async () => {
        for (const reason of transport.health().reasons) said.add(reason);
        return flow.complete();
      });
      expect(consumers.length).toBeGreaterThan(1);
      expect([...said].some((reason) => /nothing was taken from partition/.test(reason))).toBe(true);
      await until('it is ready again', () => transport.health().ready);
      await flow.expectWhole();
    });

    test('whose connection swallows everything is replaced when others go through', async () => {
      const cases = await flow.cases(6);
      const proxy = await BreakingProxy.open(kafka.broker.brokers);
      opened.push(proxy);
      const transport = await open({ client: through(proxy) });
      await transport.subscribe('case-events', flow.handler());
      await flow.relay(transport).drain();
      await takenIn();
      proxy.swallowNow();
      await flow.change(cases);
      const relay = flow.relay(transport);
      const said = new Set<string>();
      await until('all came over new connections', async () => {
        for (const reason of transport.health().reasons) said.add(reason);
        await Promise.race([relay.drain().catch(() => undefined), pause(200)]);
        return flow.complete();
      });
      // It is silent, or its client has given up waiting for an answer.
      expect([...said].some((reason) => reason.startsWith('case-events: '))).toBe(true);
      await until('it is ready again', () => transport.health().ready);
      await until('the backlog is known again', () =>
        transport.backlog('case-events').then(
          (waiting) => waiting === 0,
          () => false,
        ),
      );
      await flow.expectWhole();
    });
  });

  test('events that the retention removed are said to be lost, and what comes later is taken in', async () => {
    settings = { ...settings, partitions: 1 };
    const cases = await flow.cases(4);
    const before = await open();
    await before.subscribe('case-events', flow.handler());
    await flow.relay(before).drain();
    await takenIn();
    await until('the group has committed', async () => (await before.backlog('case-events')) === 0);
    await before.close();
    await flow.change(cases);
    const publisher = await open();
    await flow.relay(publisher).drain();
    const topic = `${settings.topicPrefix}.case-events`;
    await administer(async (admin) => {
      await admin.fetchTopicOffsets(topic);
      await admin.deleteTopicRecords({ topic, partitions: [{ partition: 0, offset: '-1' }] });
    });
    const lines: { msg: string; lost?: number }[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const transport = await open({ log });
    await transport.subscribe('case-events', flow.handler());
    await flow.change(cases);
    await flow.relay(transport).drain();
    await takenIn();
    await pause(1_000);
    expect(lines.filter(({ lost }) => lost !== undefined)).toMatchObject([
      { lost: 4, msg: 'events expired before they were taken in' },
    ]);
    expect(transport.health()).toEqual({ ready: true, reasons: [] });
  });

  test('topics that are not as the settings say are reported and left alone', async () => {
    await open();
    const lines: { difference?: string }[] = [];
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    await open({ log, settings: { ...settings, partitions: 7, retentionHours: 48 } });
    const said = lines.flatMap(({ difference }) => (difference === undefined ? [] : [difference]));
    expect(said.sort()).toEqual(
      ['case-events', 'findings'].flatMap((stream) => [
        `topic ${settings.topicPrefix}.${stream} has 4 partitions, the settings say 7`,
        `topic ${settings.topicPrefix}.${stream}: retention.ms is 3600000, the settings say 172800000`,
      ]),
    );
  });

  test('a topic that can not be created is refused at the start', async () => {
    await expect(open({ settings: { ...settings, replicationFactor: 3 } })).rejects.toMatchObject({
      code: 'kafka-topics',
      message: expect.stringMatching(/^Kafka does not create the topics .*case-events.*: .+/) as unknown,
    });
  });

  /** The command line with nothing but Kafka's variables: it needs no database. */
  function command(...parameters: string[]): Promise<Ended> {
    const { PATH, HOME } = process.env;
    return processes.start(process.execPath, [COMMAND, ...parameters], {
      ...{ PATH, HOME, KAFKA_BROKERS: settings.brokers.join(','), KAFKA_TOPIC_PREFIX: settings.topicPrefix },
    }).ended;
  }

  /** A client whose connections all pass a proxy, and which does not wait long for answers. */
  function through(proxy: BreakingProxy): Client {
    const [host, port] = proxy.address.split(':');
    return kafkaClient(settings, 'proxied', testLog, { connectMs: 2_000, answerMs: 3_000 }, ({ onConnect }) =>
      connect({ host: host!, port: Number(port) }, onConnect),
    );
  }
});
