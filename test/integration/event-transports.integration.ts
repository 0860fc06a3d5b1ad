import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { EventTransport } from '@concord/core/events/event-transport';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { EventFlow, until } from '../support/event-flow.js';
import { describeWithKafka, kafkaSettingsFor, openTestBroker, testLog } from '../support/kafka.js';
import type { TestBroker } from '../support/kafka.js';

/** What every transport must do, whatever carries the events. */
function transportSuite(open: () => Promise<EventTransport>): void {
  let flow: EventFlow;
  let transport: EventTransport;
  beforeEach(async () => {
    [flow, transport] = await Promise.all([EventFlow.open(), open()]);
  });
  afterEach(async () => {
    await transport.close();
    await flow.close();
  });

  test('carries every change of many cases from two relays: in order within a case, with one effect', async () => {
    const cases = await flow.cases(20);
    await flow.change(cases, 3);
    const events = await flow.waiting();
    await transport.subscribe('case-events', flow.handler());
    const relays = [flow.relay(transport), flow.relay(transport)];
    while ((await flow.waiting()) > 0) await Promise.all(relays.map((relay) => relay.drain()));
    await until('everything was taken in', () => flow.complete());
    await flow.expectWhole();
    expect(new Set(flow.received.map(({ caseId, version }) => `${caseId} ${version}`)).size).toBe(events);
    expect(transport.health()).toEqual({ ready: true, reasons: [] });
  });

  test('goes on where it was when more comes later', async () => {
    const cases = await flow.cases(3);
    await transport.subscribe('case-events', flow.handler());
    const relay = flow.relay(transport);
    await relay.drain();
    await until('the first was taken in', () => flow.complete());
    const before = flow.received.length;
    await flow.change(cases);
    await relay.drain();
    await until('the rest was taken in', () => flow.complete());
    expect(flow.received.length).toBe(before + 3);
    await flow.expectWhole();
  });

  test('tries again what a handler failed on, and does not hold up other keys', async () => {
    const cases = await flow.cases(24);
    const failing = cases[0]!;
    let failures = 0;
    let mended = false;
    const handler = flow.handler(async (events) => {
      if (mended || !events.some(({ subject }) => subject === failing)) return;
      failures += 1;
      // Of the kind that says nothing of the event, so that it may go on for as long as it likes.
      throw Object.assign(new Error('the database is away'), { code: '57P01' });
    });
    await transport.subscribe('case-events', handler);
    const relay = flow.relay(transport);
    const drain = (): Promise<unknown> => relay.drain().catch(() => undefined);
    await drain();
    // What shares a lane or a partition with the failing case waits with it; the others do not.
    const others = await until('others were taken in while one fails', async () => {
      await drain();
      const effects = await flow.database.asOwner('select 1 from public.effect');
      return failures >= 2 && effects.length >= 6;
    });
    expect(others).toBeUndefined();
    expect(await flow.complete()).toBe(false);
    mended = true;
    await until('everything was taken in', async () => {
      await drain();
      return flow.complete();
    });
    await flow.expectWhole();
  });

  test('tells how much waits, and that nothing does', async () => {
    await flow.cases(5);
    await transport.subscribe('case-events', flow.handler());
    await flow.relay(transport).drain();
    await until('the backlog is gone', async () => (await transport.backlog('case-events')) === 0);
    expect(await flow.complete()).toBe(true);
    expect(await transport.backlog('findings')).toBe(0);
  });

  test('keeps in the outbox what it could not publish', async () => {
    await flow.cases(2);
    const waiting = await flow.waiting();
    await transport.subscribe('case-events', flow.handler());
    await transport.close();
    const broken: EventTransport = Object.assign(Object.create(transport) as EventTransport, {
      publish: () => Promise.reject(new Error('nobody acknowledged')),
    });
    await expect(flow.relay(broken).drain()).rejects.toThrow('nobody acknowledged');
    expect(await flow.waiting()).toBe(waiting);
  });

  test('gives nothing to a handler after it was closed', async () => {
    const cases = await flow.cases(2);
    await transport.subscribe('case-events', flow.handler());
    await flow.relay(transport).drain();
    await until('everything was taken in', () => flow.complete());
    await transport.close();
    const before = flow.received.length;
    await flow.change(cases);
    const other = await open();
    await flow
      .relay(other)
      .drain()
      .catch(() => undefined);
    expect(flow.received.length).toBe(before);
    await other.close();
  });
}

describe('the transport within a process', () => {
  transportSuite(async () => new InProcessTransport());
});

describeWithKafka('the transport over Kafka', () => {
  let kafka: TestBroker;
  beforeAll(async () => {
    kafka = await openTestBroker();
  });
  afterAll(() => kafka?.remove());
  let prefix = '';
  beforeEach(() => {
    prefix = `suite-${randomUUID()}`;
  });
  transportSuite(() => KafkaTransport.open({ settings: kafkaSettingsFor(kafka.broker.brokers, prefix), log: testLog }));

  test('ends everything when it is closed: no connection and no timer is left', async () => {
    const before = process.getActiveResourcesInfo().filter((each) => each !== 'Immediate').length;
    const settings = kafkaSettingsFor(kafka.broker.brokers, `suite-${randomUUID()}`);
    const transport = await KafkaTransport.open({ settings, log: testLog });
    await transport.subscribe('case-events', () => Promise.resolve());
    await transport.subscribe('findings', () => Promise.resolve());
    await transport.publish('case-events', [{ key: 'a', body: '{}' }]);
    await until('what can not be read is a dead letter', async () => (await transport.deadLetters.list()).length === 1);
    await transport.close();
    await until(
      'nothing is left',
      () => process.getActiveResourcesInfo().filter((each) => each !== 'Immediate').length <= before,
      5_000,
    );
  });

  test('counts what waits for a process that has not come yet', async () => {
    const settings = kafkaSettingsFor(kafka.broker.brokers, `suite-${randomUUID()}`);
    const transport = await KafkaTransport.open({ settings, log: testLog });
    const flow = await EventFlow.open();
    await flow.cases(4);
    const events = await flow.relay(transport).drain();
    expect(await transport.backlog('case-events')).toBe(events);
    await transport.subscribe('case-events', flow.handler());
    await until('the backlog is gone', async () => (await transport.backlog('case-events')) === 0);
    await flow.expectWhole();
    await transport.close();
    await flow.close();
  });
});
