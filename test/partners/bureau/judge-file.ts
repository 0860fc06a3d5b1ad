import type { AnswerContent, Refusal } from './answer.ts';
import type { Books, HistoryItem } from './books.ts';
import { historyItem } from './books.ts';
import { accountNumberOf, accountRecords, inspectFile } from './metro2-file.ts';
import { valueAt } from './metro2-record.ts';
import { BASE } from './metro2-layouts.ts';
import { editFailure } from './record-edits.ts';
import type { EditFailure } from './record-shape.ts';
import { contentFingerprint, WHIM, whimFallsOn } from './whim.ts';

/** File names carry no blanks and no special characters, and an answer has room for sixty. */
const FILE_NAME = /^[A-Za-z0-9._-]{1,60}$/;

/**
 * Judges one file and takes its accepted records into the books (in memory; the caller writes them). A file whose frame
 * does not hold changes nothing.
 *
 * @param whimDivisor one account number in this many is refused for no reason; 0 means none
 */
export async function judgeFile(
  bytes: Buffer,
  fileName: string,
  books: Books,
  whimDivisor: number,
): Promise<AnswerContent> {
  const frame = await inspectFile(bytes);
  const wholeFile = FILE_NAME.test(fileName) ? (frame.refused ?? null) : 'FILE NAME HAS SPECIAL CHARACTERS';
  const { records: received, createdOn } = frame;
  if (wholeFile !== null || createdOn === null) {
    return {
      createdOn,
      fileName,
      received,
      accepted: 0,
      refused: received,
      wholeFile: wholeFile ?? 'NO DATE CREATED',
      refusals: [],
    };
  }
  const refusals: Refusal[] = [];
  const seen = new Set<string>();
  for await (const record of accountRecords(bytes)) {
    const accountNumber = accountNumberOf(record);
    const told = historyItem(record, fileName, createdOn, contentFingerprint(record));
    const failure =
      editFailure(record, createdOn) ??
      repeatedFailure(seen, `${valueAt(record.text, BASE['Identification Number'])} ${accountNumber}`) ??
      whim(accountNumber, told, books, whimDivisor);
    if (failure === undefined) books.take(accountNumber, record, told);
    else refusals.push({ line: record.line, accountNumber, ...failure });
  }
  const refused = refusals.length;
  return { createdOn, fileName, received, accepted: received - refused, refused, wholeFile: null, refusals };
}

/** A furnisher reports an account once in a file; the first record is the one that counts. */
function repeatedFailure(seen: Set<string>, key: string): EditFailure | undefined {
  if (seen.has(key))
    return { field: 'Consumer Account Number', code: 'KEY004', message: 'ACCOUNT IS IN THIS FILE TWICE' };
  seen.add(key);
  return undefined;
}

function whim(account: string, told: HistoryItem, books: Books, divisor: number): EditFailure | undefined {
  return whimFallsOn(account, divisor) && !books.tookBefore(account, told.content) ? WHIM : undefined;
}
