import { createHash } from 'node:crypto';

/** One file number in this many is refused at placement. */
export const DEFAULT_REFUSE_EVERY = 41;

/** Whether this placement is refused for no reason: always the same ones for the same divisor, none for 0. */
export function isRefused(fileNumber: string, divisor: number): boolean {
  return divisor > 0 && hash(fileNumber) % divisor === 0;
}

/** What a newly placed account brings by itself, the same at every run. */
export interface FirstDay {
  /** Per cent of the balance that the debtor pays at once: 0 for most, 100 for a third of those who pay. */
  readonly paysPercent: number;
  readonly disputes: boolean;
  readonly contact: 'address' | 'phone' | null;
}

export function firstDayOf(fileNumber: string): FirstDay {
  const pays = hash(`pays ${fileNumber}`);
  const moves = hash(`moves ${fileNumber}`);
  return {
    paysPercent: pays % 9 !== 0 ? 0 : Math.floor(pays / 9) % 3 === 0 ? 100 : 20 + (Math.floor(pays / 27) % 60),
    disputes: hash(`disputes ${fileNumber}`) % 60 === 0,
    contact: moves % 90 !== 0 ? null : Math.floor(moves / 90) % 2 === 0 ? 'address' : 'phone',
  };
}

/** A whole number from 0 to 2^32 - 1 that a text always gives. */
export function hash(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}
