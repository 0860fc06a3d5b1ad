import { pino } from 'pino';
import type { KafkaSettings } from '@concord/core/events/kafka/kafka-settings';

/** As many as Concord creates unless told otherwise. */
const PARTITIONS = 12;

export const benchLog = pino({ level: process.env['CONCORD_BENCH_LOG'] ?? 'error' }, pino.destination(2));

/** Settings for topics of their own on the run's broker. */
export function kafkaSettings(brokers: string, topicPrefix: string): KafkaSettings {
  return {
    brokers: brokers.split(','),
    topicPrefix,
    partitions: PARTITIONS,
    replicationFactor: 1,
    sessionMs: 10_000,
    retentionHours: 1,
    tls: null,
    sasl: null,
  };
}
