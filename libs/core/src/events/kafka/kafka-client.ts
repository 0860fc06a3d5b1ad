import { readFileSync } from 'node:fs';
import type { ConnectionOptions } from 'node:tls';
import { Kafka, logLevel } from 'kafkajs';
import type { ISocketFactory, logCreator, SASLOptions } from 'kafkajs';
import type { Logger } from 'pino';
import { Refusal } from '../../platform/errors.js';
import { keepQuietAboutNegativeTimeouts } from './negative-timeouts.js';
import type { KafkaSasl, KafkaSettings, KafkaTls } from './kafka-settings.js';

/** How long a broker is waited for before the attempt counts as failed. */
export interface BrokerPatience {
  readonly connectMs: number;
  readonly answerMs: number;
}

export const USUAL_BROKER_PATIENCE: BrokerPatience = { connectMs: 10_000, answerMs: 30_000 };

/**
 * A client by which producers, consumers and administrators are made. It connects nothing by itself.
 *
 * @param socketFactory opens connections by another way; for tests that stand between client and broker
 * @throws Refusal `environment` for a file that can't be read
 */
export function kafkaClient(
  settings: KafkaSettings,
  clientId: string,
  log: Logger,
  { connectMs, answerMs }: BrokerPatience = USUAL_BROKER_PATIENCE,
  socketFactory?: ISocketFactory,
): Kafka {
  keepQuietAboutNegativeTimeouts();
  return new Kafka({
    clientId,
    brokers: [...settings.brokers],
    connectionTimeout: connectMs,
    requestTimeout: answerMs,
    enforceRequestTimeout: true,
    // What fails for longer is tried again by whoever asked, who also says so: the relay, the watchdog, the start.
    retry: { initialRetryTime: 100, maxRetryTime: 2_000, retries: 5 },
    logLevel: logLevel.WARN,
    logCreator: logTo(log),
    ...(socketFactory ? { socketFactory } : {}),
    ...(settings.tls ? { ssl: tlsOptions(settings.tls) } : {}),
    ...(settings.sasl ? { sasl: saslOptions(settings.sasl) } : {}),
  });
}

function tlsOptions({ caFile, certificateFile, keyFile }: KafkaTls): ConnectionOptions {
  return {
    ...(caFile ? { ca: [contentOf(caFile)] } : {}),
    ...(certificateFile ? { cert: contentOf(certificateFile) } : {}),
    ...(keyFile ? { key: contentOf(keyFile) } : {}),
  };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refusal('environment', `${file} can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function saslOptions({ mechanism, username, password }: KafkaSasl): SASLOptions {
  return { mechanism, username, password };
}

/** The client's own words, one severity lower: what matters of them is said by whoever it happens to. */
function logTo(log: Logger): logCreator {
  return () =>
    ({ level, namespace, log: entry }) => {
      const said = { kafka: namespace, reason: typeof entry['error'] === 'string' ? entry['error'] : undefined };
      if (level === logLevel.ERROR) log.warn(said, entry.message);
      else log.debug(said, entry.message);
    };
}
