/** How much a file says. */
export interface Volume {
  readonly records: number;
  /** Records that put something adverse at the partner that it does not hold. */
  readonly adverse: number;
  /** What the file adds to what the partner holds, over all its records, in minor units. */
  readonly addedMinor: number;
}

/** What the connector's last files of a kind came to: medians, or null where too few of them tell. */
export interface Usual {
  /** How many files were looked at. */
  readonly files: number;
  readonly records: number | null;
  readonly adverse: number | null;
}

/** From where on a file waits for a person. */
export interface VolumeLimits {
  readonly records?: number | undefined;
  readonly adverse?: number | undefined;
  readonly amountMinor?: number | undefined;
  readonly timesUsual: number | null;
  readonly fewest: number;
}

/** One limit that a file is over. */
export interface LimitExceeded {
  readonly limit: 'records' | 'adverse' | 'amountMinor' | 'usual-records' | 'usual-adverse';
  readonly is: number;
  readonly allowed: number;
  /** What the limit was worked out from; null for an absolute one. */
  readonly usual: number | null;
}

/** With fewer files there is nothing usual yet. */
export const FEWEST_FILES = 3;

/** The middle of some numbers; of an even count the lower of the two in the middle, so that it is one that occurred. */
export function median(numbers: readonly number[]): number | null {
  if (numbers.length < FEWEST_FILES) return null;
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}

/** Every limit that a file is over, the absolute ones first. */
export function exceededLimits(volume: Volume, usual: Usual, limits: VolumeLimits): LimitExceeded[] {
  const absolute: [LimitExceeded['limit'], number, number | undefined][] = [
    ['records', volume.records, limits.records],
    ['adverse', volume.adverse, limits.adverse],
    ['amountMinor', volume.addedMinor, limits.amountMinor],
  ];
  const relative: [LimitExceeded['limit'], number, number | null][] = [
    ['usual-records', volume.records, usual.records],
    ['usual-adverse', volume.adverse, usual.adverse],
  ];
  return [
    ...absolute.flatMap(([limit, is, allowed]) =>
      allowed !== undefined && is > allowed ? [{ limit, is, allowed, usual: null }] : [],
    ),
    ...relative.flatMap(([limit, is, median]) => {
      if (limits.timesUsual === null || median === null) return [];
      const allowed = Math.max(limits.fewest, Math.floor(median * limits.timesUsual));
      return is > allowed ? [{ limit, is, allowed, usual: median }] : [];
    }),
  ];
}
