import { join, resolve } from 'node:path';
import { z } from 'zod';
import type { KafkaSettings } from '../events/kafka/kafka-settings.js';
import { alertVariables, alertWays } from './alert-environment.js';
import type { AlertWays } from './alert-environment.js';
import { Refusal } from './errors.js';
import { kafkaSettings, kafkaVariables } from './kafka-environment.js';

const schema = z.object({
  CONCORD_DATA: z.string().min(1).default('.concord'),
  CONCORD_CONFIG: z.string().min(1).default('config'),
  DATABASE_URL: z.string().min(1).optional(),
  DATABASE_OWNER_URL: z.string().min(1).optional(),
  CONCORD_ARCHIVE: z.string().min(1).optional(),
  CONCORD_SCHEDULES: z.enum(['clock', 'ordered']).default('clock'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  CONCORD_ANSWER_WAIT_SECONDS: z.coerce.number().min(0).max(3600).default(30),
  ...kafkaVariables,
  ...alertVariables,
});

/** How Concord was started. The names are a contract: scripts rely on them. */
export interface Environment {
  /** Absolute path of the folder that holds everything this installation keeps on disk. */
  readonly dataFolder: string;
  /** Absolute path of the folder with jurisdictions, plugins and mappings. */
  readonly configFolder: string;
  /** Absolute path of the folder of archived files; every process of one installation must reach the same. */
  readonly archiveFolder: string;
  /** An outside PostgreSQL; none means that Concord starts its own in the data folder. */
  readonly databaseUrl: string | null;
  /** Who owns and migrates the schemas, where it is not the same login. */
  readonly databaseOwnerUrl: string | null;
  /** What carries events between gateway and connectors; null means that both are one process. */
  readonly kafka: KafkaSettings | null;
  /** Whether files go out when their cutoffs come by the clock, or only on days that somebody orders. */
  readonly schedules: 'clock' | 'ordered';
  readonly port: number;
  readonly logLevel: z.infer<typeof schema>['LOG_LEVEL'];
  /** How long a day that is run by hand waits for partners' answers. */
  readonly answerWaitMs: number;
  /** On which ways people are told of alerts. */
  readonly alerts: AlertWays;
}

/**
 * Reads the environment variables.
 *
 * @param root folder that relative paths start from: the repository, or where Concord is installed
 * @throws Refusal naming the variable that can't be used
 */
export function readEnvironment(root: string, variables: NodeJS.ProcessEnv = process.env): Environment {
  const set = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== ''));
  const parsed = schema.safeParse(set);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new Refusal('environment', `${String(issue?.path[0])}: ${issue?.message}`);
  }
  const { data } = parsed;
  if (data.KAFKA_BROKERS && !data.DATABASE_URL) {
    throw new Refusal(
      'environment',
      'KAFKA_BROKERS is set but DATABASE_URL is not: several processes need one database that all of them reach',
    );
  }
  const dataFolder = resolve(root, data.CONCORD_DATA);
  return {
    dataFolder,
    archiveFolder: data.CONCORD_ARCHIVE ? resolve(root, data.CONCORD_ARCHIVE) : join(dataFolder, 'archive'),
    configFolder: resolve(root, data.CONCORD_CONFIG),
    databaseUrl: data.DATABASE_URL ?? null,
    databaseOwnerUrl: data.DATABASE_OWNER_URL ?? null,
    kafka: kafkaSettings(data),
    schedules: data.CONCORD_SCHEDULES,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    answerWaitMs: data.CONCORD_ANSWER_WAIT_SECONDS * 1000,
    alerts: alertWays(data),
  };
}
