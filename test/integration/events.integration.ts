import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { Controller, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { EventPattern, Payload } from '@nestjs/microservices';
import type { CaseEvent, CaseEventType } from '@concord/core/events/catalogue';
import { EventBatchServer } from '@concord/core/events/event-batch-server';
import type { EventBatchHandler, EventMessage } from '@concord/core/events/event-transport';
import { HandlerFailureFilter } from '@concord/core/events/handler-failure.filter';
import { takeIn } from '@concord/core/events/inbox';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import { demoRows } from '@concord/core/demo/demo-rows';
import { debtRow } from '../support/intake-builder.js';
import { count, openTestDatabase } from '../support/test-database.js';
import type { TestDatabase } from '../support/test-database.js';
import { openTestOffice, TODAY } from '../support/test-office.js';
import type { TestOffice } from '../support/test-office.js';

let database: TestDatabase;
let office: TestOffice;

beforeEach(async () => {
  database = await openTestDatabase();
  office = await openTestOffice(database);
});
afterEach(() => database.close());

/** A transport that keeps what it was given, and does with each batch what a test asks. */
class RecordingTransport extends InProcessTransport {
  readonly published: CaseEvent[] = [];
  constructor(onPublish: EventBatchHandler = () => Promise.resolve()) {
    super();
    void this.subscribe('case-events', async (events) => {
      await onPublish(events);
      this.published.push(...(events as readonly CaseEvent[]));
    });
  }
}

const waiting = (): Promise<number> => count(database.gateway, 'select 1 from cases.outbox');

/** Registers many debts of many cases. @returns the version that each case has reached */
async function manyEvents(rows: number): Promise<Map<string, number>> {
  await office.register([...demoRows('us-ca-berkeley', { asOf: TODAY, count: rows, seed: 11 })]);
  // Payments interleave the cases of different debtors in the outbox.
  await database.asOwner(
    `with bumped as (update cases.case_file set version = version + 3 returning id, version)
     insert into cases.outbox (case_id, event)
     select b.id, jsonb_set(jsonb_set(o.event, '{caseversion}', to_jsonb(b.version - 3 + step)), '{id}', to_jsonb(gen_random_uuid()))
     from generate_series(1, 3) step cross join bumped b
     cross join lateral (select event from cases.outbox where case_id = b.id limit 1) o order by step, b.id`,
  );
  const cases = await database.asOwner<{ id: string; version: number }>('select id, version from cases.case_file');
  return new Map(cases.map(({ id, version }) => [id, version]));
}

const versionsByCase = (events: readonly CaseEvent[]): Map<string, number[]> => {
  const found = new Map<string, number[]>();
  for (const { subject, caseversion } of events) found.set(subject, [...(found.get(subject) ?? []), caseversion]);
  return found;
};
const complete = (cases: Map<string, number>): Map<string, number[]> =>
  new Map([...cases].map(([id, version]) => [id, Array.from({ length: version }, (_, index) => index + 1)]));

describe('the outbox relay', () => {
  test('two at once publish thousands of events: all of them, once, and each case in its order', async () => {
    const cases = await manyEvents(1500);
    const events = await waiting();
    expect(events).toBeGreaterThan(4000);
    // One sequence for both, so that an order between them can be seen.
    const together: CaseEvent[] = [];
    const slowly: EventBatchHandler = async (batch) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      together.push(...(batch as readonly CaseEvent[]));
    };
    const transports = [new RecordingTransport(slowly), new RecordingTransport(slowly)];
    const relays = transports.map((transport) => new OutboxRelay(database.gateway, transport, CASES_OUTBOX));
    while ((await waiting()) > 0) await Promise.all(relays.map((relay) => relay.drain()));

    expect(together).toHaveLength(events);
    expect(new Set(together.map(({ id }) => id)).size).toBe(events);
    expect(versionsByCase(together)).toEqual(complete(cases));
    for (const { published } of transports) expect(published.length).toBeGreaterThan(0);
  });

  test('goes on to the next lane when another relay has just emptied the one that it waited for', async () => {
    await manyEvents(200);
    const transports = [new RecordingTransport(), new RecordingTransport(), new RecordingTransport()];
    await Promise.all(
      transports.map((transport) => new OutboxRelay(database.gateway, transport, CASES_OUTBOX).drain()),
    );
    expect(await waiting()).toBe(0);
  });

  test('begins with the lane that has waited longest, so that none is passed over while others fill up', async () => {
    await manyEvents(100);
    // What stood in the lanes that are looked at first comes last now.
    await database.asOwner(`update cases.outbox set id = default where lane < (select max(lane) from cases.outbox)`);
    const [oldest] = await database.asOwner<{ lane: number }>('select lane from cases.outbox order by id limit 1');
    const cases = await database.asOwner<{ case_id: string }>(
      `select distinct case_id from cases.outbox where lane = ${oldest!.lane}`,
    );
    const transport = new RecordingTransport();
    await new OutboxRelay(database.gateway, transport, CASES_OUTBOX).drain();
    expect(cases.map(({ case_id }) => case_id)).toContain(transport.published[0]!.subject);
  });

  test('keeps events that a handler failed on, and has them published again in their order', async () => {
    const cases = await manyEvents(30);
    let failing = true;
    const transport = new RecordingTransport(async () => {
      if (failing) throw new Error('the handler failed');
    });
    const relay = new OutboxRelay(database.gateway, transport, CASES_OUTBOX);
    const events = await waiting();
    await expect(relay.drain()).rejects.toThrow('the handler failed');
    await expect(relay.drain()).rejects.toThrow('the handler failed');
    expect(await waiting()).toBe(events);
    failing = false;
    expect(await relay.drain()).toBe(events);
    expect(versionsByCase(transport.published)).toEqual(complete(cases));
    expect(await waiting()).toBe(0);
  });

  test('publishes the cases of the other lanes although one lane fails', async () => {
    await manyEvents(200);
    const [bad] = await database.asOwner<{ case_id: string; lane: number }>(
      'select case_id, lane from cases.outbox limit 1',
    );
    const transport = new RecordingTransport(async (batch) => {
      if (batch.some(({ subject }) => subject === bad!.case_id)) throw new Error('a poisonous event');
    });
    await expect(new OutboxRelay(database.gateway, transport, CASES_OUTBOX).drain()).rejects.toThrow(
      'a poisonous event',
    );
    expect(await database.asOwner('select distinct lane from cases.outbox')).toEqual([{ lane: bad!.lane }]);
    expect(transport.published.length).toBeGreaterThan(200);
  });

  test('publishes again what was published when its own transaction failed, and the inbox makes it one effect', async () => {
    const debt = await office.debt(debtRow());
    const taken: string[][] = [];
    const transport = new InProcessTransport();
    await transport.subscribe('case-events', async (events) => {
      taken.push(
        await database.connectors.transaction((manager) => takeIn(manager, 'test', events as readonly CaseEvent[])),
      );
    });
    const relay = new OutboxRelay(database.gateway, transport, CASES_OUTBOX);
    // The server refuses to commit that the events have left: what was handled is still in the outbox.
    await database.asOwner(
      `create function cases.keep() returns trigger language plpgsql as $$ begin raise exception 'connection lost'; end $$`,
    );
    await database.asOwner(
      `create constraint trigger keep after delete on cases.outbox deferrable initially deferred
       for each row execute function cases.keep()`,
    );
    await expect(relay.drain()).rejects.toThrow('connection lost');
    expect(await waiting()).toBe(1);
    await database.asOwner('drop trigger keep on cases.outbox');
    expect(await relay.drain()).toBe(1);
    expect(taken).toEqual([[debt.caseId], []]);
  });

  test('in one process with nobody subscribed keeps everything', async () => {
    await office.register([debtRow()]);
    await expect(new OutboxRelay(database.gateway, new InProcessTransport(), CASES_OUTBOX).drain()).rejects.toThrow(
      'nobody',
    );
    expect(await waiting()).toBe(1);
  });
});

describe('the inbox', () => {
  const event = (subject: string, caseversion: number): CaseEvent => ({ subject, caseversion }) as CaseEvent;
  const take = (events: readonly CaseEvent[], consumer = 'test'): Promise<string[]> =>
    database.connectors.transaction((manager) => takeIn(manager, consumer, events));
  const [a, b] = ['00000000-0000-4000-8000-00000000000a', '00000000-0000-4000-8000-00000000000b'];

  test('lets the newer version of a case through, once', async () => {
    expect(await take([event(a, 1), event(a, 2), event(b, 1)])).toEqual([a, b]);
    expect(await take([event(a, 2), event(b, 1)])).toEqual([]);
    expect(await take([event(a, 1), event(b, 2)])).toEqual([b]);
    expect(await take([event(a, 3), event(a, 2)])).toEqual([a]);
    const seen = await database.asOwner('select case_id, version from exchange.case_seen order by case_id');
    expect(seen).toEqual([
      { case_id: a, version: 3 },
      { case_id: b, version: 2 },
    ]);
  });

  test('is kept for each consumer by itself', async () => {
    expect(await take([event(a, 5)], 'one')).toEqual([a]);
    expect(await take([event(a, 5)], 'other')).toEqual([a]);
  });

  test('forgets what it took in when its transaction is rolled back', async () => {
    const failing = database.connectors.transaction(async (manager) => {
      await takeIn(manager, 'test', [event(a, 1)]);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow();
    expect(await take([event(a, 1)])).toEqual([a]);
  });

  test('takes the same batches in any order from several workers at once', async () => {
    const subjects = Array.from({ length: 50 }, () => randomUUID());
    const batches = [1, 2, 3, 4].map((version) => subjects.map((id) => event(id, version)));
    await Promise.all(batches.map((batch, index) => take(index % 2 === 0 ? batch : [...batch].reverse())));
    expect(await count(database.connectors, 'select 1 from exchange.case_seen where version = 4')).toBe(50);
  });
});

describe('the event server', () => {
  const received: { pattern: string; types: string[]; versions: number[] }[] = [];
  let fail: string | null = null;
  const note = (pattern: string, events: readonly CaseEvent[]): void => {
    if (fail === pattern) throw new Error(`${pattern} failed`);
    const types = [...new Set(events.map(({ type }) => type))];
    received.push({ pattern, types, versions: events.map(({ caseversion }) => caseversion) });
  };

  @Controller()
  class Handlers {
    @EventPattern(['concord.stop.placed.v1', 'concord.stop.lifted.v1'])
    stops(@Payload() events: readonly CaseEvent[]): void {
      note('stops', events);
    }

    @EventPattern('concord.ledger.posted.v1')
    async ledger(@Payload() events: readonly CaseEvent[]): Promise<void> {
      await new Promise((resolve) => setTimeout(resolve, 5));
      note('ledger', events);
    }
  }
  @Controller()
  class SecondHandlers {
    @EventPattern('concord.ledger.posted.v1')
    async ledger(@Payload() events: readonly CaseEvent[]): Promise<void> {
      note('ledger too', events);
    }
  }
  @Module({ controllers: [Handlers, SecondHandlers] })
  class HandlersModule {}

  const subject = randomUUID();
  const DATA: Partial<Record<CaseEventType, object>> = {
    'concord.stop.placed.v1': { stopId: randomUUID() },
    'concord.stop.lifted.v1': { stopId: randomUUID() },
    'concord.ledger.posted.v1': { debtId: randomUUID(), entryId: randomUUID() },
    'concord.party.changed.v1': { partyId: randomUUID() },
  };
  const event = (type: CaseEventType, caseversion: number): EventMessage => ({
    key: subject,
    body: JSON.stringify({
      ...{ specversion: '1.0', id: randomUUID(), source: '/concord/cases/test', type, subject, partitionkey: subject },
      ...{ time: '2026-11-20T12:00:00Z', datacontenttype: 'application/json', correlationid: 'test', caseversion },
      data: DATA[type],
    }),
  });

  async function listening(work: (transport: InProcessTransport) => Promise<void>): Promise<void> {
    received.length = 0;
    fail = null;
    const transport = new InProcessTransport();
    const app = await NestFactory.createMicroservice(HandlersModule, {
      strategy: new EventBatchServer(transport),
      logger: false,
    });
    app.useGlobalFilters(new HandlerFailureFilter());
    await app.listen();
    try {
      await work(transport);
    } finally {
      await app.close();
    }
  }

  test('hands each method what follows each other of its types, in the order of the versions', () =>
    listening(async (transport) => {
      await transport.publish('case-events', [
        event('concord.stop.placed.v1', 1),
        event('concord.stop.placed.v1', 2),
        event('concord.stop.lifted.v1', 3),
        event('concord.ledger.posted.v1', 4),
        event('concord.ledger.posted.v1', 5),
        event('concord.stop.placed.v1', 6),
      ]);
      const by = (handler: string) =>
        received.filter(({ pattern }) => pattern === handler).map(({ types, versions }) => ({ types, versions }));
      expect(by('stops')).toEqual([
        { types: ['concord.stop.placed.v1', 'concord.stop.lifted.v1'], versions: [1, 2, 3] },
        { types: ['concord.stop.placed.v1'], versions: [6] },
      ]);
      expect(by('ledger')).toEqual([{ types: ['concord.ledger.posted.v1'], versions: [4, 5] }]);
      expect(received.at(-1)).toMatchObject({ pattern: 'stops', versions: [6] });
    }));

  test('hands a batch to every method of its pattern, once', () =>
    listening(async (transport) => {
      await transport.publish('case-events', [event('concord.ledger.posted.v1', 1)]);
      expect(received.map(({ pattern }) => pattern).sort()).toEqual(['ledger', 'ledger too']);
    }));

  test.each(['stops', 'ledger', 'ledger too'])('fails the batch when %s fails', (failing) =>
    listening(async (transport) => {
      fail = failing;
      const batch = [event('concord.stop.placed.v1', 1), event('concord.ledger.posted.v1', 2)];
      // What the handler threw, not what Nest's own filter would put in its place.
      await expect(transport.publish('case-events', batch)).rejects.toThrow(`${failing} failed`);
    }),
  );

  test('fails the batch for an event that nobody handles', () =>
    listening(async (transport) => {
      await expect(transport.publish('case-events', [event('concord.party.changed.v1', 1)])).rejects.toThrow(
        'nobody handles',
      );
    }));
});
