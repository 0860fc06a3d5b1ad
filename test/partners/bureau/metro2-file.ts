import { setImmediate as breathe } from 'node:timers/promises';
import { BASE, HEADER, HEADER_LENGTH, TRAILER_LENGTH } from './metro2-layouts.ts';
import type { AccountRecord } from './metro2-record.ts';
import { dateAt, splitSegments, valueAt } from './metro2-record.ts';
import { Totals } from './metro2-totals.ts';

/** A file whose frame holds: header, trailer, lengths, order of segments and every total. */
export interface SoundFile {
  /** Date Created of the header, `YYYY-MM-DD`. */
  readonly createdOn: string;
  readonly records: number;
  readonly refused?: undefined;
}

/** A file that the bureau will not read record by record. */
export interface RefusedFile {
  readonly refused: string;
  /** Null where the header can't be trusted to say it. */
  readonly createdOn: string | null;
  readonly records: number;
}

/** The reader lets other work of this process go on after so many lines. */
const LINES_BETWEEN_BREATHS = 2_000;

const LF = 0x0a;
const CR = 0x0d;

interface Line {
  readonly number: number;
  readonly text: string;
  readonly isLast: boolean;
}

/** Lines of a file without their ends (LF or CR LF). A last line without an end counts as a line. */
function* linesOf(bytes: Buffer): Generator<Line> {
  let start = 0;
  for (let number = 1; start < bytes.length; number++) {
    const lineFeed = bytes.indexOf(LF, start);
    const end = lineFeed === -1 ? bytes.length : lineFeed;
    const textEnd = end > start && bytes[end - 1] === CR ? end - 1 : end;
    yield { number, text: bytes.toString('latin1', start, textEnd), isLast: end + 1 >= bytes.length };
    start = end + 1;
  }
}

/** Reads the whole file once and judges its frame. Nothing of a file that fails here is taken over. */
export async function inspectFile(bytes: Buffer): Promise<SoundFile | RefusedFile> {
  const totals = new Totals();
  let createdOn: string | null = null;
  let records = 0;
  const refuse = (refused: string): RefusedFile => ({ refused, createdOn, records });
  if (bytes.length === 0) return refuse('FILE IS EMPTY');
  for (const line of linesOf(bytes)) {
    if (line.number % LINES_BETWEEN_BREATHS === 0) await breathe();
    const { number, text } = line;
    const descriptor = text.slice(0, 4);
    if (!/^\d{4}$/.test(descriptor)) return refuse(`LINE ${number}: NO RECORD DESCRIPTOR WORD`);
    if (Number(descriptor) !== text.length) return refuse(`LINE ${number}: RDW ${descriptor} BUT ${text.length} BYTES`);
    if (number === 1) {
      const fault = headerFault(text);
      if (fault !== undefined) return refuse(fault);
      createdOn = dateAt(text, HEADER['Date Created']) ?? null;
    } else if (text.startsWith('TRAILER', 4)) {
      if (!line.isLast) return refuse(`LINE ${number}: TRAILER BEFORE THE END`);
      if (text.length !== TRAILER_LENGTH) return refuse(`LINE ${number}: TRAILER OF ${text.length} BYTES`);
      const disagreement = totals.disagreement(text);
      return disagreement === undefined && createdOn !== null
        ? { createdOn, records }
        : refuse(disagreement ?? 'NO DATE CREATED');
    } else if (text.startsWith('HEADER', 4)) {
      return refuse(`LINE ${number}: SECOND HEADER`);
    } else {
      const segments = splitSegments(text);
      if (typeof segments === 'string') return refuse(`LINE ${number}: ${segments}`);
      records++;
      totals.count({ line: number, text, segments });
    }
  }
  return refuse('NO TRAILER');
}

function headerFault(text: string): string | undefined {
  if (!text.startsWith('HEADER', 4)) return 'LINE 1: NO HEADER';
  if (text.length !== HEADER_LENGTH) return `LINE 1: HEADER OF ${text.length} BYTES`;
  for (const field of ['Activity Date', 'Date Created'] as const) {
    if (typeof dateAt(text, HEADER[field]) !== 'string') return `HEADER ${field.toUpperCase()} IS NO DATE`;
  }
  for (const field of ['Reporter Name', 'Reporter Address'] as const) {
    if (valueAt(text, HEADER[field]) === '') return `HEADER ${field.toUpperCase()} IS BLANK`;
  }
  return undefined;
}

/** The base records of a file that {@link inspectFile} found sound, in the file's order. */
export async function* accountRecords(bytes: Buffer): AsyncGenerator<AccountRecord> {
  for (const { number, text, isLast } of linesOf(bytes)) {
    if (number % LINES_BETWEEN_BREATHS === 0) await breathe();
    const segments = number === 1 || isLast ? '' : splitSegments(text);
    if (typeof segments !== 'string') yield { line: number, text, segments };
  }
}

/** Key of the account within its furnisher. */
export function accountNumberOf(record: AccountRecord): string {
  return valueAt(record.text, BASE['Consumer Account Number']);
}
