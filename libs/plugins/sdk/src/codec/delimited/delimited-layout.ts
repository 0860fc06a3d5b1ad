import type { TotalRule } from '../layout.js';

/**
 * A partner's file of separated columns as a table that a person can check, column by column, against the partner's own
 * document. The same shape is written in TypeScript and in YAML (a mapping); `form` tells it from a fixed-width layout.
 */
export interface DelimitedLayout {
  readonly form: 'delimited';
  /** Name of the layout, for faults and lists. */
  readonly name: string;
  /**
   * A character set by its name: `utf-8`, `utf-16`, `utf-16le`, `windows-1252`, `iso-8859-15`, `cp850`, `shift_jis` and
   * their like, or of the EBCDIC family `cp037`, `cp500`, `cp1047`, `cp1140`, `cp1148`.
   */
  readonly characterSet: string;
  /** Writes a byte order mark, where the set has one. Reading takes it or leaves it. */
  readonly byteOrderMark?: boolean;
  /** `comma`, `semicolon`, `tab`, `pipe`, or the one character itself. */
  readonly separator: string;
  /** The one character around quoted cells, or `none`; a double quote when left out. */
  readonly quote?: string;
  /** Which cells are quoted when we write; `needed` when left out. Reading takes quoted and bare cells alike. */
  readonly quoting?: Quoting;
  /** How a quote inside a quoted cell is told from its end: doubled (when left out), or behind a backslash. */
  readonly escape?: Escape;
  /** What ends a record when we write. Reading accepts LF and CRLF, and NEL of an EBCDIC file. */
  readonly lineEnd: LineEnd;
  /** Characters of the longest record as it stands in the file, without its line end. At most `LONGEST_RECORD`. */
  readonly maxRecordLength: number;
  /** Text is written in capitals. */
  readonly upperCase?: boolean;
  /** A line of column names stands before the records, after the header record where there is one. */
  readonly heading?: Heading;
  readonly header?: DelimitedRecord;
  readonly records: readonly DelimitedRecord[];
  readonly trailer?: DelimitedRecord;
}

export type Quoting = 'needed' | 'always' | 'never';
export type Escape = 'double' | 'backslash';
/** Line ends as the file's character set writes them; `nel` (next line) is one of EBCDIC only. */
export type LineEnd = 'lf' | 'crlf' | 'nel';

/** The fields' names as a line: written, and required on reading. Capitals and outer blanks do not matter. */
export interface Heading {
  /** The partner may send the columns in any order: their names say which is which. Written in the stated order. */
  readonly anyOrder?: boolean;
}

export interface DelimitedRecord {
  /** The record's name within the layout: totals and meanings point at `name.fieldKey`. */
  readonly name: string;
  readonly recognise: ColumnRecognition;
  /** One for each column, in order, from column 1, without a gap. */
  readonly fields: readonly DelimitedField[];
  /** A record may end after so many columns: those that it leaves out are blank. All are written. */
  readonly leastColumns?: number;
  /** More columns than the table knows may follow: they are not looked at. */
  readonly openEnd?: boolean;
}

/** The value of one column marks a record as being of this type. One type may take what no other recognises. */
export type ColumnRecognition = 'otherwise' | { readonly column: number; readonly value: string };

interface ColumnPlace {
  /** The partner's name of the field; its column name where the layout has a heading. */
  readonly name: string;
  /** Key in JSON records; made from the name when left out. */
  readonly key?: string;
  /** Number of the column, from 1. */
  readonly column: number;
  /** Most characters in the cell, quotes and escapes not counted; no own bound when left out. */
  readonly length?: number;
  readonly required?: boolean;
  /** Identifies a person: its value never appears in a fault. */
  readonly sensitive?: boolean;
}

/** Characters. In JSON: a string without outer blanks. */
export interface DelimitedTextField extends ColumnPlace {
  readonly type: 'text';
  /** Cut to `length` when too long; otherwise a text that is too long is a fault. */
  readonly truncate?: boolean;
  /** May go over several lines, inside quotes. In JSON the lines are parted by LF. */
  readonly lines?: boolean;
  readonly codes?: readonly string[];
  /** Written when the record says nothing. */
  readonly default?: string;
}

/** An identifier or code of digits. In JSON: a string, leading zeros kept. */
export interface DelimitedDigitsField extends ColumnPlace {
  readonly type: 'digits';
  readonly codes?: readonly string[];
  /** Zeros mean that nothing is known. */
  readonly zeroIsBlank?: boolean;
  /** Filled with zeros at the front to exactly `length` digits. */
  readonly pad?: '0';
  readonly default?: string;
}

/** A character that may group the digits of an amount by threes when reading. Never written. */
export type Thousands = 'comma' | 'point' | 'blank' | 'apostrophe';

/** A count or quantity. In JSON: an integer, not negative unless `signed`. */
export interface DelimitedNumberField extends ColumnPlace {
  readonly type: 'number';
  /** May be negative: a minus before the digits. */
  readonly signed?: boolean;
  readonly pad?: '0';
  readonly thousands?: Thousands;
  readonly default?: number;
  /** In a trailer: computed over the file when writing, compared with it when reading. */
  readonly total?: DelimitedTotal;
}

/** Money. In JSON: an integer in units of 10^-decimals (whole units when 0). */
export interface DelimitedMoneyField extends ColumnPlace {
  readonly type: 'money';
  /** Decimals: implied, or standing after the sign that `point` names. */
  readonly decimals: number;
  /** A decimal point (`true`) or a decimal comma (`comma`) stands before the decimals. */
  readonly point?: boolean | 'comma';
  /** The partner leaves out zeros at the end of the decimals (`12.5`, `12`). All decimals are written. */
  readonly fewerDecimals?: boolean;
  /** May be negative: a minus before the digits. */
  readonly signed?: boolean;
  readonly pad?: '0';
  readonly thousands?: Thousands;
  readonly total?: DelimitedTotal;
}

/** In JSON: an ISO date. Zeros or blanks mean no date. */
export interface DelimitedDateField extends ColumnPlace {
  readonly type: 'date';
  /** Of `CCYY` (or `YYYY`), `MM`, `DD` and literal separators. */
  readonly pattern: string;
  /** A date, as ISO, by which the partner says that there is none. */
  readonly none?: string;
  /** Where there is no date, `none` is written instead of nothing. */
  readonly writeNone?: boolean;
}

/** In JSON: an ISO local date and time without zone. Zeros or blanks mean none. */
export interface DelimitedTimestampField extends ColumnPlace {
  readonly type: 'timestamp';
  /** As for dates, with `hh`, `mm` and `ss`. */
  readonly pattern: string;
}

/** The same text in every record of the type. In JSON: that text. */
export interface DelimitedConstantField extends ColumnPlace {
  readonly type: 'constant';
  readonly value: string;
}

/** A column that is not used: written empty, ignored when reading, absent in JSON. */
export interface DelimitedFillerField extends ColumnPlace {
  readonly type: 'filler';
}

export type DelimitedField =
  | DelimitedTextField
  | DelimitedDigitsField
  | DelimitedNumberField
  | DelimitedMoneyField
  | DelimitedDateField
  | DelimitedTimestampField
  | DelimitedConstantField
  | DelimitedFillerField;

/**
 * What a trailer states about the file, as for fixed-width layouts; there are no segments to count. `equal` compares
 * the text of the cell.
 */
export type DelimitedTotal = Exclude<TotalRule, { readonly count: 'segments' }>;

const NAMED_SEPARATORS: Readonly<Record<string, string>> = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' };

/** The separator itself. */
export function separatorOf(layout: Pick<DelimitedLayout, 'separator'>): string {
  return NAMED_SEPARATORS[layout.separator] ?? layout.separator;
}

/** The quote character, or null where the partner has none. */
export function quoteOf(layout: Pick<DelimitedLayout, 'quote'>): string | null {
  return layout.quote === 'none' ? null : (layout.quote ?? '"');
}
