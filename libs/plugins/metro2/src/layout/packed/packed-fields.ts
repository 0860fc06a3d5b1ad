import type { FieldLayout, RecordLayout } from '@concord/plugin-sdk/codec';

/**
 * The record descriptor word of the packed form: the length in two binary bytes, the high one first, and two bytes of
 * nothing.
 */
export const PACKED_DESCRIPTOR_WORD: readonly FieldLayout[] = [
  { name: 'Record Descriptor Word', start: 1, length: 2, type: 'record-length', encoding: 'binary' },
  { name: 'Record Descriptor Word Zeros', start: 3, length: 2, type: 'filler', pad: 'nul' },
];

/** One line of a packed table: the field's name in the character form, first position, bytes, and how it stands there. */
export type PackedPlace = readonly [name: string, start: number, length: number, form?: 'packed'];

/**
 * The fields of a packed record: what they mean is that of the character form, where they stand is the packed table.
 * Throws when the table names a field that the character form does not have.
 */
export function packedFields(character: RecordLayout, places: readonly PackedPlace[]): readonly FieldLayout[] {
  const byName = new Map(character.fields.map((field) => [field.name, field]));
  return places.map(([name, start, length, form]) => {
    const field = byName.get(name);
    if (field === undefined) throw new Error(`The character form has no field ${name}`);
    const placed = { ...field, start, length };
    return form === undefined ? placed : packed(placed);
  });
}

/** Packed decimals hold two digits a byte less the half byte of the sign, which is always one digit too many or exact. */
function packed(field: FieldLayout): FieldLayout {
  switch (field.type) {
    case 'money':
    case 'number':
    case 'date':
    case 'timestamp':
      return { ...field, encoding: 'packed' };
    case 'digits':
      return { ...field, encoding: 'packed', digits: DIGITS.get(field.name) ?? 2 * field.length - 1 };
    default:
      throw new Error(`${field.name} has no digits to pack`);
  }
}

/** Fields with fewer digits than their bytes could hold. */
const DIGITS: ReadonlyMap<string, number> = new Map([['Telephone Number', 10]]);
