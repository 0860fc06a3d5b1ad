import type { FieldLayout } from '@concord/plugin-sdk/codec';

/**
 * A table with some of its fields exchanged for others that fill the same positions, so that a dialect is written as what
 * differs. Throws when the new fields do not start and end where fields of the table do.
 */
export function exchanged(fields: readonly FieldLayout[], ...others: readonly FieldLayout[]): readonly FieldLayout[] {
  const first = others[0];
  const last = others.at(-1);
  if (first === undefined || last === undefined) return fields;
  const end = last.start + last.length;
  const from = fields.findIndex((field) => field.start === first.start);
  const to = fields.findIndex((field) => field.start + field.length === end);
  if (from < 0 || to < from) throw new Error(`${first.name} to ${last.name} do not fill whole fields`);
  return [...fields.slice(0, from), ...others, ...fields.slice(to + 1)];
}
