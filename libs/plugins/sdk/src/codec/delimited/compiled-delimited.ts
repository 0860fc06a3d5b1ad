import type { MutableRecord } from '../field-readers.js';
import { withoutOuterBlanks } from '../characters.js';
import { fieldKey } from '../field-key.js';
import { cellReader, type CellReader } from './cell-readers.js';
import { cellWriter, type CellWriter, type TextRules } from './cell-writers.js';
import { checkDelimitedLayout } from './delimited-check.js';
import {
  quoteOf,
  separatorOf,
  type DelimitedField,
  type DelimitedLayout,
  type DelimitedRecord,
  type LineEnd,
} from './delimited-layout.js';
import { DelimitedTotals } from './delimited-totals.js';
import type { CellSyntax } from './cell-cutter.js';
import { textCoding, type TextCoding } from './text-coding.js';

const LINE_ENDS: Readonly<Record<LineEnd, string>> = { lf: '\n', crlf: '\r\n', nel: '\u0085' };

/** One thing wrong with a cell, before it is known in which file. */
export interface CellProblem {
  readonly field: DelimitedField;
  readonly rule: string;
  readonly value: unknown;
}

/** A record type, compiled: what depends only on the layout is done once. */
export class CompiledRow {
  readonly name: string;
  readonly fields: readonly DelimitedField[];
  readonly leastColumns: number;
  readonly openEnd: boolean;
  /** The cell that marks the type, or null for the type that takes the rest. */
  readonly mark: { readonly index: number; readonly key: string; readonly value: string } | null;
  readonly counters: ReturnType<DelimitedTotals['countersOf']>;
  readonly #template: readonly string[];
  readonly #keys: readonly string[];
  readonly #known: ReadonlySet<string>;
  readonly #readers: readonly (CellReader | null)[];
  readonly #writers: readonly (CellWriter | null)[];
  /** Whether the layout puts something where the record says nothing. */
  readonly #filled: readonly boolean[];

  constructor(record: DelimitedRecord, rules: TextRules, totals: DelimitedTotals) {
    this.name = record.name;
    this.fields = record.fields;
    this.leastColumns = record.leastColumns ?? record.fields.length;
    this.openEnd = record.openEnd === true;
    this.#keys = record.fields.map(fieldKey);
    this.#known = new Set(this.#keys);
    this.#readers = record.fields.map((field) => cellReader(field, fieldKey(field)));
    this.#writers = record.fields.map((field) => cellWriter(field, rules));
    this.#template = record.fields.map((field, index) => templateOf(field, this.#writers[index] ?? null));
    this.#filled = record.fields.map((field) => 'default' in field && field.default !== undefined);
    this.counters = totals.countersOf(record.name);
    const { recognise } = record;
    this.mark =
      recognise === 'otherwise'
        ? null
        : { index: recognise.column - 1, key: this.#keys[recognise.column - 1]!, value: recognise.value };
  }

  /** Reads every cell into `into`; what can't be read is left out and reported. */
  read(cells: readonly string[], into: MutableRecord, problems: CellProblem[]): void {
    for (let i = 0; i < this.#readers.length; i += 1) {
      const value = cells[i] ?? '';
      const rule = this.#readers[i]?.(value, into) ?? null;
      if (rule !== null) problems.push({ field: this.fields[i]!, rule, value });
    }
  }

  /** The record as cells. Keys that the type does not know are returned, usually none. */
  write(record: Readonly<MutableRecord>, problems: CellProblem[]): { cells: string[]; unknown: readonly string[] } {
    const cells = this.#template.slice();
    for (let i = 0; i < cells.length; i += 1) {
      const write = this.#writers[i] ?? null;
      if (write === null) continue;
      const field = this.fields[i]!;
      const value = record[this.#keys[i]!];
      const absent = value === undefined || value === null || value === '';
      if (!absent) {
        const rule = write(value, cells, i);
        if (rule !== null) problems.push({ field, rule, value });
        else if (field.required === true && cells[i] === '') problems.push({ field, rule: 'required', value: null });
      } else if (field.required === true && this.#filled[i] !== true) {
        problems.push({ field, rule: 'required', value: null });
      }
    }
    const unknown = Object.keys(record).filter((key) => record[key] !== undefined && !this.#known.has(key));
    return { cells, unknown };
  }
}

/** A layout made ready for use, once. Throws when the layout does not pass its check: check mappings first. */
export class CompiledDelimited {
  readonly syntax: CellSyntax;
  readonly coding: TextCoding;
  readonly header: CompiledRow | null;
  readonly records: readonly CompiledRow[];
  readonly trailer: CompiledRow | null;
  readonly totals: DelimitedTotals;
  readonly lineEnd: string;
  /** Whether a quoted cell may go over several lines. */
  readonly severalLines: boolean;
  /** Marked types in the order in which they are tried, then the one that takes the rest. */
  readonly #tried: readonly CompiledRow[];

  constructor(readonly layout: DelimitedLayout) {
    const faults = checkDelimitedLayout(layout);
    if (faults.length > 0) {
      const list = faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
      throw new Error(`The layout ${layout.name} is wrong:\n${list}`);
    }
    this.syntax = { separator: separatorOf(layout), quote: quoteOf(layout), escape: layout.escape ?? 'double' };
    this.coding = textCoding(layout.characterSet);
    this.totals = new DelimitedTotals(layout);
    this.lineEnd = LINE_ENDS[layout.lineEnd];
    const rules = { coding: this.coding, upperCase: layout.upperCase === true };
    const compile = (record: DelimitedRecord): CompiledRow => new CompiledRow(record, rules, this.totals);
    this.header = layout.header === undefined ? null : compile(layout.header);
    this.trailer = layout.trailer === undefined ? null : compile(layout.trailer);
    this.records = layout.records.map(compile);
    const all = [this.header, this.trailer, ...this.records].filter((row) => row !== null);
    this.severalLines = all.some((row) => row.fields.some((field) => field.type === 'text' && field.lines === true));
    this.#tried = [...all.filter(({ mark }) => mark !== null), ...all.filter(({ mark }) => mark === null)];
  }

  /** The type of a record, or null when nothing recognises it. */
  recognise(cells: readonly string[]): CompiledRow | null {
    for (const row of this.#tried) {
      if (row.mark === null || withoutOuterBlanks(cells[row.mark.index] ?? '') === row.mark.value) return row;
    }
    return null;
  }

  /** The type of a JSON record: the one whose mark it carries, or the one that takes the rest. */
  typeOf(record: Readonly<MutableRecord>): CompiledRow | null {
    for (const row of this.#tried) {
      if (row.mark === null) return row;
      const value = record[row.mark.key];
      if (typeof value === 'string' && value.toUpperCase() === row.mark.value.toUpperCase()) return row;
    }
    return null;
  }
}

/** What stands in a column of which the record says nothing. */
function templateOf(field: DelimitedField, write: CellWriter | null): string {
  if (field.type === 'constant') return field.value;
  const cells = [''];
  if ('default' in field && field.default !== undefined) write?.(field.default, cells, 0);
  else if (field.type === 'date' && field.writeNone === true) write?.(field.none, cells, 0);
  return cells[0] ?? '';
}
