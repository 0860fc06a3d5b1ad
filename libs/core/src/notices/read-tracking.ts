import { parse } from 'csv-parse/sync';
import { Refusal } from '../platform/errors.js';

const COLUMNS = ['notice', 'tracking_number'];

/** A line of a carrier's list as it was read. */
export interface TrackingLine {
  readonly notice: string;
  readonly trackingNumber: string;
  readonly line: number;
}

/**
 * Reads a carrier's list: CSV with a header, of which `notice` (as it stands on the letter) and `tracking_number` count.
 *
 * @throws Refusal `tracking-unreadable`
 */
export function readTracking(csv: string): TrackingLine[] {
  let records: Record<string, string>[];
  try {
    records = parse(csv, {
      columns: (names: string[]) => names.map((name) => name.trim()),
      bom: true,
      trim: true,
      skip_empty_lines: true,
    });
  } catch (error) {
    throw new Refusal('tracking-unreadable', `the list is no CSV: ${(error as Error).message}`);
  }
  const missing = COLUMNS.find((column) => records[0] !== undefined && !(column in records[0]));
  if (missing !== undefined) throw new Refusal('tracking-unreadable', `the list has no column ${missing}`);
  return records.map((record, place) => ({
    notice: record['notice'] ?? '',
    trackingNumber: record['tracking_number'] ?? '',
    line: place + 2,
  }));
}
