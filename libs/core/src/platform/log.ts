import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

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

/** The log of one process: JSON lines, with everything personal left out. */
export function openLog(level: string, destination: DestinationStream): Logger {
  return pino(
    {
      level,
      base: { pid: process.pid },
      redact: {
        paths: [...PERSONAL, ...PERSONAL.map((field) => `*.${field}`), 'req.headers', 'req.body', 'res.headers'],
        censor: '[left out]',
      },
    },
    destination,
  );
}
