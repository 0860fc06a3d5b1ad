import type { IsoDate } from './iso-date.js';

/**
 * One thing wrong with a partner's file, or with a record that we were asked to write.
 *
 * `file` severity refuses the whole file before its first record is applied (a bad total, a missing trailer);
 * `record` severity sets aside that record only.
 */
export interface FileFault {
  readonly severity: 'file' | 'record';
  readonly file: string;
  /** Number of the record in the file, from 1, header included; null when the fault is of the file as a whole. */
  readonly record: number | null;
  /** The field's key as `file decode` prints it, with its segment in front when it is in an appended one (`k1.originalCreditorName`). */
  readonly field: string | null;
  /** Where in the record, 1-based and inclusive, e.g. `"124-125"`. */
  readonly position: string | null;
  /** What stood there, cut to 80 characters. Never an identifier: those are replaced by their length. */
  readonly value: string | null;
  /** Short name of the rule that was broken: `required`, `code-list`, `number`, `date`, `length`, `characters`, `total`, `truncated`, ... */
  readonly rule: string;
  readonly message: string;
}

/** One record as JSON: the note's field names in camel case, text trimmed, dates ISO, blanks left out. */
export type PartnerRecord = { readonly [field: string]: unknown };

/** What reading a file yields: a record, or what is wrong with one. A record with faults comes as faults only. */
export type DecodedRecord =
  | {
      readonly record: PartnerRecord;
      /** Number of the record in the file, from 1, header included. */
      readonly number: number;
      /** The record's name in the layout (`header`, `base`, `detail`, `trailer`). */
      readonly type: string;
      readonly fault?: undefined;
    }
  | {
      readonly fault: FileFault;
      /** With the first fault of a record, where that was asked for: what of it could be read. */
      readonly legible?: LegibleRecord;
      readonly record?: undefined;
    };

/** What could be read of a record with faults: each of its fields stood where it should, and some of them were wrong. */
export interface LegibleRecord {
  /** Without the fields that were wrong. */
  readonly record: PartnerRecord;
  readonly type: string;
}

export interface FileFormatContext {
  /** Name used in faults. */
  readonly file: string;
  /** Date that the file is made for; header dates follow it. */
  readonly date: IsoDate;
}

/** What is written as one: a record, or records that mean something only together. */
export type EncoderInput = PartnerRecord | readonly PartnerRecord[];

/** Translates between bytes and JSON records, both ways, in constant memory. */
export interface FileFormat {
  decode(bytes: AsyncIterable<Uint8Array>, context: FileFormatContext): AsyncIterable<DecodedRecord>;
  /**
   * Writes header, records and trailer. Header and trailer records in the input are skipped: the format makes its own.
   * A record that can't be written is left out, counted nowhere, and told to `onFault`. A list of records stands or falls
   * together, as one of the input: where one of them can't be written, none is.
   */
  encode(
    records: AsyncIterable<EncoderInput> | Iterable<EncoderInput>,
    context: FileFormatContext,
    onFault: (fault: FileFault, inputNumber: number) => void,
  ): AsyncIterable<Uint8Array>;
}
