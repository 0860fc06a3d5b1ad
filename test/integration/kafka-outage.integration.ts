import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { kafkaClient } from '@concord/core/events/kafka/kafka-client';
import type { KafkaSasl, KafkaSettings } from '@concord/core/events/kafka/kafka-settings';
import { KafkaTransport } from '@concord/core/events/kafka/kafka-transport';
import type { Watch } from '@concord/core/events/kafka/watched-consumer';
import { Refusal } from '@concord/core/platform/errors';
import { EventFlow, until } from '../support/event-flow.js';
import { brokerIsOurs, describeWithKafka, kafkaSettingsFor, openTestBroker, testLog } from '../support/kafka.js';
import type { TestBroker } from '../support/kafka.js';
import { pause } from '../support/processes.js';
import { WHOLE_SHARE } from '../support/share.js';
import { BreakingProxy } from '../support/breaking-proxy.js';

/**
 * A broker is away for 12 seconds here, or for 4 and the time of its start. Everything that happens in a minute with the usual
 * times happens in that: the group's session of 10 seconds ends, requests run out several times, and the watch gives the consumer
 * up and tries in vain to replace it.
 */
const FROZEN_MS = 12_000;
const STOPPED_MS = 4_000;
const OUTAGE_TEST_MS = 150_000;
const SHORT_WATCH: Watch = { everyMs: 250, silentMs: 3_000, stalledMs: 3_000, joiningMs: 30_000 };
const SHORT_PATIENCE = { connectMs: 1_000, answerMs: 1_500 };

describeWithKafka('the connection to Kafka', () => {
  let kafka: TestBroker;
  beforeAll(async () => {
    kafka = await openTestBroker({ secure: brokerIsOurs });
  });
  afterAll(() => kafka?.remove());

  // Most of a minute of waiting: in the fast share the three processes see a broker that says nothing.
  (brokerIsOurs && WHOLE_SHARE ? describe : describe.skip)('when the broker is away', () => {
    let flow: EventFlow;
    let transport: KafkaTransport;
    beforeEach(async () => {
      const settings = kafkaSettingsFor(kafka.broker.brokers, `outage-${randomUUID()}`);
      const client = kafkaClient(settings, 'outage', testLog, SHORT_PATIENCE);
      flow = await EventFlow.open();
      transport = await KafkaTransport.open({ settings, log: testLog, watch: SHORT_WATCH, client });
    });
    afterEach(async () => {
      await transport.close();
      await flow.close();
    });

    test.each([
      ['frozen, and goes on', FROZEN_MS, () => kafka.broker.pause(), () => kafka.broker.resume()],
      ['stopped, and started again', STOPPED_MS, () => kafka.broker.stop(), () => kafka.broker.restart()],
    ])(
      '%s: changes wait in the outbox, readiness says so, and then all arrive once',
      async (_, awayMs, away, back) => {
        const cases = await flow.cases(6);
        await transport.subscribe('case-events', flow.handler());
        const relay = flow.relay(transport);
        await relay.drain();
        await until('the first were taken in', () => flow.complete());
        expect(transport.health().ready).toBe(true);

        await away();
        const said = new Set<string>();
        let over = false;
        const listening = (async () => {
          while (!over) {
            for (const reason of transport.health().reasons) said.add(reason);
            await pause(50);
          }
        })();
        const relaying = (async () => {
          while (!over) {
            await relay.drain().catch(() => undefined);
            await pause(100);
          }
        })();
        try {
          await flow.change(cases, 2);
          await pause(awayMs);
          const waiting = await flow.waiting();
          await back();
          expect(waiting).toBe(12);
          await until('everything was taken in', () => flow.complete(), 120_000);
          await until('it is ready again', () => transport.health().ready);
        } finally {
          over = true;
          await Promise.all([listening, relaying]);
        }
        expect([...said].some((reason) => reason.startsWith("events can't be published"))).toBe(true);
        expect([...said].some((reason) => reason.startsWith('case-events:'))).toBe(true);
        await until('the backlog is gone', async () => (await transport.backlog('case-events')) === 0);
        await flow.expectWhole();
        expect(await transport.deadLetters.list()).toEqual([]);
      },
      OUTAGE_TEST_MS,
    );
  });

  describe('that can not be had at the start', () => {
    const refused = async (settings: KafkaSettings): Promise<{ refusal: Refusal; seconds: number }> => {
      const began = Date.now();
      const refusal = await KafkaTransport.open({ settings, log: testLog }).then(
        async (transport) => {
          await transport.close();
          throw new Error('it was opened');
        },
        (error: unknown) => error,
      );
      if (!(refusal instanceof Refusal)) throw refusal;
      return { refusal, seconds: (Date.now() - began) / 1000 };
    };

    test('because nobody listens: refused in one sentence within 15 seconds', async () => {
      const address = await closedPort();
      const { refusal, seconds } = await refused(kafkaSettingsFor(address, 'nobody'));
      expect(refusal.code).toBe('kafka-unreachable');
      expect(refusal.message).toBe(
        `Kafka at ${address} can't be used: Connection error: connect ECONNREFUSED ${address}`,
      );
      expect(seconds).toBeLessThan(16);
    });

    test('because nothing comes back: refused in one sentence within 15 seconds', async () => {
      const proxy = await BreakingProxy.open(kafka.broker.brokers);
      proxy.swallows = true;
      const { refusal, seconds } = await refused(kafkaSettingsFor(proxy.address, 'nothing'));
      await proxy.close();
      expect(refusal.code).toBe('kafka-unreachable');
      expect(refusal.message).toMatch(/^Kafka at 127\.0\.0\.1:\d+ can't be used: [^\n]+ within \d+ seconds$/);
      expect(seconds).toBeLessThan(16);
    });

    describe('by TLS and a password', () => {
      const secure = (changes: { sasl?: Partial<KafkaSasl>; caFile?: string | null } = {}): KafkaSettings => {
        const { brokers, caFile, username, password } = kafka.broker.secure!;
        return {
          ...kafkaSettingsFor(brokers, `secure-${randomUUID()}`),
          tls: { caFile: changes.caFile === undefined ? caFile : changes.caFile, certificateFile: null, keyFile: null },
          sasl: { mechanism: 'scram-sha-512', username, password, ...changes.sasl },
        };
      };
      const whereOurs = brokerIsOurs ? test : test.skip;

      whereOurs.each(['scram-sha-512', 'plain'] as const)('the right ones work with %s', async (mechanism) => {
        const flow = await EventFlow.open();
        const transport = await KafkaTransport.open({ settings: secure({ sasl: { mechanism } }), log: testLog });
        await transport.subscribe('case-events', flow.handler());
        await flow.cases(2);
        await flow.relay(transport).drain();
        await until('everything was taken in', () => flow.complete());
        await flow.expectWhole();
        await transport.close();
        await flow.close();
      });

      whereOurs.each(['scram-sha-512', 'plain'] as const)('a wrong password is refused with %s', async (mechanism) => {
        const { refusal } = await refused(secure({ sasl: { mechanism, password: 'not the password' } }));
        expect(refusal.code).toBe('kafka-unreachable');
        expect(refusal.message).toMatch(/authentication failed/i);
        expect(refusal.message).not.toContain('not the password');
      });

      whereOurs('a certificate of an authority that is not trusted is refused', async () => {
        const { refusal } = await refused(secure({ caFile: null }));
        expect(refusal.code).toBe('kafka-unreachable');
        expect(refusal.message).toMatch(/self-signed certificate/);
      });

      whereOurs('a file of authorities that is not there is refused by its name', async () => {
        const { refusal } = await refused(secure({ caFile: '/nowhere/authorities.pem' }));
        expect(refusal.message).toContain('/nowhere/authorities.pem');
      });
    });
  });
});

/** An address of this machine that nobody listens on. */
async function closedPort(): Promise<string> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return `127.0.0.1:${port}`;
}
