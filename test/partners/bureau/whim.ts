import { createHash } from 'node:crypto';
import type { AccountRecord } from './metro2-record.ts';
import type { EditFailure } from './record-shape.ts';

/** Record descriptor word, processing indicator and time stamp say nothing about the account. */
const CONTENT_BEGINS = 19;

/** Fingerprint of what a record says about its account. */
export function contentFingerprint(record: AccountRecord): string {
  return createHash('sha256').update(record.text.slice(CONTENT_BEGINS), 'latin1').digest('base64url').slice(0, 16);
}

/** Whether the made-up edit falls on this account: always on the same ones for the same divisor, on none for 0. */
export function whimFallsOn(accountNumber: string, divisor: number): boolean {
  return divisor > 0 && createHash('sha256').update(accountNumber).digest().readUInt32BE(0) % divisor === 0;
}

/** The refusal that exists so that there is always one. No bureau has this edit. */
export const WHIM: EditFailure = {
  field: 'Consumer Account Number',
  code: 'MADEUP',
  message: 'MADE-UP EDIT OF THE SIMULATED BUREAU, NO REAL RULE',
};
