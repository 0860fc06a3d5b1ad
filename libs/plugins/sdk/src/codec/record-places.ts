import type { FileLayout, RecordLayout } from './layout.js';

/** A record type of a layout, with the path to it. */
export interface RecordPlace {
  readonly record: RecordLayout;
  readonly path: readonly (string | number)[];
}

/** Every type of record of a layout: header, body records, trailer. */
export function recordPlaces(layout: FileLayout): RecordPlace[] {
  return [
    ...(layout.header === undefined ? [] : [{ record: layout.header, path: ['header'] }]),
    ...layout.records.map((record, index) => ({ record, path: ['records', index] })),
    ...(layout.trailer === undefined ? [] : [{ record: layout.trailer, path: ['trailer'] }]),
  ];
}
