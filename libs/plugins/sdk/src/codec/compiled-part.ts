import { fieldKey } from './field-key.js';
import { fieldReader, type FieldReader, type MutableRecord } from './field-readers.js';
import { fieldWriter, type FieldWriter } from './field-writers.js';
import type { FieldLayout } from './layout.js';

/** One thing wrong with a field, before it is known in which file. `offset` is where the part starts in its record. */
export interface FieldProblem {
  readonly part: CompiledPart;
  readonly field: FieldLayout;
  readonly offset: number;
  readonly rule: string;
  readonly value: unknown;
}

/** Keys that a record carries without being fields of its layout. */
const STRUCTURAL_KEYS: readonly string[] = ['segments'];

/**
 * A record or a segment, compiled: everything that depends only on the layout is done once, and per record only values
 * are moved. A record is written over a copy of `template`, which carries padding, constants and defaults.
 */
export class CompiledPart {
  readonly template: Uint8Array;
  /** The record-length field, where there is one. */
  readonly lengthField: FieldLayout | null;
  readonly #keys: string[] = [];
  readonly #fields: FieldLayout[] = [];
  readonly #writers: FieldWriter[] = [];
  readonly #missing: boolean[] = [];
  readonly #readKeys: FieldLayout[] = [];
  readonly #readers: FieldReader[] = [];
  readonly #known: Set<string>;
  /** Known keys whose values the layout itself supplies. */
  readonly #suppliedKeys: readonly string[];

  /**
   * @param prefix in front of field keys in faults: `''` for records, `'k1.'` for segments
   * @param written byte for each character below 256, 0 where it is not allowed
   */
  constructor(
    readonly name: string,
    readonly prefix: string,
    readonly length: number,
    readonly fields: readonly FieldLayout[],
    written: Uint8Array,
  ) {
    this.template = templateOf(length, fields, written);
    this.lengthField = fields.find((field) => field.type === 'record-length') ?? null;
    for (const field of fields) {
      const key = fieldKey(field);
      const reader = fieldReader(field, key);
      if (reader !== null) {
        this.#readKeys.push(field);
        this.#readers.push(reader);
      }
      const writer = fieldWriter(field, written);
      if (writer !== null) {
        this.#keys.push(key);
        this.#fields.push(field);
        this.#writers.push(writer);
        this.#missing.push(field.required === true && !hasDefault(field));
      }
    }
    this.#known = new Set([...STRUCTURAL_KEYS, ...fields.map(fieldKey)]);
    this.#suppliedKeys = [...this.#known].filter((key) => !this.#keys.includes(key));
  }

  /**
   * Writes the fields of `record` at `at`, over the template.
   *
   * @returns keys of the record that the part does not know, usually none
   */
  write(
    record: Readonly<Record<string, unknown>>,
    bytes: Uint8Array,
    at: number,
    offset: number,
    problems: FieldProblem[],
  ): readonly string[] {
    bytes.set(this.template, at);
    const keys = this.#keys;
    let present = 0;
    for (let i = 0; i < keys.length; i += 1) {
      const value = record[keys[i]!];
      if (value === undefined || value === null || value === '') {
        if (value !== undefined) present += 1;
        if (this.#missing[i] === true) problems.push(this.#problem(i, offset, 'required', null));
        continue;
      }
      present += 1;
      const rule = this.#writers[i]!(value, bytes, at);
      if (rule !== null) problems.push(this.#problem(i, offset, rule, value));
      else if (this.#missing[i] === true && isBlank(value)) {
        problems.push(this.#problem(i, offset, 'required', null));
      }
    }
    for (const key of this.#suppliedKeys) if (record[key] !== undefined) present += 1;
    const given = Object.keys(record);
    return given.length === present ? NO_KEYS : given.filter((key) => !this.#known.has(key));
  }

  /** Reads every field at `at` into `into`; what can't be read is left out and reported. */
  read(
    bytes: Uint8Array,
    at: number,
    text: string,
    textAt: number,
    into: MutableRecord,
    problems: FieldProblem[],
  ): void {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i += 1) {
      const rule = readers[i]!(bytes, at, text, textAt, into);
      if (rule === null) continue;
      const field = this.#readKeys[i]!;
      const start = textAt + field.start - 1;
      const value = text.substring(start, start + field.length);
      problems.push({ part: this, field, offset: textAt, rule, value });
    }
  }

  /** The JSON key of one of the part's fields. */
  keyOf(field: FieldLayout): string {
    return fieldKey(field);
  }

  /** The field in which a byte of the part stands, 0-based. */
  fieldAt(byte: number): FieldLayout | null {
    return this.fields.find((field) => byte >= field.start - 1 && byte < field.start - 1 + field.length) ?? null;
  }

  #problem(index: number, offset: number, rule: string, value: unknown): FieldProblem {
    return { part: this, field: this.#fields[index]!, offset, rule, value };
  }
}

const NO_KEYS: readonly string[] = [];

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.charCodeAt(0) === 0x20 && value.trim() === '';
}

function hasDefault(field: FieldLayout): boolean {
  return 'default' in field && field.default !== undefined;
}

function templateOf(length: number, fields: readonly FieldLayout[], written: Uint8Array): Uint8Array {
  const template = new Uint8Array(length).fill(0x20);
  for (const field of fields) {
    const at = field.start - 1;
    template.fill(paddingOf(field).charCodeAt(0), at, at + field.length);
    if (field.type === 'constant') {
      for (let i = 0; i < field.value.length; i += 1) template[at + i] = field.value.charCodeAt(i);
    } else if ('default' in field && field.default !== undefined) {
      fieldWriter(field, written)?.(field.default, template, 0);
    } else if (field.type === 'money' && field.point === true && field.pad !== ' ') {
      // Zeros without the point would be another amount, or none.
      fieldWriter(field, written)?.(0, template, 0);
    } else if (field.type === 'date' && field.writeNone === true) {
      fieldWriter(field, written)?.(field.none, template, 0);
    }
  }
  return template;
}

/** What fills a field that nobody fills: zeros in numbers and dates, blanks in text, unless the layout says otherwise. */
function paddingOf(field: FieldLayout): '0' | ' ' {
  switch (field.type) {
    case 'text':
    case 'constant':
      return ' ';
    case 'filler':
      return field.pad ?? ' ';
    case 'record-length':
      return '0';
    default:
      return field.pad ?? '0';
  }
}
