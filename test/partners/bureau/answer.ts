import type { EditFailure } from './record-shape.ts';

/** One refused account, as a detail record tells it. */
export interface Refusal extends EditFailure {
  /** Line of the base record in the file answered, the header being line 1. */
  readonly line: number;
  readonly accountNumber: string;
}

/** Everything that an answer says. */
export interface AnswerContent {
  /** Date Created of the file answered, `YYYY-MM-DD`; null where it could not be read (zeros in the answer). */
  readonly createdOn: string | null;
  readonly fileName: string;
  readonly received: number;
  readonly accepted: number;
  readonly refused: number;
  /** Why the whole file is refused; null where it was processed. */
  readonly wholeFile: string | null;
  readonly refusals: readonly Refusal[];
}

const RECORD_LENGTH = 140;

/**
 * Writes an answer: header, one detail a refused record, trailer; 140 bytes of ASCII each, ended by LF. The layout is made
 * up, because no bureau publishes one. README.md beside this folder has its positions.
 */
export function writeAnswer(answer: AnswerContent): string {
  const { createdOn, fileName, received, accepted, refused, wholeFile, refusals } = answer;
  const header =
    'H' +
    (createdOn === null ? '00000000' : createdOn.replaceAll('-', '')) +
    text(fileName, 60) +
    number(received) +
    number(accepted) +
    number(refused) +
    (wholeFile === null ? 'A' : 'R') +
    text(wholeFile ?? '', 43);
  const details = refusals.map(
    ({ line, accountNumber, field, code, message }) =>
      `D${number(line)}${text(accountNumber, 30)}${text(field, 30)}${text(code, 6)}${text(message, 60)}`,
  );
  const trailer = `T${number(refusals.length)}`;
  return [header, ...details, trailer].map((record) => `${record.padEnd(RECORD_LENGTH)}\n`).join('');
}

/** The same answer with a trailer that states one detail too many. */
export function withWrongDetailCount(answer: string): string {
  const trailer = answer.length - RECORD_LENGTH - 1;
  const stated = Number(answer.slice(trailer + 1, trailer + 10));
  return `${answer.slice(0, trailer)}T${number(stated + 1)}`.padEnd(answer.length - 1) + '\n';
}

/** The same answer, broken off in the middle of its last record. */
export function withoutEnd(answer: string): string {
  return answer.slice(0, -Math.floor(RECORD_LENGTH / 2));
}

function number(value: number): string {
  return String(value).padStart(9, '0');
}

function text(value: string, length: number): string {
  return value
    .replace(/[^\x20-\x7e]/g, '?')
    .slice(0, length)
    .padEnd(length);
}
