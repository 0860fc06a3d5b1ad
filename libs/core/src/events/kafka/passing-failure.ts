/** SQLSTATE classes that say something of the server, not of what it was asked: connection, resources, intervention, system. */
const PASSING_CLASSES = ['08', '53', '57', '58'];
/** Serialization failure and deadlock: the same again may go through. */
const PASSING_STATES = ['40001', '40P01', '55P03'];
const PASSING_SYSTEM_CODES = [
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
];
const PASSING_WORDS =
  /connection terminated|timeout exceeded when trying to connect|connection ended|query read timeout|not queryable/i;
/** What is found out of a connection that was lost in the middle of a transaction. */
const PASSING_NAMES = ['QueryRunnerAlreadyReleasedError', 'TransactionNotStartedError'];
/** The server's own word for what ends a connection: it takes none for now, or not this login. */
const ENDS_CONNECTION = ['FATAL', 'PANIC'];

/**
 * Whether something failed for a reason that has nothing to do with the event: a database that is away must not make dead
 * letters of everything that comes meanwhile.
 */
export function isPassing(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  const { code, name, severity } = failure as { code?: unknown; name: string; severity?: unknown };
  if (name.startsWith('KafkaJS') || PASSING_NAMES.includes(name)) return true;
  if (typeof severity === 'string' && ENDS_CONNECTION.includes(severity)) return true;
  if (typeof code === 'string') {
    if (PASSING_SYSTEM_CODES.includes(code) || PASSING_STATES.includes(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code) && PASSING_CLASSES.includes(code.slice(0, 2))) return true;
  }
  if (PASSING_WORDS.test(failure.message)) return true;
  return failure.cause !== undefined && isPassing(failure.cause);
}
