/** One figure of a benchmark. */
export interface BenchRow {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly note?: string;
}

/** What a benchmark measured, as it is printed. */
export interface BenchResult {
  readonly title: string;
  readonly rows: readonly BenchRow[];
}

/** A figure rounded to so many places behind the point. */
export function figure(name: string, value: number, unit: string, places = 0, note?: string): BenchRow {
  const scale = 10 ** places;
  return { name, value: Math.round(value * scale) / scale, unit, ...(note === undefined ? {} : { note }) };
}
