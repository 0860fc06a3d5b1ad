import type { FileFault } from '../../contract/files.js';
import type { AnyField, AnyLayout } from './any-layout.js';
import { isDelimited } from './any-layout.js';

/** One field of a sample: what stands there, and what it is read as. */
export interface CutField {
  readonly name: string;
  /** Its key, with the segment or group in front where it is in one. */
  readonly key: string;
  /** As faults print it: `12-20`, or `column 3`. */
  readonly position: string;
  /** The text as it stands, quotes included; bytes that are no text as `x'12345C'`. */
  readonly raw: string;
  /** What it is read as; undefined where it says nothing or can't be read. */
  readonly value: unknown;
  /** The field identifies a person: `raw` is its length, and there is no value. */
  readonly hidden: boolean;
}

/** One record of a sample, cut into its fields. */
export interface CutRecord {
  /** Number in the file, from 1; null for what is said of the file as a whole. */
  readonly number: number | null;
  /** The record's name in the layout, `heading`, or null where nothing recognises it. */
  readonly type: string | null;
  readonly fields: readonly CutField[];
  readonly faults: readonly FileFault[];
}

/** Rules that leave the other fields of the record where they belong. */
const FIELDS_IN_PLACE: readonly string[] = ['header', 'after-trailer', 'record-length', 'total'];

/** Whether the fields of a record can be trusted to be those that the layout names. */
export function isInPlace(type: unknown, faults: readonly FileFault[]): boolean {
  return type !== null && !faults.some(({ field, rule }) => field === null && !FIELDS_IN_PLACE.includes(rule));
}

/** Whether any field of the layout identifies a person: then text that belongs to no field must not be shown, either. */
export function hasIdentifiers(layout: AnyLayout): boolean {
  return allFields(layout).some(({ sensitive }) => sensitive === true);
}

function allFields(layout: AnyLayout): readonly AnyField[] {
  if (isDelimited(layout)) {
    return [layout.header, ...layout.records, layout.trailer].flatMap((record) => record?.fields ?? []);
  }
  return [layout.header, ...layout.records, layout.trailer].flatMap((record) => [
    ...(record?.fields ?? []),
    ...(record?.groups ?? []).flatMap(({ fields }) => fields),
    ...(record?.segments?.types ?? []).flatMap(({ fields }) => fields),
  ]);
}

/** The shape of a text without what it says: letters become `x`, digits `9`. */
export function shapeOf(text: string): string {
  return text.replace(/\p{L}/gu, 'x').replace(/\p{N}/gu, '9');
}

/** One field as it may be shown. */
export function shownField(
  field: Pick<AnyField, 'name' | 'sensitive'>,
  key: string,
  position: string,
  raw: string,
  value: unknown,
): CutField {
  const { name } = field;
  if (field.sensitive !== true) return { name, key, position, raw, value, hidden: false };
  return { name, key, position, raw: `(${raw.trim().length} characters)`, value: undefined, hidden: true };
}
