import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from '@jest/globals';
import { pino } from 'pino';
import type { KafkaSettings } from '@concord/core/events/kafka/kafka-settings';
import { availableBroker, testBroker } from '../../scripts/kafka/test-broker.ts';
import type { Broker } from '../../scripts/kafka/broker.ts';

export type { Broker };

/** A broker for one test file, and its end. */
export interface TestBroker {
  readonly broker: Broker;
  remove(): Promise<void>;
}

const availability = await availableBroker();

/**
 * Tests that need a real Kafka. Where there can be none they are skipped, which is said in one line; under `CI=true` that is a
 * failure, because nobody would read the line.
 */
export function describeWithKafka(name: string, tests: () => void): void {
  if (availability.how !== 'none') return void describe(name, tests);
  if (process.env['CI'] === 'true') {
    return void test(name, () => {
      throw new Error(`there is no Kafka here: ${availability.reason}`);
    });
  }
  process.stderr.write(`skipped, because there is no Kafka here (${availability.reason}): ${name}\n`);
  describe.skip(name, tests);
}

/** Whether tests can have a real Kafka. */
export const haveKafka = availability.how !== 'none';

/** Whether the broker is this machine's to stop: tests that break it need one of their own. */
export const brokerIsOurs = availability.how === 'jars' || availability.how === 'container';

export async function openTestBroker(options: { readonly secure?: boolean } = {}): Promise<TestBroker> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-kafka-'));
  const broker = await testBroker(folder, options);
  return {
    broker,
    remove: async () => {
      await broker.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}

/** Settings for a test's own topics on a broker. */
export function kafkaSettingsFor(brokers: string, topicPrefix: string, partitions = 3): KafkaSettings {
  return {
    brokers: brokers.split(','),
    topicPrefix,
    partitions,
    replicationFactor: 1,
    retentionHours: 1,
    sessionMs: 10_000,
    tls: null,
    sasl: null,
  };
}

/** What a transport says is of interest only when `CONCORD_TEST_LOG` names a level. */
export const testLog = pino({ level: process.env['CONCORD_TEST_LOG'] ?? 'silent' }, pino.destination(2));
