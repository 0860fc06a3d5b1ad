import { statusRecord } from './agency-records.ts';
import type { HeldAccount } from './books.ts';

/** The agreed status codes of ASTS. MADE UP: each agency and office agree on their own. */
export const STATUS_NOTES = {
  REF: 'PLACEMENT REFUSED',
  DIS: 'DISPUTED BY THE DEBTOR',
  BKY: 'DEBTOR IS BANKRUPT',
  DEC: 'DEBTOR IS DECEASED',
  RET: 'ACCOUNT RETURNED, UNCOLLECTABLE',
} as const;

export type StatusCode = keyof typeof STATUS_NOTES;

/** Notes a status at the account and gives the record that tells it. */
export function status(fileNumber: string, held: HeldAccount, code: StatusCode, on: string): string {
  held.history.push({ on, what: 'status', reference: code });
  if (code !== 'REF' && code !== 'RET') held.stopped = code;
  return statusRecord(fileNumber, held, code, STATUS_NOTES[code], on);
}
