import { Kafka } from 'kafkajs';

export const relay = Kafka;
