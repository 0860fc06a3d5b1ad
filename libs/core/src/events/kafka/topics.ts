import type { Admin, ITopicConfig } from 'kafkajs';
import { Refusal } from '../../platform/errors.js';
import { ALL_STREAMS, STREAMS } from '../streams.js';
import type { Stream } from '../streams.js';
import type { KafkaSettings } from './kafka-settings.js';

const HOUR_MS = 3_600_000;
const TOPIC_CONFIGURATION = 2;

/** The names of an installation's topics and groups. */
export class KafkaNames {
  constructor(private readonly prefix: string) {}

  topic(stream: Stream): string {
    return `${this.prefix}.${stream}`;
  }

  group(stream: Stream): string {
    return `${this.prefix}.${STREAMS[stream].takenInBy}`;
  }

  /** Keyed by where an event stood: a table of what still waits for a person. */
  get deadLetters(): string {
    return `${this.prefix}.dead-letters`;
  }

  get prefixed(): string {
    return this.prefix;
  }
}

/**
 * Creates the topics that are missing, and compares the others with the settings. Existing topics are left as they are:
 * another number of partitions would put later events of a case beside earlier ones.
 *
 * @returns one line for each difference
 * @throws Refusal `kafka-topics` when a topic is missing and can't be created
 */
export async function prepareTopics(admin: Admin, names: KafkaNames, settings: KafkaSettings): Promise<string[]> {
  const wanted = wantedTopics(names, settings);
  const existing = new Set(await admin.listTopics());
  const missing = wanted.filter(({ topic }) => !existing.has(topic));
  if (missing.length > 0) await create(admin, missing);
  const compared = await Promise.all(
    wanted.filter((topic) => !missing.includes(topic)).map((topic) => differences(admin, topic)),
  );
  return compared.flat();
}

function wantedTopics(names: KafkaNames, settings: KafkaSettings): ITopicConfig[] {
  const { partitions, replicationFactor, retentionHours } = settings;
  const copies = replicationFactor === null ? {} : { replicationFactor };
  const streams = ALL_STREAMS.map((stream) => ({
    topic: names.topic(stream),
    numPartitions: partitions,
    ...copies,
    configEntries: [
      { name: 'cleanup.policy', value: 'delete' },
      { name: 'retention.ms', value: String(retentionHours * HOUR_MS) },
    ],
  }));
  // Kept until a person has seen to it: the newest state of each letter, and nothing expires.
  const deadLetters = {
    topic: names.deadLetters,
    numPartitions: 1,
    ...copies,
    configEntries: [{ name: 'cleanup.policy', value: 'compact' }],
  };
  return [...streams, deadLetters];
}

/** Several processes may start at once: what another one has just created is there. */
async function create(admin: Admin, topics: ITopicConfig[]): Promise<void> {
  try {
    await admin.createTopics({ topics, waitForLeaders: true });
  } catch (error) {
    const reasons = failuresOf(error);
    const refused = reasons.filter(({ type }) => type !== 'TOPIC_ALREADY_EXISTS');
    if (reasons.length > 0 && refused.length === 0) return;
    const list = topics.map(({ topic }) => topic).join(', ');
    throw new Refusal(
      'kafka-topics',
      `Kafka does not create the topics ${list}: ${(refused[0] ?? (error as Error)).message}`,
    );
  }
}

/** What the cluster said of single topics. The client's classes of errors can't be imported by name. */
function failuresOf(error: unknown): { readonly type: string; readonly message: string }[] {
  const { errors = [error] } = error as { errors?: readonly unknown[] };
  return errors.filter(
    (each): each is { type: string; message: string } => typeof (each as { type?: unknown }).type === 'string',
  );
}

async function differences(admin: Admin, wanted: ITopicConfig): Promise<string[]> {
  const { topics } = await admin.fetchTopicMetadata({ topics: [wanted.topic] });
  const partitions = topics[0]?.partitions.length;
  const described = await admin.describeConfigs({
    includeSynonyms: false,
    resources: [{ type: TOPIC_CONFIGURATION, name: wanted.topic }],
  });
  const held = new Map(described.resources[0]?.configEntries.map((entry) => [entry.configName, entry.configValue]));
  const configured = (wanted.configEntries ?? [])
    .filter(({ name, value }) => held.get(name) !== value)
    .map(({ name, value }) => `topic ${wanted.topic}: ${name} is ${held.get(name)}, the settings say ${value}`);
  if (partitions === wanted.numPartitions) return configured;
  return [
    ...configured,
    `topic ${wanted.topic} has ${partitions} partitions, the settings say ${wanted.numPartitions}`,
  ];
}
