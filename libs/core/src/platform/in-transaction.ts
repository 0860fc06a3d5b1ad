import type { DataSource, EntityManager } from 'typeorm';

/** What PostgreSQL says to the one of two transactions that it ends because each waits for the other. */
const DEADLOCK = '40P01';

/**
 * Carries out work in one transaction, again where it was ended to let another go on: everything locks in one order, but
 * a merge or an intake that comes in between may turn it. Nothing of an earlier attempt is left.
 *
 * @param work has no effect but by its manager
 * @param attempts how often it is carried out at most
 */
export async function inTransaction<T>(
  on: DataSource,
  work: (manager: EntityManager) => Promise<T>,
  attempts = 2,
): Promise<T> {
  try {
    return await on.transaction(work);
  } catch (error) {
    if (attempts <= 1 || !isDeadlock(error)) throw error;
    return inTransaction(on, work, attempts - 1);
  }
}

function isDeadlock(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false;
  const { code, driverError } = error as { readonly code?: unknown; readonly driverError?: unknown };
  return code === DEADLOCK || isDeadlock(driverError);
}
