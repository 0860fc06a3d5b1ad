import { readFileSync } from 'node:fs';
import { z } from 'zod';
import type { KafkaSasl, KafkaSettings, KafkaTls } from '../events/kafka/kafka-settings.js';
import { Refusal } from './errors.js';

const file = z.string().min(1).optional();

/** The variables about Kafka; all but the first have an effect only where it is set. */
export const kafkaVariables = {
  KAFKA_BROKERS: z
    .string()
    .regex(/^[^\s,:]+:\d+(,[^\s,:]+:\d+)*$/, 'must be host:port, several separated by commas')
    .optional(),
  KAFKA_TOPIC_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9][a-zA-Z0-9._-]{0,99}$/, 'must be letters, digits, dots, hyphens and underscores')
    .default('concord'),
  KAFKA_PARTITIONS: z.coerce.number().int().min(1).max(1000).default(12),
  KAFKA_REPLICATION_FACTOR: z.coerce.number().int().min(1).max(9).optional(),
  KAFKA_RETENTION_HOURS: z.coerce.number().int().min(1).max(87_600).default(168),
  KAFKA_SESSION_SECONDS: z.coerce.number().int().min(3).max(300).default(10),
  KAFKA_TLS: z.enum(['true', 'false']).default('false'),
  KAFKA_TLS_CA_FILE: file,
  KAFKA_TLS_CERT_FILE: file,
  KAFKA_TLS_KEY_FILE: file,
  KAFKA_SASL_MECHANISM: z.enum(['plain', 'scram-sha-256', 'scram-sha-512']).optional(),
  KAFKA_SASL_USERNAME: z.string().min(1).optional(),
  KAFKA_SASL_PASSWORD: z.string().min(1).optional(),
  KAFKA_SASL_PASSWORD_FILE: file,
};

type Variables = z.output<z.ZodObject<typeof kafkaVariables>>;

/**
 * Reads what concerns Kafka alone, for work that needs nothing else of an installation.
 *
 * @returns null where no broker is named
 * @throws Refusal naming the variable that can't be used
 */
export function readKafkaSettings(variables: NodeJS.ProcessEnv = process.env): KafkaSettings | null {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = z.object(kafkaVariables).safeParse(set);
  if (parsed.success) return kafkaSettings(parsed.data);
  const issue = parsed.error.issues[0];
  throw refused(`${String(issue?.path[0])}: ${issue?.message}`);
}

/**
 * @returns null where no broker is named: one process, which hands events to itself
 * @throws Refusal for variables that contradict each other
 */
export function kafkaSettings(variables: Variables): KafkaSettings | null {
  if (variables.KAFKA_BROKERS === undefined) return null;
  return {
    brokers: variables.KAFKA_BROKERS.split(','),
    topicPrefix: variables.KAFKA_TOPIC_PREFIX,
    partitions: variables.KAFKA_PARTITIONS,
    replicationFactor: variables.KAFKA_REPLICATION_FACTOR ?? null,
    retentionHours: variables.KAFKA_RETENTION_HOURS,
    sessionMs: variables.KAFKA_SESSION_SECONDS * 1000,
    tls: tls(variables),
    sasl: sasl(variables),
  };
}

function tls(variables: Variables): KafkaTls | null {
  const { KAFKA_TLS_CA_FILE: ca, KAFKA_TLS_CERT_FILE: certificate, KAFKA_TLS_KEY_FILE: key } = variables;
  if (variables.KAFKA_TLS === 'false') {
    if (ca || certificate || key) throw refused('KAFKA_TLS_*_FILE is set, but KAFKA_TLS is not true');
    return null;
  }
  if ((certificate === undefined) !== (key === undefined)) {
    throw refused('KAFKA_TLS_CERT_FILE and KAFKA_TLS_KEY_FILE go together');
  }
  return { caFile: ca ?? null, certificateFile: certificate ?? null, keyFile: key ?? null };
}

function sasl(variables: Variables): KafkaSasl | null {
  const { KAFKA_SASL_MECHANISM: mechanism, KAFKA_SASL_USERNAME: username } = variables;
  const { KAFKA_SASL_PASSWORD: given, KAFKA_SASL_PASSWORD_FILE: passwordFile } = variables;
  if (mechanism === undefined) {
    if (username || given || passwordFile) throw refused('KAFKA_SASL_* is set, but KAFKA_SASL_MECHANISM is not');
    return null;
  }
  if (given && passwordFile) throw refused('KAFKA_SASL_PASSWORD and KAFKA_SASL_PASSWORD_FILE are set: one, not both');
  const password = given ?? (passwordFile === undefined ? undefined : readPassword(passwordFile));
  if (!username || !password) {
    throw refused('KAFKA_SASL_MECHANISM needs KAFKA_SASL_USERNAME and KAFKA_SASL_PASSWORD or KAFKA_SASL_PASSWORD_FILE');
  }
  // What can be read on the way can be used by whoever reads it.
  if (mechanism === 'plain' && variables.KAFKA_TLS === 'false') {
    throw refused('KAFKA_SASL_MECHANISM plain sends the password as it is: it needs KAFKA_TLS=true');
  }
  return { mechanism, username, password };
}

function readPassword(path: string): string {
  try {
    return readFileSync(path, 'utf8').replace(/\r?\n$/, '');
  } catch (error) {
    throw refused(`KAFKA_SASL_PASSWORD_FILE can't be read (${(error as NodeJS.ErrnoException).code})`);
  }
}

function refused(message: string): Refusal {
  return new Refusal('environment', message);
}
