import type { RefusedRecord } from './books.ts';
import type { ReadFile } from './read-placements.ts';

const RECORD_LENGTH = 80;

/** The answer to one file: who was refused, and how many were taken. */
export function writeAnswer(fileName: string, read: ReadFile, refusals: readonly RefusedRecord[]): string {
  const { placements, wholeFile, date } = read;
  const accepted = wholeFile === null ? placements.length - refusals.length : 0;
  const result = wholeFile === null ? 'P' : 'R';
  return [
    `H${date}${fileName.padEnd(60)}${result}`,
    ...refusals.map(({ reference, code, message }) => `R${reference}${code.padEnd(4)}${message.padEnd(60)}`),
    `T${digits(refusals.length)}${digits(accepted)}`,
  ]
    .map((line) => `${line.padEnd(RECORD_LENGTH)}\n`)
    .join('');
}

function digits(count: number): string {
  return String(count).padStart(9, '0');
}
