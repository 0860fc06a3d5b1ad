/** Where the parts of a date or timestamp stand in a field, as 0-based offsets; a part that is missing is -1. */
export interface DatePattern {
  readonly length: number;
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  /** Separators, each with its offset and byte. */
  readonly literals: readonly { readonly offset: number; readonly byte: number }[];
}

const TOKENS = ['CCYY', 'YYYY', 'MM', 'DD', 'hh', 'mm', 'ss'] as const;
const PART_OF_TOKEN = {
  CCYY: 'year',
  YYYY: 'year',
  MM: 'month',
  DD: 'day',
  hh: 'hour',
  mm: 'minute',
  ss: 'second',
} as const;

/** Reads a pattern such as `MMDDCCYY` or `CCYY-MM-DDThh:mm:ss`; undefined when a part is missing, doubled or unknown. */
export function parseDatePattern(pattern: string, withTime: boolean): DatePattern | undefined {
  const parts = { year: -1, month: -1, day: -1, hour: -1, minute: -1, second: -1 };
  const literals: { offset: number; byte: number }[] = [];
  for (let at = 0; at < pattern.length;) {
    const token = TOKENS.find((candidate) => pattern.startsWith(candidate, at));
    if (token === undefined) {
      if (!/[-/.: T]/.test(pattern.charAt(at))) return undefined;
      literals.push({ offset: at, byte: pattern.charCodeAt(at) });
      at += 1;
      continue;
    }
    const part = PART_OF_TOKEN[token];
    if (parts[part] !== -1) return undefined;
    parts[part] = at;
    at += token.length;
  }
  if (parts.year < 0 || parts.month < 0 || parts.day < 0) return undefined;
  const timed = [parts.hour, parts.minute, parts.second];
  if (timed.some((offset) => offset < 0 === withTime)) return undefined;
  return { length: pattern.length, ...parts, literals };
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether a day of the Gregorian calendar exists. */
export function isCalendarDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (DAYS[month - 1] ?? 0) + (leap ? 1 : 0);
}

/** Whether a time of day exists; leap seconds do not. */
export function isTimeOfDay(hour: number, minute: number, second: number): boolean {
  return hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second >= 0 && second < 60;
}
