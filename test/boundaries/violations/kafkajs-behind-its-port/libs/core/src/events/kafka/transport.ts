import { Kafka } from 'kafkajs';

export const transport = Kafka;
