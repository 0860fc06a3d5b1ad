/** What the process of one of Concord's sides needs. */
export interface Side {
  readonly databaseUrl: string;
  readonly brokers: string;
  readonly topicPrefix: string;
}

/** What a bare client needs. */
export interface Bare {
  readonly brokers: string;
  readonly topicPrefix: string;
}
