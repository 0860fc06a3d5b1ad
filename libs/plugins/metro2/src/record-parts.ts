import type { PartnerRecord } from '@concord/plugin-sdk';

/** The segments of a record, none where it has none. What stands among them and is no segment is left out. */
export function segmentsIn(record: PartnerRecord): readonly PartnerRecord[] {
  const segments: unknown = record['segments'];
  return Array.isArray(segments) ? segments.filter(isRecord) : [];
}

/** Whether a value is one record: an object, and no list of them. */
export function isRecord(value: unknown): value is PartnerRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether a record says something in a field. */
export function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}
