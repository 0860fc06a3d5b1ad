import type { FieldPlace, SegmentId } from './metro2-layouts.ts';
import { BASE_LENGTH, SEGMENTS } from './metro2-layouts.ts';

/** One appended segment: where it begins in its record's text. */
export interface Segment {
  readonly id: SegmentId;
  readonly offset: number;
}

/** One account as it stands in the file: its line with the appended segments, one character a byte. */
export interface AccountRecord {
  /** Line in the file, the header being line 1. */
  readonly line: number;
  readonly text: string;
  readonly segments: readonly Segment[];
}

/** The text of a field, blanks at its end removed. `offset` is that of the segment in the record. */
export function valueAt(text: string, place: FieldPlace, offset = 0): string {
  return text.slice(offset + place[0] - 1, offset + place[1]).trimEnd();
}

/** A date field as `YYYY-MM-DD`; null where it is zeros or blank, undefined where it is no date. */
export function dateAt(text: string, place: FieldPlace, offset = 0): string | null | undefined {
  const value = valueAt(text, [place[0], place[0] + 7, 'date'], offset);
  if (value === '' || value === '00000000') return null;
  const match = /^(\d\d)(\d\d)(\d{4})$/.exec(value);
  if (match === null) return undefined;
  const [, month, day, year] = match;
  const iso = `${year}-${month}-${day}`;
  const parsed = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(parsed.getTime()) || parsed.toISOString().slice(0, 10) !== iso ? undefined : iso;
}

/** A number was given: not blank, not zeros, and not all nines, which the totals do not count either. */
export function isGiven(digits: string): boolean {
  return !/^(0*|9*)$/.test(digits.trim());
}

/** Splits what follows the base segment. A text is the reason why the record's structure can't be right. */
export function splitSegments(text: string): readonly Segment[] | string {
  if (text.length < BASE_LENGTH) return `BASE SEGMENT OF ${text.length} BYTES`;
  const segments: Segment[] = [];
  let offset = BASE_LENGTH;
  let earliest = 0;
  while (offset < text.length) {
    const id = text.slice(offset, offset + 2);
    const index = SEGMENTS.findIndex((segment) => segment.id === id);
    const known = SEGMENTS[index];
    if (known === undefined) return `NO SEGMENT AT BYTE ${offset + 1}`;
    if (index < earliest) return `SEGMENT ${id} OUT OF ORDER`;
    if (offset + known.length > text.length) return `SEGMENT ${id} CUT SHORT`;
    segments.push({ id: known.id, offset });
    earliest = known.repeats ? index : index + 1;
    offset += known.length;
  }
  return segments;
}
