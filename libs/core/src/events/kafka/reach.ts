import { Refusal } from '../../platform/errors.js';
import type { KafkaSettings } from './kafka-settings.js';
import { within } from './within.js';

/** Whoever starts Concord or gives a command waits in front of it. */
const REACHED_WITHIN_MS = 15_000;

/**
 * Waits for the first words with a cluster.
 *
 * @throws Refusal `kafka-unreachable` with the reason; what is refused for another reason stays as it is
 */
export async function reach<T>({ brokers }: KafkaSettings, words: Promise<T>): Promise<T> {
  try {
    return await within(words, REACHED_WITHIN_MS, 'no answer');
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal('kafka-unreachable', `Kafka at ${brokers.join(',')} can't be used: ${(error as Error).message}`);
  }
}
