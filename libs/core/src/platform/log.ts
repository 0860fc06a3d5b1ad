import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';
import { currentCorrelation } from './correlation.js';

/** Fields that could hold something personal, wherever they stand in what is logged. */
const PERSONAL = [
  'surname',
  'firstName',
  'middleName',
  'address',
  'telephone',
  'ssn',
  'sin',
  'dateOfBirth',
  'password',
  'privateKey',
  'debtor',
  'coDebtors',
  'content',
];

/** The log of one process: JSON lines, each with what caused it, and with everything personal left out. */
export function openLog(level: string, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      mixin: () => ({ ...currentCorrelation() }),
      // A failed statement carries its parameters, and those may be anything that was to be stored.
      serializers: { err: describeError, error: describeError },
      redact: {
        paths: [
          ...PERSONAL,
          ...PERSONAL.map((field) => `*.${field}`),
          ...['req.headers', 'req.body', 'req.query', 'req.url', 'res.headers'],
        ],
        censor: leaveOut,
      },
    },
    destination,
  );
}

function describeError(error: unknown): object {
  if (!(error instanceof Error)) return { message: 'something that is not an error was thrown' };
  const { code } = error as { code?: unknown };
  return {
    type: error.name,
    message: error.message,
    code: typeof code === 'string' ? code : undefined,
    stack: error.stack,
  };
}

/** Of an address only what is asked for, and not whom: that stands in its query. */
function leaveOut(value: unknown, path: readonly string[]): string {
  const isAddress = path.at(-2) === 'req' && path.at(-1) === 'url' && typeof value === 'string';
  return isAddress ? value.replace(/\?.*$/s, '') : '[left out]';
}
