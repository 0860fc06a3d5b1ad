import type { IsoDate } from '@concord/plugin-sdk';

/** When a host system said something: the business date of its file, the file's number on that day, and the record in it. */
export interface Stamp {
  readonly date: IsoDate;
  readonly sequence: number;
  readonly line: number;
}

/** Below zero where `a` was said before `b`. Of one file's records, the later one corrects the earlier. */
export function compareStamps(a: Stamp, b: Stamp): number {
  if (a.date !== b.date) return a.date < b.date ? -1 : 1;
  return a.sequence - b.sequence || a.line - b.line;
}
