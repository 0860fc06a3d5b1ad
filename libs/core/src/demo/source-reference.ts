/**
 * A number as a source writes it. `#`s stand for the number with leading zeros, more digits where it needs them; `{yyyy}`
 * and `{yy}` for the year of a day.
 */
export function sourceReference(pattern: string, number: number, on: string): string {
  return pattern
    .replace('{yyyy}', on.slice(0, 4))
    .replace('{yy}', on.slice(2, 4))
    .replace(/#+/, (places) => number.toString().padStart(places.length, '0'));
}
