/** How Kafka is reached and used, as the environment says it. */
export interface KafkaSettings {
  readonly brokers: readonly string[];
  /** In front of the names of topics and groups, so that several installations can share one cluster. */
  readonly topicPrefix: string;
  /** Of a topic that Concord creates. An existing one keeps what it has: another number would break the order by key. */
  readonly partitions: number;
  /** Null for the cluster's own default. */
  readonly replicationFactor: number | null;
  readonly retentionHours: number;
  /** After how long without a sign of life a consumer's partitions go to others. The cluster bounds it. */
  readonly sessionMs: number;
  readonly tls: KafkaTls | null;
  readonly sasl: KafkaSasl | null;
}

/** Files are PEM. */
export interface KafkaTls {
  /** Null for the authorities that Node trusts. */
  readonly caFile: string | null;
  readonly certificateFile: string | null;
  readonly keyFile: string | null;
}

export interface KafkaSasl {
  readonly mechanism: 'plain' | 'scram-sha-256' | 'scram-sha-512';
  readonly username: string;
  readonly password: string;
}
