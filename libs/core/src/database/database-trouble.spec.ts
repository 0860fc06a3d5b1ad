import { describe, expect, test } from '@jest/globals';
import { QueryFailedError, QueryRunnerAlreadyReleasedError } from 'typeorm';
import { databaseTrouble } from './database-trouble.js';

const coded = (code: string): Error => Object.assign(new Error('said'), { code });

describe('trouble with the database', () => {
  test.each([
    ['no place in the pool', new Error('timeout exceeded when trying to connect'), 'busy'],
    ['too many connections', coded('53300'), 'busy'],
    ['a statement that took too long', new QueryFailedError('select', [], coded('57014')), 'busy'],
    ['a connection that was ended', new QueryFailedError('select', [], coded('57P01')), 'away'],
    ['a server that starts', coded('57P03'), 'away'],
    ['nobody listens', coded('ECONNREFUSED'), 'away'],
    ['a connection that broke', new Error('Connection terminated unexpectedly'), 'away'],
    ['a connection lost between two statements', new QueryRunnerAlreadyReleasedError(), 'away'],
    ['a constraint', new QueryFailedError('insert', [], coded('23505')), null],
    ['a bug', new TypeError('x is not a function'), null],
    ['no error', 'text', null],
  ])('%s is told apart', (_, error, trouble) => {
    expect(databaseTrouble(error)).toBe(trouble);
  });
});
