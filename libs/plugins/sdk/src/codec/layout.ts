import type { BlockCount, TotalRule } from './total-rule.js';

export type { BlockCount, TotalRule } from './total-rule.js';

/**
 * A partner's fixed-width file as a table that a person can check, line by line, against the partner's own document.
 *
 * Positions are 1-based, as partners print them. The same shape is written in TypeScript and in YAML (a mapping).
 */
export interface FileLayout {
  /** Name of the layout, for faults and lists. */
  readonly name: string;
  readonly characterSet: CharacterSet;
  /**
   * What ends a record when we write; in a file of blocks, what ends a block, not counted in its length. Reading accepts
   * LF, CRLF and none (of an EBCDIC file also NEL), unless a field or a block word is binary: any byte may be part of a
   * value then, and only what is declared here is read.
   */
  readonly delimiter: Delimiter;
  /** Records stand in blocks, each behind a word with its length. */
  readonly blocks?: BlocksLayout;
  /** Bytes of the longest record with its segments, without the delimiter. At most {@link LONGEST_RECORD}. */
  readonly maxRecordLength: number;
  /** Text is written in capitals. */
  readonly upperCase?: boolean;
  readonly header?: RecordLayout;
  readonly records: readonly RecordLayout[];
  readonly trailer?: RecordLayout;
}

/**
 * Name of a character set in which every character is one byte: `ascii`, `latin1`, `windows-1252`, `iso-8859-15`, `cp850`,
 * `cp437` and their like, or of the EBCDIC family `cp037`, `cp500`, `cp1047`, `cp1140`, `cp1148`. Packed and binary bytes
 * are in none.
 */
export type CharacterSet = string;

/** Line ends, each as the file's character set writes it: in EBCDIC, `lf` is 0x25 and `nel` (next line) is 0x15. */
export type Delimiter = 'lf' | 'crlf' | 'nel' | 'none';

/**
 * Blocks of records, each behind a block descriptor word: the length of the block in bytes, the word itself included.
 * Writing needs `recordsPerBlock`, `maxBlockLength` or both; reading takes any number of records in a block.
 */
export interface BlocksLayout {
  /** Digits of the file's character set, or a big-endian unsigned integer. */
  readonly word: 'digits' | 'binary';
  /** Bytes of the word: 1 to 7 digits, or 1 to 4 binary bytes. */
  readonly length: number;
  /** Zero bytes after the word, counted in the block's length: 2 after the 2 binary bytes of a mainframe's word. */
  readonly zeros?: number;
  /** Most records written into one block. */
  readonly recordsPerBlock?: number;
  /** Most bytes of one block, its word included; at most {@link LONGEST_BLOCK}. Longer ones are refused when reading. */
  readonly maxBlockLength?: number;
}

/** No block may be longer: a bound on what writing one holds in memory. */
export const LONGEST_BLOCK = 1_048_576;

/** No layout may declare longer records: a bound on what one record can make us hold in memory. */
export const LONGEST_RECORD = 32_768;

/** How many appended segments one record may carry, where the layout says nothing stricter. */
export const MOST_SEGMENTS = 200;

/** Most fields of one record, segment or group. */
export const MOST_FIELDS = 500;

/** Most types of records, and of segments or groups of one record. */
export const MOST_TYPES = 100;

/** Most occurrences of one group in a record. */
export const MOST_OCCURRENCES = 10_000;

/** After so many faults a file was not made by this layout: reading ends, and the file as a whole is refused. */
export const MOST_FAULTS = 100_000;

/** Faults told of one record, at most: with more of them it is not this record that is wrong. */
export const MOST_RECORD_FAULTS = 100;

export interface RecordLayout {
  /** The record's name within the layout: totals and meanings point at `name.fieldKey`. */
  readonly name: string;
  /** Bytes without appended segments and counted groups; groups that occur a fixed number of times are part of it. */
  readonly length: number;
  readonly recognise: Recognition;
  readonly fields: readonly FieldLayout[];
  /** Parts that repeat inside the record, in the order in which they stand. */
  readonly groups?: readonly GroupLayout[];
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

/**
 * A part that repeats without saying what it is (in COBOL: OCCURS). In JSON: a list of objects under the group's key.
 *
 * A group that occurs a fixed number of times stands among the record's fields: occurrences that nobody fills carry
 * padding, and those at the end that carry nothing else are not read. A group that occurs as often as a count field says
 * (OCCURS DEPENDING ON) stands after all of the record's fields and before its segments; the count is written from the
 * list.
 */
export interface GroupLayout {
  readonly name: string;
  /** Key in JSON records; made from the name when left out. */
  readonly key?: string;
  /** Where the first occurrence starts; left out where the occurrences are counted. */
  readonly start?: number;
  /** Bytes of one occurrence. */
  readonly length: number;
  readonly occurs: number | CountedOccurrences;
  /** Positions are those within one occurrence. */
  readonly fields: readonly FieldLayout[];
}

export interface CountedOccurrences {
  /** Key of the number field of the record that says how many there are. */
  readonly field: string;
  readonly most: number;
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

/**
 * How a value stands in its bytes, whatever it means.
 *
 * - `text`, when left out: characters of the file's set.
 * - `packed`: two digits a byte, the last half byte a sign (in COBOL: COMP-3): C plus, D minus, F without sign. Where
 *   `signed`, C or D is written, otherwise F; C and F are read as the same.
 * - `binary`: an integer of 1 to 8 bytes, two's complement where `signed`. Only integers that JSON carries exactly.
 */
export type Encoding = 'text' | 'packed' | 'binary';

interface EncodedPlace extends FieldPlace {
  readonly encoding?: Encoding;
  /** Of a binary integer; big-endian when left out. */
  readonly byteOrder?: 'big' | 'little';
}

/**
 * How text shows a sign: a minus before the digits, or in the last (or first) digit, whose zone is then another
 * (a zoned decimal): `{` and `A` to `I` for +0 to +9, `}` and `J` to `R` for -0 to -9. A plain digit there is read as plus.
 */
export type SignStyle = 'minus' | 'overpunch' | 'leading-overpunch';

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
export interface DigitsField extends EncodedPlace {
  readonly type: 'digits';
  /** How many digits there are where they are not text; left out: all that a packed field of this length holds. */
  readonly digits?: number;
  /** Packed with a plus (C) instead of no sign (F). */
  readonly signed?: boolean;
  readonly codes?: readonly string[];
  /** Zeros mean that nothing is known. */
  readonly zeroIsBlank?: boolean;
  /** What fills an absent field, and the front of a short value: zeros unless said otherwise. */
  readonly pad?: '0' | ' ';
  readonly default?: string;
}

/** A count or quantity, right-justified. In JSON: an integer, not negative unless `signed`. */
export interface NumberField extends EncodedPlace {
  readonly type: 'number';
  readonly signed?: boolean;
  readonly sign?: SignStyle;
  readonly pad?: '0' | ' ';
  readonly default?: number;
  /** In a trailer: computed over the file when writing, compared with it when reading. */
  readonly total?: TotalRule | BlockCount;
}

/** Money, right-justified. In JSON: an integer in units of 10^-decimals (whole units when 0). */
export interface MoneyField extends EncodedPlace {
  readonly type: 'money';
  /** Decimals: implied, or standing after the point where `point` says that there is one. */
  readonly decimals: number;
  /** A decimal point stands before the decimals. Read wherever it is justified to: the point says where the units end. */
  readonly point?: boolean;
  /** May be negative: a minus before the digits, in the first position where zeros fill the field, or as `sign` says. */
  readonly signed?: boolean;
  readonly sign?: SignStyle;
  readonly pad?: '0' | ' ';
  readonly total?: TotalRule | BlockCount;
}

/** In JSON: an ISO date. Zeros or blanks mean no date. */
export interface DateField extends EncodedPlace {
  readonly type: 'date';
  /** Of `CCYY` (or `YYYY`), `MM`, `DD` and literal separators; without separators where it is packed or binary. */
  readonly pattern: string;
  /** Packed with a plus (C) instead of no sign (F). */
  readonly signed?: boolean;
  readonly pad?: '0' | ' ';
  /** A date, as ISO, by which the partner says that there is none. */
  readonly none?: string;
  /** Where there is no date, `none` is written instead of the padding. */
  readonly writeNone?: boolean;
}

/** In JSON: an ISO local date and time without zone. Zeros or blanks mean none. */
export interface TimestampField extends EncodedPlace {
  readonly type: 'timestamp';
  /** Packed with a plus (C) instead of no sign (F). */
  readonly signed?: boolean;
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
  /** `nul` for zero bytes, which are no characters. */
  readonly pad?: '0' | ' ' | 'nul';
}

/**
 * Length of the whole record in bytes, counted groups and appended segments included. Computed when writing, checked when
 * reading. A mainframe's record descriptor word is 2 binary bytes of it and a filler of 2 zero bytes.
 */
export interface RecordLengthField extends EncodedPlace {
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
