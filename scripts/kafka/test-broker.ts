import { startBroker } from './broker.ts';
import type { Broker, BrokerOptions } from './broker.ts';
import { haveContainers, startContainer } from './container.ts';
import { haveJars, haveMaven, kafkaVersion } from './jars.ts';
import { findJava } from './java.ts';

/** How a test comes to a broker on this machine. */
export type Availability =
  | { readonly how: 'brokers'; readonly brokers: string }
  | { readonly how: 'container'; readonly image: string }
  | { readonly how: 'jars'; readonly version: string }
  | { readonly how: 'none'; readonly reason: string };

/**
 * Decides and starts nothing: KAFKA_BROKERS where it is set, else a container, else the jars, else the reason in a line.
 *
 * @param secure whether the SASL_SSL listener is needed, which only the jars offer
 */
export async function availableBroker(secure = false): Promise<Availability> {
  const brokers = process.env['KAFKA_BROKERS'];
  if (!secure && brokers !== undefined && brokers !== '') return { how: 'brokers', brokers };
  if (!secure && (await haveContainers())) return { how: 'container', image: `apache/kafka:${await kafkaVersion()}` };
  const java = await findJava();
  if ('reason' in java) return { how: 'none', reason: `No Kafka broker: ${java.reason}` };
  if ((await haveJars()) || (await haveMaven())) return { how: 'jars', version: await kafkaVersion() };
  return { how: 'none', reason: 'No Kafka broker: Maven (mvn) is needed once to fetch it, and is not on the path.' };
}

/**
 * A broker for a test, by what availableBroker finds: short-lived unless it is told otherwise. Throws its reason where there is none.
 *
 * @param folder for the broker's data and log, where it is started from jars
 */
export async function testBroker(
  folder: string,
  options: Pick<BrokerOptions, 'secure' | 'shortLived' | 'onLog' | 'onEnd'> = {},
): Promise<Broker> {
  const available = await availableBroker(options.secure);
  switch (available.how) {
    case 'brokers':
      return foreignBroker(available.brokers);
    case 'container':
      return startContainer(available.image, options.onLog ?? ((): void => undefined));
    case 'jars':
      return startBroker({ shortLived: true, ...options, folder });
    case 'none':
      throw new Error(available.reason);
  }
}

/** The broker that KAFKA_BROKERS names: used, and left as it is. */
function foreignBroker(brokers: string): Broker {
  const refuse = async (): Promise<never> => {
    throw new Error(`the broker at ${brokers} comes from KAFKA_BROKERS and is not ours to stop`);
  };
  return {
    how: 'brokers',
    owned: false,
    brokers,
    pid: undefined,
    secure: undefined,
    stop: refuse,
    kill: refuse,
    restart: refuse,
    pause: refuse,
    resume: refuse,
  };
}
