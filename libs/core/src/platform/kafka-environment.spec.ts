import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readEnvironment } from './environment.js';
import { readKafkaSettings } from './kafka-environment.js';

const folder = mkdtempSync(join(tmpdir(), 'concord-kafka-environment-'));
afterAll(() => rmSync(folder, { recursive: true }));

const ENOUGH = { KAFKA_BROKERS: 'one:9092,two:9093', DATABASE_URL: 'postgres://localhost/concord' };
const LOGIN = { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'concord', KAFKA_SASL_PASSWORD: 'word' };
const read = (more: Record<string, string> = {}) => readEnvironment('/root', { ...ENOUGH, ...more }).kafka;

describe('what the environment says of Kafka', () => {
  test('is nothing where no broker is named, whatever else is set', () => {
    expect(readEnvironment('/root', { KAFKA_PARTITIONS: '6' }).kafka).toBeNull();
    expect(readKafkaSettings({ KAFKA_BROKERS: '' })).toBeNull();
  });

  test('is complete with the brokers alone', () => {
    expect(read()).toEqual({
      brokers: ['one:9092', 'two:9093'],
      topicPrefix: 'concord',
      partitions: 12,
      replicationFactor: null,
      retentionHours: 168,
      sessionMs: 10_000,
      tls: null,
      sasl: null,
    });
  });

  test('is read without the rest of an installation where only Kafka is needed', () => {
    expect(readKafkaSettings({ KAFKA_BROKERS: ENOUGH.KAFKA_BROKERS })).toEqual(read());
    expect(() => readKafkaSettings({ KAFKA_BROKERS: 'no port' })).toThrow(/^KAFKA_BROKERS: must be host:port/);
  });

  test('has a login and files for TLS', () => {
    const settings = read({ ...LOGIN, KAFKA_TLS: 'true', KAFKA_TLS_CA_FILE: '/ca.pem' });
    expect(settings?.sasl).toEqual({ mechanism: 'scram-sha-512', username: 'concord', password: 'word' });
    expect(settings?.tls).toEqual({ caFile: '/ca.pem', certificateFile: null, keyFile: null });
  });

  test('takes the password from a file without its last line end', () => {
    const file = join(folder, 'password');
    writeFileSync(file, 'from a file\n');
    const { KAFKA_SASL_PASSWORD: _, ...withoutPassword } = LOGIN;
    expect(read({ ...withoutPassword, KAFKA_SASL_PASSWORD_FILE: file })?.sasl?.password).toBe('from a file');
  });

  test.each([
    ['brokers without a database', { DATABASE_URL: '' }, 'DATABASE_URL'],
    ['a broker without a port', { KAFKA_BROKERS: 'one' }, 'KAFKA_BROKERS'],
    ['files for TLS without TLS', { KAFKA_TLS_CA_FILE: '/ca.pem' }, 'KAFKA_TLS is not true'],
    ['a certificate without its key', { KAFKA_TLS: 'true', KAFKA_TLS_CERT_FILE: '/c.pem' }, 'go together'],
    ['a key without its certificate', { KAFKA_TLS: 'true', KAFKA_TLS_KEY_FILE: '/k.pem' }, 'go together'],
    ['a user without a mechanism', { KAFKA_SASL_USERNAME: 'concord' }, 'KAFKA_SASL_MECHANISM is not'],
    ['a mechanism without a user', { KAFKA_SASL_MECHANISM: 'scram-sha-512' }, 'KAFKA_SASL_USERNAME'],
    ['two passwords', { ...LOGIN, KAFKA_SASL_PASSWORD_FILE: '/password' }, 'not both'],
    ['a password in clear', { ...LOGIN, KAFKA_SASL_MECHANISM: 'plain' }, 'KAFKA_TLS=true'],
    ['a mechanism that is not known', { ...LOGIN, KAFKA_SASL_MECHANISM: 'none' }, 'KAFKA_SASL_MECHANISM'],
    [
      'a file of a password that is not there',
      { KAFKA_SASL_MECHANISM: 'scram-sha-512', KAFKA_SASL_USERNAME: 'c', KAFKA_SASL_PASSWORD_FILE: '/nowhere/word' },
      'ENOENT',
    ],
    ['no partition at all', { KAFKA_PARTITIONS: '0' }, 'KAFKA_PARTITIONS'],
    ['a prefix with a slash', { KAFKA_TOPIC_PREFIX: 'a/b' }, 'KAFKA_TOPIC_PREFIX'],
  ])('refuses %s', (_, more: Record<string, string>, said) => {
    expect(() => read(more)).toThrow(said);
  });
});
