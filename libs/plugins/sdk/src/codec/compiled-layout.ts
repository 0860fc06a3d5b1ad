import { readableBytes, writtenBytes } from './characters.js';
import { CompiledPart } from './compiled-part.js';
import { fieldKey } from './field-key.js';
import { checkLayout } from './layout-check.js';
import { MOST_SEGMENTS, type FieldLayout, type FileLayout, type RecordLayout, type SegmentLayout } from './layout.js';
import { numberIn } from './field-readers.js';
import type { Framing } from './record-framer.js';
import { CompiledTotals, segmentPart, startsWith } from './totals.js';

export interface CompiledSegment {
  readonly identifier: Uint8Array;
  readonly name: string;
  readonly part: CompiledPart;
  readonly most: number;
  /** Place in the order that the partner prescribes. */
  readonly order: number;
  readonly counters: ReturnType<CompiledTotals['countersOf']>;
}

export interface CompiledRecord {
  readonly name: string;
  readonly part: CompiledPart;
  /** Bytes that mark the type, or null for the type that takes the rest. */
  readonly mark: {
    readonly at: number;
    readonly bytes: Uint8Array;
    readonly key: string;
    readonly value: string;
  } | null;
  readonly segments: readonly CompiledSegment[];
  readonly segmentsByName: ReadonlyMap<string, CompiledSegment>;
  readonly segmentKey: string;
  readonly identifierLength: number;
  readonly mostSegments: number;
  readonly counters: ReturnType<CompiledTotals['countersOf']>;
  readonly lengthField: FieldLayout | null;
  readonly cutBlanks: boolean;
  readonly openEnd: boolean;
}

/** A layout made ready for use, once. Throws when the layout does not pass its check: check mappings first. */
export class CompiledLayout implements Framing {
  readonly readable: Uint8Array;
  readonly header: CompiledRecord | null;
  readonly records: readonly CompiledRecord[];
  readonly trailer: CompiledRecord | null;
  readonly totals: CompiledTotals;
  readonly delimiter: Uint8Array;
  readonly maxRecordLength: number;
  readonly firstLength: number;
  readonly shortestLength: number;
  readonly headLength: number;
  readonly lineEndsOnly: boolean;
  /** Marked types in the order in which they are tried, then the one that takes the rest. */
  readonly #tried: readonly CompiledRecord[];

  constructor(readonly layout: FileLayout) {
    const faults = checkLayout(layout);
    if (faults.length > 0) {
      const list = faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
      throw new Error(`The layout ${layout.name} is wrong:\n${list}`);
    }
    const written = writtenBytes(layout.characterSet, layout.upperCase === true);
    this.readable = readableBytes(layout.characterSet);
    this.totals = new CompiledTotals(layout);
    const compile = (record: RecordLayout): CompiledRecord => compileRecord(record, written, this.totals);
    this.header = layout.header === undefined ? null : compile(layout.header);
    this.trailer = layout.trailer === undefined ? null : compile(layout.trailer);
    this.records = layout.records.map(compile);
    this.delimiter = Buffer.from({ lf: '\n', crlf: '\r\n', none: '' }[layout.delimiter], 'latin1');
    this.maxRecordLength = layout.maxRecordLength;
    const all = [this.header, this.trailer, ...this.records].filter((record) => record !== null);
    const lengths = all.map((record) => record.part.length);
    this.lineEndsOnly = all.some((record) => record.openEnd);
    this.shortestLength = Math.min(...lengths);
    this.firstLength = this.header?.part.length ?? this.shortestLength;
    this.headLength = Math.max(
      1,
      ...all.map((record) => (record.mark === null ? 0 : record.mark.at + record.mark.bytes.length)),
      ...all.map(({ lengthField }) => (lengthField === null ? 0 : lengthField.start - 1 + lengthField.length)),
    );
    this.#tried = [...all.filter((record) => record.mark !== null), ...all.filter((record) => record.mark === null)];
  }

  /** The type of the record in `bytes` from `at` to `end`, or null when nothing recognises it. */
  recognise(bytes: Uint8Array, at: number, end: number): CompiledRecord | null {
    for (const record of this.#tried) {
      const { mark } = record;
      if (mark === null) return record;
      if (at + mark.at + mark.bytes.length <= end && startsWith(bytes, at + mark.at, mark.bytes)) return record;
    }
    return null;
  }

  /** The type of a JSON record: the one whose mark it carries, or the one that takes the rest. */
  typeOf(record: Readonly<Record<string, unknown>>): CompiledRecord | null {
    for (const type of this.#tried) {
      const { mark } = type;
      if (mark === null) return type;
      const value = record[mark.key];
      if (value === mark.value) return type;
      if (typeof value === 'string' && value.length === mark.value.length && sameLetters(value, mark.value))
        return type;
    }
    return null;
  }

  lengthOf(bytes: Uint8Array, at: number): number {
    const record = this.recognise(bytes, at, bytes.length);
    if (record === null) return -1;
    const { lengthField } = record;
    if (lengthField === null) return record.segments.length === 0 ? record.part.length : -1;
    const from = at + lengthField.start - 1;
    const length = numberIn(bytes, from, from + lengthField.length);
    return length < record.part.length || length > this.maxRecordLength ? -1 : length;
  }
}

function sameLetters(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}

function compileRecord(record: RecordLayout, written: Uint8Array, totals: CompiledTotals): CompiledRecord {
  const part = new CompiledPart(record.name, '', record.length, record.fields, written);
  const types = record.segments?.types ?? [];
  const segments = types.map((segment, order) => compileSegment(segment, order, written, totals));
  const first = types[0]?.fields[0];
  return {
    name: record.name,
    part,
    mark: markOf(record),
    segments,
    segmentsByName: new Map(segments.map((segment) => [segment.name, segment])),
    segmentKey: first === undefined ? '' : fieldKey(first),
    identifierLength: record.segments?.identifierLength ?? 0,
    mostSegments: record.segments?.most ?? MOST_SEGMENTS,
    counters: totals.countersOf(record.name),
    lengthField: part.lengthField,
    cutBlanks: record.cutBlanks === true,
    openEnd: record.openEnd === true,
  };
}

function compileSegment(
  layout: SegmentLayout,
  order: number,
  written: Uint8Array,
  totals: CompiledTotals,
): CompiledSegment {
  const name = segmentPart(layout.identifier);
  return {
    identifier: Buffer.from(layout.identifier, 'latin1'),
    name: layout.identifier,
    part: new CompiledPart(name, `${name}.`, layout.length, layout.fields, written),
    most: layout.most ?? Number.MAX_SAFE_INTEGER,
    order,
    counters: totals.countersOf(name),
  };
}

function markOf(record: RecordLayout): CompiledRecord['mark'] {
  const { recognise } = record;
  if (recognise === 'otherwise') return null;
  const field = record.fields.find((candidate) => candidate.start === recognise.start)!;
  return {
    at: recognise.start - 1,
    bytes: Buffer.from(recognise.value, 'latin1'),
    key: fieldKey(field),
    value: recognise.value,
  };
}
