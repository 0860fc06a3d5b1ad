import type { DecodeContext, FileFault, FileFormat, Finding, PartnerRecord } from '@concord/plugin-sdk';
import { fieldKey, printedPosition, type RecordLayout } from '@concord/plugin-sdk/codec';
import { formatOf } from '../formats.js';
import { BODIES, type TrailedKind } from '../layout/files.js';
import { nineDigits } from '../numbers.js';
import type { AimSettings } from '../settings.js';

export type Read = Finding | { readonly fault: FileFault };

/** A record whose fields are each right, and where it stands. */
export interface Line {
  readonly record: PartnerRecord;
  readonly number: number;
  /** The file number as Concord gave it: the reference of the position. */
  readonly reference: string;
  /** The record with a rule broken that its layout can't say. */
  fault(rule: string, field: string, message: string): { readonly fault: FileFault };
}

type Context = DecodeContext<AimSettings>;

/** A file's date is written, never read here. */
const NO_DATE = '0001-01-01';

/** A kind of file with one kind of record before its trailer. */
export interface Source {
  readonly format: FileFormat;
  readonly layout: RecordLayout;
  /** Key of the field with the number under which the account was placed. */
  readonly fileNumber: string;
}

/** Reads an agency's file of public positions record by record; what stands in its trailer goes to `onTrailer`. */
export function readRecords(
  kind: TrailedKind,
  bytes: AsyncIterable<Uint8Array>,
  context: Context,
  read: (line: Line) => Read | null,
  onTrailer: (trailer: PartnerRecord) => void = () => undefined,
): AsyncGenerator<Read> {
  const source = { format: formatOf(kind, context.settings), layout: BODIES[kind][0], fileNumber: 'fileNumber' };
  return readLines(source, bytes, context, read, onTrailer);
}

/** Reads any file of an agency record by record. One record may say several things. */
export async function* readLines(
  { format, layout, fileNumber }: Source,
  bytes: AsyncIterable<Uint8Array>,
  { fileName }: Context,
  read: (line: Line) => Read | readonly Read[] | null,
  onTrailer: (trailer: PartnerRecord) => void = () => undefined,
): AsyncGenerator<Read> {
  for await (const decoded of format.decode(bytes, { file: fileName, date: NO_DATE })) {
    if (decoded.fault !== undefined) {
      yield { fault: decoded.fault };
      continue;
    }
    const { record, number } = decoded;
    if (decoded.type !== layout.name) {
      onTrailer(record);
      continue;
    }
    const found = read({
      record,
      number,
      reference: nineDigits(textIn(record, fileNumber)),
      fault: (rule, field, message) => ({
        fault: {
          ...faultPlace(layout, field, record),
          severity: 'record',
          file: fileName,
          record: number,
          rule,
          message,
        },
      }),
    });
    if (isSeveral(found)) yield* found;
    else if (found !== null) yield found;
  }
}

function isSeveral(found: Read | readonly Read[] | null): found is readonly Read[] {
  return Array.isArray(found);
}

function faultPlace(
  layout: RecordLayout,
  key: string,
  record: PartnerRecord,
): Pick<FileFault, 'field' | 'position' | 'value'> {
  const field = layout.fields.find((candidate) => fieldKey(candidate) === key);
  const value = record[key];
  return {
    field: key,
    position: field === undefined ? null : printedPosition(field),
    value: typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 80) : null,
  };
}

/** A text or a date of a record; blank where there is none. */
export function textIn(record: PartnerRecord, key: string): string {
  const value = record[key];
  return typeof value === 'string' ? value : '';
}

/** An amount of a record, in cents; null where there is none. */
export function amountIn(record: PartnerRecord, key: string): number | null {
  const value = record[key];
  return typeof value === 'number' ? value : null;
}
