import type { Place } from './aim-layouts.ts';

/** Stands in the format for "no date". */
const NULL_DATE = '19000101';

/** Reads the fields of one record, and remembers the first that can't be read: then nothing of the record counts. */
export class RecordReader {
  readonly text: string;
  fault: string | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Text without its padding. */
  string(place: Place): string {
    return this.at(place).trim();
  }

  requiredString(place: Place): string {
    const value = this.string(place);
    if (value === '') this.fail(place, 'IS BLANK');
    return value;
  }

  /** A file or debtor number: nine digits, zero-filled, and not zero. */
  number9(place: Place): string {
    const raw = this.at(place);
    if (!/^\d{9}$/.test(raw) || Number(raw) === 0) this.fail(place, 'IS NOT A NUMBER OF NINE DIGITS');
    return raw;
  }

  /** A whole number, filled with zeros or blanks on the left. */
  count(place: Place): number {
    const raw = this.at(place);
    if (!/^ *\d+$/.test(raw)) this.fail(place, 'IS NOT A NUMBER');
    return Number(raw);
  }

  /** Cents: the decimal point is written before the last two digits. A blank column has no money in it. */
  money(place: Place): number {
    const raw = this.at(place);
    if (raw.trim() === '') return 0;
    const match = /^ *(\d*)\.(\d\d)$/.exec(raw);
    if (match === null) this.fail(place, 'IS NOT AN AMOUNT');
    return match === null ? 0 : Number(`${match[1]}${match[2]}`);
  }

  /** `YYYY-MM-DD`, or null for blank and for 1900-01-01. */
  date(place: Place): string | null {
    const raw = this.at(place);
    if (raw.trim() === '' || raw === NULL_DATE) return null;
    const date = `${raw.slice(0, 4)}-${raw.slice(4, 6)}-${raw.slice(6, 8)}`;
    if (!isDate(date)) this.fail(place, 'IS NO DATE');
    return date;
  }

  requiredDate(place: Place): string {
    const date = this.date(place);
    if (date === null) this.fail(place, 'IS BLANK');
    return date ?? '';
  }

  fail(place: Place, what: string): void {
    this.fault ??= `${place[0]}-${place[1]} ${what}`;
  }

  private at([first, last]: Place): string {
    return this.text.slice(first - 1, last);
  }
}

/** Whether this is a calendar date as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text;
}
