/**
 * A partner's fixed-width file as a table that a person can check, line by line, against the partner's own document.
 *
 * Positions are 1-based, as partners print them. The same shape is written in TypeScript and in YAML (a mapping).
 */
export interface FileLayout {
  /** Name of the layout, for faults and lists. */
  readonly name: string;
  readonly characterSet: CharacterSet;
  /** What ends a record when we write. Reading accepts LF, CRLF and none. */
  readonly delimiter: Delimiter;
  /** Bytes of the longest record with its segments, without the delimiter. At most {@link LONGEST_RECORD}. */
  readonly maxRecordLength: number;
  /** Text is written in capitals. */
  readonly upperCase?: boolean;
  readonly header?: RecordLayout;
  readonly records: readonly RecordLayout[];
  readonly trailer?: RecordLayout;
}

export type CharacterSet = 'ascii' | 'latin1';
export type Delimiter = 'lf' | 'crlf' | 'none';

/** No layout may declare longer records: a bound on what one record can make us hold in memory. */
export const LONGEST_RECORD = 32_768;

/** How many appended segments one record may carry, where the layout says nothing stricter. */
export const MOST_SEGMENTS = 200;

export interface RecordLayout {
  /** The record's name within the layout: totals and meanings point at `name.fieldKey`. */
  readonly name: string;
  /** Bytes without appended segments. */
  readonly length: number;
  readonly recognise: Recognition;
  readonly fields: readonly FieldLayout[];
  readonly segments?: SegmentsLayout;
  /** The partner may cut the blanks at the end of a line: a shorter line is read as if they stood there. */
  readonly cutBlanks?: boolean;
  /** More fields than the table knows may follow: what stands after its last one is not looked at. */
  readonly openEnd?: boolean;
}

/** What marks a record as being of this type. One type of a layout may take what no other recognises. */
export type Recognition = 'otherwise' | { readonly start: number; readonly value: string };

/** Segments appended to a record, in the partner's order. */
export interface SegmentsLayout {
  /** Bytes at the start of every segment that say which one it is. */
  readonly identifierLength: number;
  /** Most segments on one record; {@link MOST_SEGMENTS} when left out. */
  readonly most?: number;
  /** In the order in which they must follow each other. */
  readonly types: readonly SegmentLayout[];
}

export interface SegmentLayout {
  readonly identifier: string;
  readonly length: number;
  /** Most segments of this type on one record; no own bound when left out. */
  readonly most?: number;
  readonly fields: readonly FieldLayout[];
}

interface FieldPlace {
  /** The partner's name of the field. */
  readonly name: string;
  /** Key in JSON records; made from the name when left out. */
  readonly key?: string;
  readonly start: number;
  readonly length: number;
  readonly required?: boolean;
  /** Identifies a person: its value never appears in a fault. */
  readonly sensitive?: boolean;
}

/** Characters, left-justified and blank-filled unless said otherwise. In JSON: a trimmed string. */
export interface TextField extends FieldPlace {
  readonly type: 'text';
  readonly justify?: 'left' | 'right';
  /** Cut to the field's length when too long; otherwise a text that is too long is a fault. */
  readonly truncate?: boolean;
  readonly codes?: readonly string[];
  /** Written when the record says nothing. */
  readonly default?: string;
}

/** An identifier or code of digits, right-justified. In JSON: a string, leading zeros kept. */
export interface DigitsField extends FieldPlace {
  readonly type: 'digits';
  readonly codes?: readonly string[];
  /** Zeros mean that nothing is known. */
  readonly zeroIsBlank?: boolean;
  /** What fills an absent field, and the front of a short value: zeros unless said otherwise. */
  readonly pad?: '0' | ' ';
  readonly default?: string;
}

/** A count or quantity, right-justified. In JSON: a non-negative integer. */
export interface NumberField extends FieldPlace {
  readonly type: 'number';
  readonly pad?: '0' | ' ';
  readonly default?: number;
  /** In a trailer: computed over the file when writing, compared with it when reading. */
  readonly total?: TotalRule;
}

/** Money, right-justified. In JSON: an integer in units of 10^-decimals (whole units when 0). */
export interface MoneyField extends FieldPlace {
  readonly type: 'money';
  /** Decimals: implied, or standing after the point where `point` says that there is one. */
  readonly decimals: number;
  /** A decimal point stands before the decimals. Read wherever it is justified to: the point says where the units end. */
  readonly point?: boolean;
  /** May be negative: a minus before the digits, in the first position where zeros fill the field. */
  readonly signed?: boolean;
  readonly pad?: '0' | ' ';
  readonly total?: TotalRule;
}

/** In JSON: an ISO date. Zeros or blanks mean no date. */
export interface DateField extends FieldPlace {
  readonly type: 'date';
  /** Of `CCYY` (or `YYYY`), `MM`, `DD` and literal separators. */
  readonly pattern: string;
  readonly pad?: '0' | ' ';
  /** A date, as ISO, by which the partner says that there is none. */
  readonly none?: string;
  /** Where there is no date, `none` is written instead of the padding. */
  readonly writeNone?: boolean;
}

/** In JSON: an ISO local date and time without zone. Zeros or blanks mean none. */
export interface TimestampField extends FieldPlace {
  readonly type: 'timestamp';
  /** As for dates, with `hh`, `mm` and `ss`. */
  readonly pattern: string;
  readonly pad?: '0' | ' ';
}

/** The same bytes in every record of the type. In JSON: that text. */
export interface ConstantField extends FieldPlace {
  readonly type: 'constant';
  readonly value: string;
}

/** Reserved space: filled when writing, ignored when reading, absent in JSON. */
export interface FillerField extends FieldPlace {
  readonly type: 'filler';
  readonly pad?: '0' | ' ';
}

/** Length of the whole record in bytes, appended segments included. Computed when writing, checked when reading. */
export interface RecordLengthField extends FieldPlace {
  readonly type: 'record-length';
}

export type FieldLayout =
  | TextField
  | DigitsField
  | NumberField
  | MoneyField
  | DateField
  | TimestampField
  | ConstantField
  | FillerField
  | RecordLengthField;

/**
 * What a trailer states about the file. A place is `record.fieldKey` or `segment.fieldKey`, with the segment's identifier
 * in small letters (`j1.ecoaCode`).
 *
 * - `records`: body records, of the named types or of all, plus a constant (for partners who count header and trailer).
 * - `segments`: appended segments of the given identifiers.
 * - `equal`: places whose value is the given one. - `filled`: places neither blank nor zero nor one of `ignore`.
 * - `sum`: sum of numbers or money at the places, which may stand in records of several types. Money has the same decimals
 *   at all of them.
 */
export type TotalRule =
  | { readonly count: 'records'; readonly records?: readonly string[]; readonly plus?: number }
  | { readonly count: 'segments'; readonly segments: readonly string[] }
  | { readonly count: 'equal'; readonly places: readonly string[]; readonly value: string }
  | { readonly count: 'filled'; readonly places: readonly string[]; readonly ignore?: readonly string[] }
  | { readonly count: 'sum'; readonly places: readonly string[] };
