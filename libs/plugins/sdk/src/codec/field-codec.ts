export type MutableRecord = Record<string, unknown>;

/**
 * Reads one field into a JSON record. `at` is where the record, segment or occurrence starts in the working bytes; `text`
 * is their text and `textAt` where the same starts in it. Gives the broken rule's name, or null.
 */
export type FieldReader = (
  bytes: Uint8Array,
  at: number,
  text: string,
  textAt: number,
  into: MutableRecord,
) => string | null;

/**
 * Writes one present value, in working bytes, into a record that already carries its padding. `at` is where the record,
 * segment or occurrence starts. Gives the name of the broken rule, or null; after a fault the bytes of the field are
 * undefined.
 */
export type FieldWriter = (value: unknown, bytes: Uint8Array, at: number) => string | null;
