import { isBinary } from './encoded-number.js';
import type { FieldLayout, FileLayout } from './layout.js';

/** Every list of fields in a layout: of records, their groups and their segments. */
export function fieldListsOf(layout: FileLayout): (readonly FieldLayout[])[] {
  const records = [layout.header, ...layout.records, layout.trailer].filter((record) => record !== undefined);
  return records.flatMap(({ fields, groups, segments }) => [
    fields,
    ...(groups ?? []).map((group) => group.fields),
    ...(segments?.types ?? []).map((type) => type.fields),
  ]);
}

/**
 * Whether any byte of a file may be part of a value, so that none can be taken for a line end: a field or a block's word is
 * no text.
 */
export function hasBinaryContent(layout: FileLayout): boolean {
  return layout.blocks?.word === 'binary' || fieldListsOf(layout).some((fields) => fields.some(isBinary));
}
