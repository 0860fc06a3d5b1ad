import type { Characters } from './character-set.js';
import { isEncodedRow, writeZeroRow } from './encoded-digits.js';
import { isBinary, numberCodec } from './encoded-number.js';
import type { FieldReader, FieldWriter, MutableRecord } from './field-codec.js';
import { fieldKey } from './field-key.js';
import { fieldReader } from './field-readers.js';
import { fieldWriter } from './field-writers.js';
import type { FieldLayout } from './layout.js';

/** One thing wrong with a field, before it is known in which file. `offset` is where the part starts in its record. */
export interface FieldProblem {
  readonly part: CompiledPart;
  readonly field: FieldLayout;
  readonly offset: number;
  /** Which occurrence of the part it is, from 1; 0 where the part's name says enough. */
  readonly occurrence: number;
  readonly rule: string;
  /** As JSON gave it, or text, or the bytes of a field that is no text. */
  readonly value: unknown;
}

/** What the layout itself says of a part, beside its fields. */
export interface PartKeys {
  /** Keys of groups: a record carries them without a field of that key. */
  readonly groups: readonly string[];
  /** Keys of fields that are written from something else of the record: how often a group occurs. */
  readonly computed: readonly string[];
}

const NO_PART_KEYS: PartKeys = { groups: [], computed: [] };

/** A run of bytes, 0-based, the end not included. */
export interface Run {
  readonly from: number;
  readonly to: number;
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
  readonly lengthField: (FieldLayout & { readonly type: 'record-length' }) | null;
  /** The bytes that are characters of the file's set. */
  readonly textRuns: readonly Run[];
  /** Whether all of its bytes are. */
  readonly isText: boolean;
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
   * @param prefix in front of field keys in faults: `''` for records, `'k1.'` for segments, `'payments.'` for groups
   */
  constructor(
    readonly name: string,
    readonly prefix: string,
    readonly length: number,
    readonly fields: readonly FieldLayout[],
    private readonly characters: Characters,
    { groups, computed }: PartKeys = NO_PART_KEYS,
  ) {
    this.template = templateOf(length, fields, characters);
    this.lengthField = fields.find((field) => field.type === 'record-length') ?? null;
    this.textRuns = textRunsOf(fields);
    this.isText = this.textRuns.length === 1 && this.textRuns[0]!.to - this.textRuns[0]!.from === length;
    for (const field of fields) {
      const key = fieldKey(field);
      const reader = fieldReader(field, key);
      if (reader !== null) {
        this.#readKeys.push(field);
        this.#readers.push(reader);
      }
      const writer = fieldWriter(field, characters.narrow, characters.wide);
      if (writer !== null) {
        this.#keys.push(key);
        this.#fields.push(field);
        this.#writers.push(writer);
        this.#missing.push(field.required === true && !hasDefault(field) && !computed.includes(key));
      }
    }
    this.#known = new Set([...STRUCTURAL_KEYS, ...groups, ...fields.map(fieldKey)]);
    this.#suppliedKeys = [...this.#known].filter((key) => !this.#keys.includes(key));
  }

  /**
   * Writes the fields of `record` at `at` in working bytes, over the template. `offset` is where the part starts in its
   * record.
   *
   * @returns keys of the record that the part does not know, usually none
   */
  write(
    record: Readonly<Record<string, unknown>>,
    bytes: Uint8Array,
    at: number,
    offset: number,
    occurrence: number,
    problems: FieldProblem[],
  ): readonly string[] {
    bytes.set(this.template, at);
    const keys = this.#keys;
    let present = 0;
    for (let i = 0; i < keys.length; i += 1) {
      const value = record[keys[i]!];
      if (value === undefined || value === null || value === '') {
        if (value !== undefined) present += 1;
        if (this.#missing[i] === true) problems.push(this.#problem(i, offset, occurrence, 'required', null));
        continue;
      }
      present += 1;
      const rule = this.#writers[i]!(value, bytes, at);
      if (rule !== null) problems.push(this.#problem(i, offset, occurrence, rule, value));
      else if (this.#missing[i] === true && isBlank(value)) {
        problems.push(this.#problem(i, offset, occurrence, 'required', null));
      }
    }
    for (const key of this.#suppliedKeys) if (record[key] !== undefined) present += 1;
    const given = Object.keys(record);
    return given.length === present ? NO_KEYS : given.filter((key) => !this.#known.has(key));
  }

  /**
   * Reads every field at `at` into `into`; what can't be read is left out and reported. The part starts at `textAt` in
   * `text`, and at `offset` in its record.
   */
  read(
    bytes: Uint8Array,
    at: number,
    text: string,
    textAt: number,
    offset: number,
    occurrence: number,
    into: MutableRecord,
    problems: FieldProblem[],
  ): void {
    const readers = this.#readers;
    for (let i = 0; i < readers.length; i += 1) {
      const rule = readers[i]!(bytes, at, text, textAt, into);
      if (rule === null) continue;
      const field = this.#readKeys[i]!;
      const start = field.start - 1;
      const value = isBinary(field)
        ? bytes.slice(at + start, at + start + field.length)
        : text.substring(textAt + start, textAt + start + field.length);
      problems.push({ part: this, field, offset, occurrence, rule, value });
    }
  }

  /** Turns the part's characters from the file's bytes into working bytes, in place. */
  fromFile(bytes: Uint8Array, at: number): void {
    const { fromFile } = this.characters;
    if (fromFile !== null) for (const run of this.textRuns) translate(bytes, at + run.from, at + run.to, fromFile);
  }

  /** Turns the part's characters from working bytes into the file's bytes, in place. */
  toFile(bytes: Uint8Array, at: number): void {
    const { toFile } = this.characters;
    if (toFile !== null) for (const run of this.textRuns) translate(bytes, at + run.from, at + run.to, toFile);
  }

  /** The first of the part's characters that is none of the file's set, 0-based within the part, or -1. */
  unreadableAt(bytes: Uint8Array, at: number): number {
    const { readable } = this.characters;
    for (const { from, to } of this.textRuns) {
      for (let i = from; i < to; i += 1) if (readable[bytes[at + i]!] !== 1) return i;
    }
    return -1;
  }

  /** The JSON key of one of the part's fields. */
  keyOf(field: FieldLayout): string {
    return fieldKey(field);
  }

  /** The field in which a byte of the part stands, 0-based. */
  fieldAt(byte: number): FieldLayout | null {
    return this.fields.find((field) => byte >= field.start - 1 && byte < field.start - 1 + field.length) ?? null;
  }

  /** A field's key as faults name it, with the part's name and occurrence in front. */
  pathOf(field: FieldLayout, occurrence: number): string {
    if (occurrence === 0) return this.prefix + fieldKey(field);
    return `${this.prefix.slice(0, -1)}[${occurrence}].${fieldKey(field)}`;
  }

  #problem(index: number, offset: number, occurrence: number, rule: string, value: unknown): FieldProblem {
    return { part: this, field: this.#fields[index]!, offset, occurrence, rule, value };
  }
}

const NO_KEYS: readonly string[] = [];
const SPACE = 0x20;
const ZERO = 0x30;

function isBlank(value: unknown): boolean {
  return typeof value === 'string' && value.charCodeAt(0) === 0x20 && value.trim() === '';
}

function hasDefault(field: FieldLayout): boolean {
  return 'default' in field && field.default !== undefined;
}

function translate(bytes: Uint8Array, from: number, to: number, table: Uint8Array): void {
  for (let i = from; i < to; i += 1) bytes[i] = table[bytes[i]!]!;
}

/** Fields of text that stand side by side make one run. */
function textRunsOf(fields: readonly FieldLayout[]): Run[] {
  const runs: { from: number; to: number }[] = [];
  for (const field of fields) {
    if (isBinary(field)) continue;
    const from = field.start - 1;
    const last = runs[runs.length - 1];
    if (last?.to === from) last.to += field.length;
    else runs.push({ from, to: from + field.length });
  }
  return runs;
}

function templateOf(length: number, fields: readonly FieldLayout[], { narrow, wide }: Characters): Uint8Array {
  const template = new Uint8Array(length).fill(SPACE);
  for (const field of fields) {
    const at = field.start - 1;
    template.fill(paddingOf(field), at, at + field.length);
    if (field.type === 'constant') {
      for (let i = 0; i < field.value.length; i += 1) template[at + i] = field.value.charCodeAt(i);
    } else if ('default' in field && field.default !== undefined) {
      fieldWriter(field, narrow, wide)?.(field.default, template, 0);
    } else if (field.type === 'date' && field.writeNone === true) {
      fieldWriter(field, narrow, wide)?.(field.none, template, 0);
    } else if (isEncodedRow(field)) {
      writeZeroRow(field, template);
    } else if (isZeroWritten(field)) {
      fieldWriter(field, narrow, wide)?.(0, template, 0);
    }
  }
  return template;
}

/**
 * Whether a number that nobody gives must be written as one: zeros without their point would be another amount, or none,
 * and packed zeros have a sign.
 */
function isZeroWritten(field: FieldLayout): boolean {
  if (field.type !== 'money' && field.type !== 'number') return false;
  if (isBinary(field)) return true;
  if (field.pad === ' ') return false;
  return numberCodec(field) !== null || (field.type === 'money' && field.point === true);
}

/** What fills a field that nobody fills: zeros in numbers and dates, blanks in text, unless the layout says otherwise. */
function paddingOf(field: FieldLayout): number {
  switch (field.type) {
    case 'text':
    case 'constant':
      return SPACE;
    case 'filler':
      return field.pad === 'nul' ? 0 : field.pad === '0' ? ZERO : SPACE;
    case 'record-length':
      return ZERO;
    default:
      return field.pad === ' ' ? SPACE : ZERO;
  }
}
