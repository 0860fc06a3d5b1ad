import { hostname } from 'node:os';
import type { Logger } from 'pino';
import { systemClock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { Administrator } from './administrator.js';
import { DeadLetters } from './dead-letters.js';
import { kafkaClient } from './kafka-client.js';
import type { KafkaSettings } from './kafka-settings.js';
import { Publisher } from './publisher.js';
import { reach } from './reach.js';
import { KafkaNames } from './topics.js';

/**
 * The dead letters of an installation for some work with them; nothing is taken in, and no topic is created.
 *
 * @throws Refusal `kafka-unreachable`; `kafka-topics` where no Concord has run with these settings
 */
export async function withDeadLetters<T>(
  settings: KafkaSettings,
  log: Logger,
  work: (letters: DeadLetters) => Promise<T>,
): Promise<T> {
  const kafka = kafkaClient(settings, `concord-${hostname()}-${process.pid}`, log);
  const names = new KafkaNames(settings.topicPrefix);
  const administrator = new Administrator(kafka);
  const publisher = new Publisher(kafka);
  try {
    const topics = await reach(
      settings,
      administrator.ask((admin) => admin.listTopics()),
    );
    if (!topics.includes(names.deadLetters)) {
      throw new Refusal(
        'kafka-topics',
        `Kafka has no topic ${names.deadLetters}: no Concord has run with these settings`,
      );
    }
    return await work(new DeadLetters(kafka, names, publisher, systemClock));
  } finally {
    await publisher.close();
    await administrator.close();
  }
}
