import { QueryRunnerAlreadyReleasedError, TransactionNotStartedError } from 'typeorm';

/**
 * Why the database could not serve: `busy`, it has all it can take and whoever asks again soon is served; `away`, the
 * connection was lost or can't be made, and whether the last statement was carried out is not known.
 */
export type DatabaseTrouble = 'busy' | 'away';

/** What PostgreSQL says when it has no place left, or has worked too long on one statement. */
const BUSY_CODES = new Set(['53300', '57014']);

/** Ended by an administrator or by the crash of another process, starting up, and what the system says of a dead socket. */
const AWAY_CODES = new Set(['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** The driver's own errors have no codes. */
const NO_PLACE_IN_POOL = 'timeout exceeded when trying to connect';
const LOST = /^(Connection terminated|Client has encountered a connection error)/;

interface Told {
  readonly message: string;
  readonly code?: unknown;
  /** What TypeORM wraps. */
  readonly driverError?: unknown;
}

/** @returns null for what is not about the way to the database */
export function databaseTrouble(error: unknown): DatabaseTrouble | null {
  // Its connection was lost while it waited for the next statement of its transaction.
  if (error instanceof QueryRunnerAlreadyReleasedError || error instanceof TransactionNotStartedError) return 'away';
  if (!saysSomething(error)) return null;
  const { driverError, code, message } = error;
  if (saysSomething(driverError) && driverError !== error) return databaseTrouble(driverError);
  if (typeof code === 'string') {
    if (BUSY_CODES.has(code)) return 'busy';
    return AWAY_CODES.has(code) || code.startsWith('08') ? 'away' : null;
  }
  if (message === NO_PLACE_IN_POOL) return 'busy';
  return LOST.test(message) ? 'away' : null;
}

/** The system's own errors are of no class that could be asked for. */
function saysSomething(error: unknown): error is Told {
  return typeof error === 'object' && error !== null && typeof (error as { message?: unknown }).message === 'string';
}
