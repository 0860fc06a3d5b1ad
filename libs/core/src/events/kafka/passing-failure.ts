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
  /connection terminated|timeout exceeded when trying to connect|connection ended|query read timeout/i;

/**
 * Whether something failed for a reason that has nothing to do with the event: a database that is away must not make dead
 * letters of everything that comes meanwhile.
 */
export function isPassing(failure: unknown): boolean {
  if (!(failure instanceof Error)) return false;
  const { code, name } = failure as { code?: unknown; name: string };
  if (name.startsWith('KafkaJS')) return true;
  if (typeof code === 'string') {
    if (PASSING_SYSTEM_CODES.includes(code) || PASSING_STATES.includes(code)) return true;
    if (/^[0-9A-Z]{5}$/.test(code) && PASSING_CLASSES.includes(code.slice(0, 2))) return true;
  }
  if (PASSING_WORDS.test(failure.message)) return true;
  return failure.cause !== undefined && isPassing(failure.cause);
}
