import { describe, expect, test } from '@jest/globals';
import { isPassing } from './passing-failure.js';

const failure = (fields: object, message = 'failed'): Error => Object.assign(new Error(message), fields);

describe('a failure that has nothing to do with the event', () => {
  test.each([
    ['the database stops', failure({ code: '57P01' })],
    ['the database takes no connections', failure({ code: '55000', severity: 'FATAL' })],
    ['the login is not let in', failure({ code: '28P01', severity: 'FATAL' })],
    ['there is no room left', failure({ code: '53100' })],
    ['a deadlock', failure({ code: '40P01' })],
    ['nobody listens', failure({ code: 'ECONNREFUSED' })],
    ['a connection lost in a transaction', failure({ name: 'QueryRunnerAlreadyReleasedError' })],
    [
      'a connection that was lost before',
      failure({}, 'Client has encountered a connection error and is not queryable'),
    ],
    ['Kafka is away', failure({ name: 'KafkaJSNumberOfRetriesExceeded' })],
    ['any of them as the cause', failure({ cause: failure({ code: '08006' }) })],
  ])('%s', (_, error) => expect(isPassing(error)).toBe(true));

  test.each([
    ['a broken rule of the database', failure({ code: '23505', severity: 'ERROR' })],
    ['an object in the wrong state', failure({ code: '55000', severity: 'ERROR' })],
    ['a bug', new TypeError('undefined is not a function')],
    ['something that is not an error', 'text'],
  ])('is not: %s', (_, error) => expect(isPassing(error)).toBe(false));
});
