import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { EventTransport } from '@concord/core/events/event-transport';
import { InProcessTransport } from '@concord/core/events/in-process-transport';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import { OutboxRelay } from '@concord/core/events/outbox-relay';
import { CASES_OUTBOX } from '@concord/core/events/outboxes';
import type { Checkpoint, CheckpointListener } from '@concord/core/platform/checkpoints';
import { EventFlow, until } from '../support/event-flow.js';
import { describeWithKafka, kafkaSettingsFor, openTestBroker, testLog } from '../support/kafka.js';
import type { TestBroker } from '../support/kafka.js';
import { BetweenStatements } from './support/between-statements.js';
import { broken } from './support/broken.js';

jest.setTimeout(600_000);

const CASES = 12;
const DEATHS = 3;
/** What keeps an event that comes again, or after a newer one, from having an effect. */
const ONLY_NEWER = /where seen\.version < excluded\.version/;

/** What dies at a point, the first times that it is passed: what comes after it is not done. */
class Dying implements CheckpointListener {
  deaths = 0;

  constructor(private readonly point: Checkpoint) {}

  reached(passed: Checkpoint): Promise<void> {
    if (passed !== this.point || this.deaths === DEATHS) return Promise.resolve();
    this.deaths += 1;
    return Promise.reject(new Error(`died ${passed}`));
  }
}

/** @param open the transport, with what its consumers die at */
function carriers(over: string, open: (checkpoints?: CheckpointListener) => Promise<EventTransport>): void {
  let flow: EventFlow;
  const opened: EventTransport[] = [];

  beforeEach(async () => {
    flow = await EventFlow.open();
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((transport) => transport.close()));
    await flow.close();
  });

  /** Carries the changes of some cases although relays or consumers die on the way, or relays before the transport has anything. */
  async function carry(relays?: CheckpointListener, consumers?: CheckpointListener, early = 0) {
    const transport = await open(consumers);
    opened.push(transport);
    await transport.subscribe('case-events', flow.handler());
    let left = early;
    const publish: EventTransport['publish'] = async (stream, messages) => {
      if ((left -= 1) >= 0) throw new Error('died before publishing');
      await transport.publish(stream, messages);
    };
    const way = Object.assign(Object.create(transport) as EventTransport, { publish });
    const relay = new OutboxRelay(flow.database.gateway, way, CASES_OUTBOX, relays);
    const cases = await flow.cases(CASES);
    await flow.change(cases, 2);
    await until('everything was taken in', async () => {
      await relay.drain().catch(() => undefined);
      return (await flow.waiting()) === 0 && flow.complete();
    });
    await until('nothing is on its way', async () => (await transport.backlog('case-events')) === 0);
    const came = flow.received.map(({ caseId, version }) => `${caseId} ${version}`);
    return { cameAgain: came.length - new Set(came).size };
  }

  test('a relay that dies before the transport has its events: nothing is lost', async () => {
    await carry(undefined, undefined, DEATHS);
    await flow.expectWhole();
    broken(`a relay's death before it publishes, ${over}`, DEATHS, 'the events stayed in the outbox');
  });

  test('a relay that dies when the transport has its events, before they are marked: each has its effect once', async () => {
    const dying = new Dying('after-publishing');
    const { cameAgain } = await carry(dying, undefined);
    expect(dying.deaths).toBe(DEATHS);
    expect(cameAgain).toBeGreaterThan(0);
    await flow.expectWhole();
    broken(
      `a relay's death behind the acknowledgement, ${over}`,
      DEATHS,
      `${cameAgain} events came again, without effect`,
    );
  });

  test('a consumer that dies after its commit, before the transport is told: each has its effect once', async () => {
    const dying = new Dying('after-handling');
    const { cameAgain } = await carry(undefined, dying);
    expect(dying.deaths).toBe(DEATHS);
    expect(cameAgain).toBeGreaterThan(0);
    await flow.expectWhole();
    broken(`a consumer's death behind its commit, ${over}`, DEATHS, `${cameAgain} events came again, without effect`);
  });

  test.each<Checkpoint>(['after-publishing', 'after-handling'])(
    'bites: with no look at what was taken in before, events that come again %s have a second effect',
    async (point) => {
      new BetweenStatements(flow.database.connectors).replace = (statement) => statement.replace(ONLY_NEWER, '');
      const dying = new Dying(point);
      await (point === 'after-publishing' ? carry(dying, undefined) : carry(undefined, dying));
      await expect(flow.expectWhole()).rejects.toThrow(/toEqual/);
      broken(`no inbox, ${over} (seeded)`, dying.deaths, 'the test above notices it');
    },
  );
}

describe('events within a process', () => {
  carriers('within a process', async (checkpoints) => new InProcessTransport(checkpoints));
});

describeWithKafka('events over Kafka', () => {
  let kafka: TestBroker;
  beforeAll(async () => {
    kafka = await openTestBroker();
  });
  afterAll(() => kafka?.remove());

  carriers('over Kafka', (checkpoints) =>
    KafkaTransport.open({
      settings: kafkaSettingsFor(kafka.broker.brokers, `carriers-${randomUUID()}`),
      log: testLog,
      ...(checkpoints && { checkpoints }),
    }),
  );
});
