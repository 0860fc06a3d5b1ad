import { describe, expect, jest, test } from '@jest/globals';
import type { DataSource, EntityManager } from 'typeorm';
import { inTransaction } from './in-transaction.js';

/** A database whose transactions fail with these errors, one after the other, and then succeed. */
function failing(...errors: object[]): { on: DataSource; began: jest.Mock } {
  const began = jest.fn();
  const transaction = async (work: (manager: EntityManager) => Promise<unknown>) => {
    began();
    const done = await work({} as EntityManager);
    const error = errors.shift();
    if (error) throw Object.assign(new Error('failed'), error);
    return done;
  };
  return { on: { transaction } as unknown as DataSource, began };
}

describe('work in a transaction', () => {
  test.each([[{ code: '40P01' }], [{ driverError: { code: '40P01' } }]])(
    'is carried out again where it was ended for a deadlock: %j',
    async (error) => {
      const { on, began } = failing(error);
      expect(await inTransaction(on, () => Promise.resolve('done'))).toBe('done');
      expect(began).toHaveBeenCalledTimes(2);
    },
  );

  test('is given up after the second deadlock', async () => {
    const { on, began } = failing({ code: '40P01' }, { code: '40P01' });
    await expect(inTransaction(on, () => Promise.resolve())).rejects.toMatchObject({ code: '40P01' });
    expect(began).toHaveBeenCalledTimes(2);
  });

  test('is not carried out again for any other reason', async () => {
    const { on, began } = failing({ code: '23505' });
    await expect(inTransaction(on, () => Promise.resolve())).rejects.toMatchObject({ code: '23505' });
    expect(began).toHaveBeenCalledTimes(1);
  });
});
