import type { Characters } from './character-set.js';
import { CompiledPart } from './compiled-part.js';
import { numberCodec } from './encoded-number.js';
import { fieldKey, groupKey } from './field-key.js';
import { numberIn } from './field-readers.js';
import { fieldWriter } from './field-writers.js';
import {
  MOST_SEGMENTS,
  type FieldLayout,
  type GroupLayout,
  type NumberField,
  type RecordLayout,
  type RecordLengthField,
  type SegmentLayout,
} from './layout.js';
import { groupPart, segmentPart, startsWith, type CompiledTotals } from './totals.js';

type Counters = ReturnType<CompiledTotals['countersOf']>;

export interface CompiledSegment {
  /** As the file's bytes. */
  readonly identifier: Uint8Array;
  readonly name: string;
  readonly part: CompiledPart;
  readonly most: number;
  /** Place in the order that the partner prescribes. */
  readonly order: number;
  readonly counters: Counters;
}

export interface CompiledGroup {
  readonly key: string;
  readonly part: CompiledPart;
  /** Where the first occurrence stands in the record, 0-based; -1 where they are counted and follow what is before. */
  readonly at: number;
  /** How often it occurs, or may occur where that is counted. */
  readonly most: number;
  readonly count: {
    readonly field: FieldLayout;
    readonly key: string;
    /** The count in the file's own bytes, before they are turned into working bytes; -1 where it can't be read. */
    readonly inFile: (bytes: Uint8Array, at: number) => number;
    readonly write: (count: number, bytes: Uint8Array, at: number) => boolean;
  } | null;
  readonly counters: Counters;
}

export interface CompiledRecord {
  readonly name: string;
  readonly part: CompiledPart;
  /** Bytes that mark the type, as the file's, or null for the type that takes the rest. */
  readonly mark: {
    readonly at: number;
    readonly bytes: Uint8Array;
    readonly key: string;
    readonly value: string;
  } | null;
  readonly groups: readonly CompiledGroup[];
  readonly segments: readonly CompiledSegment[];
  readonly segmentsByName: ReadonlyMap<string, CompiledSegment>;
  readonly segmentKey: string;
  readonly identifierLength: number;
  readonly mostSegments: number;
  readonly counters: Counters;
  readonly length: {
    readonly field: RecordLengthField;
    readonly inFile: (bytes: Uint8Array, at: number) => number;
    /** Writes the length, in working bytes. */
    readonly write: (length: number, bytes: Uint8Array, at: number) => void;
  } | null;
  /** Bytes from which the length of a record of this type can be told. */
  readonly head: number;
  readonly cutBlanks: boolean;
  readonly openEnd: boolean;
  /** All of its bytes are characters, and it has no groups: it can be read as one text. */
  readonly isText: boolean;
}

/** Compiles one type of record of a layout that passed its check. */
export function compileRecord(record: RecordLayout, characters: Characters, totals: CompiledTotals): CompiledRecord {
  const groups = (record.groups ?? []).map((group) => compileGroup(record, group, characters, totals));
  const part = new CompiledPart(record.name, '', record.length, record.fields, characters, {
    groups: groups.map((group) => group.key),
    computed: groups.flatMap(({ count }) => (count === null ? [] : [count.key])),
  });
  for (const group of groups) {
    for (let i = 0; group.at >= 0 && i < group.most; i += 1) {
      part.template.set(group.part.template, group.at + i * group.part.length);
    }
  }
  const types = record.segments?.types ?? [];
  const segments = types.map((segment, order) => compileSegment(segment, order, characters, totals));
  const first = types[0]?.fields[0];
  const mark = markOf(record, characters);
  const length = part.lengthField === null ? null : compileLength(part.lengthField, characters);
  const counts = groups.map(({ count }) => (count === null ? 0 : endOf(count.field)));
  return {
    name: record.name,
    part,
    mark,
    groups,
    segments,
    segmentsByName: new Map(segments.map((segment) => [segment.name, segment])),
    segmentKey: first === undefined ? '' : fieldKey(first),
    identifierLength: record.segments?.identifierLength ?? 0,
    mostSegments: record.segments?.most ?? MOST_SEGMENTS,
    counters: totals.countersOf(record.name),
    length,
    head: Math.max(
      mark === null ? 0 : mark.at + mark.bytes.length,
      length === null ? 0 : endOf(length.field),
      ...counts,
    ),
    cutBlanks: record.cutBlanks === true,
    openEnd: record.openEnd === true,
    isText: part.isText && groups.length === 0 && segments.every((segment) => segment.part.isText),
  };
}

/** The segment that starts at `at` in the file's own bytes, if a whole one does before `end`. */
export function segmentAt(
  type: CompiledRecord,
  bytes: Uint8Array,
  at: number,
  end: number,
): CompiledSegment | undefined {
  for (const segment of type.segments) {
    if (at + segment.part.length <= end && startsWith(bytes, at, segment.identifier)) return segment;
  }
  return undefined;
}

/** Text as the file's bytes. */
export function fileBytes(text: string, { toFile }: Characters): Uint8Array {
  const bytes = Buffer.from(text, 'latin1');
  return toFile === null ? bytes : bytes.map((byte) => toFile[byte]!);
}

function endOf(field: { readonly start: number; readonly length: number }): number {
  return field.start - 1 + field.length;
}

function compileGroup(
  record: RecordLayout,
  group: GroupLayout,
  characters: Characters,
  totals: CompiledTotals,
): CompiledGroup {
  const key = groupKey(group);
  const { occurs } = group;
  const counted = typeof occurs === 'number' ? undefined : occurs;
  const field = record.fields.find((candidate) => fieldKey(candidate) === counted?.field) as NumberField | undefined;
  const write = field === undefined ? null : fieldWriter(field, characters.narrow, characters.wide);
  return {
    key,
    part: new CompiledPart(groupPart(record.name, group), `${key}.`, group.length, group.fields, characters),
    at: group.start === undefined ? -1 : group.start - 1,
    most: typeof occurs === 'number' ? occurs : occurs.most,
    count:
      field === undefined || write === null
        ? null
        : {
            field,
            key: fieldKey(field),
            inFile: numberInFile(field, characters, 0),
            write: (count, bytes, at) => write(count, bytes, at) === null,
          },
    counters: totals.countersOf(groupPart(record.name, group)),
  };
}

function compileSegment(
  layout: SegmentLayout,
  order: number,
  characters: Characters,
  totals: CompiledTotals,
): CompiledSegment {
  const name = segmentPart(layout.identifier);
  return {
    identifier: fileBytes(layout.identifier, characters),
    name: layout.identifier,
    part: new CompiledPart(name, `${name}.`, layout.length, layout.fields, characters),
    most: layout.most ?? Number.MAX_SAFE_INTEGER,
    order,
    counters: totals.countersOf(name),
  };
}

function compileLength(field: RecordLengthField, characters: Characters): CompiledRecord['length'] {
  const write = fieldWriter({ ...field, type: 'number' }, characters.narrow, characters.wide)!;
  return { field, inFile: numberInFile(field, characters, -1), write };
}

/** Reads a number that is never negative from the file's own bytes; -1 where it can't be read. */
function numberInFile(
  field: NumberField | RecordLengthField,
  { fromFile }: Characters,
  blank: number,
): (bytes: Uint8Array, at: number) => number {
  const codec = numberCodec(field);
  const from = field.start - 1;
  const { length } = field;
  if (codec !== null) {
    return (bytes, at) => {
      const number = codec.read(bytes, at) ?? blank;
      return number >= 0 ? number : -1;
    };
  }
  const digits = new Uint8Array(length);
  return (bytes, at) => {
    let first = 0;
    for (let i = 0; i < length; i += 1) {
      const byte = bytes[at + from + i]!;
      digits[i] = fromFile === null ? byte : fromFile[byte]!;
    }
    while (first < length && digits[first] === 0x20) first += 1;
    return first === length ? blank : numberIn(digits, first, length);
  };
}

function markOf(record: RecordLayout, characters: Characters): CompiledRecord['mark'] {
  const { recognise } = record;
  if (recognise === 'otherwise') return null;
  const field = record.fields.find((candidate) => candidate.start === recognise.start)!;
  return {
    at: recognise.start - 1,
    bytes: fileBytes(recognise.value, characters),
    key: fieldKey(field),
    value: recognise.value,
  };
}
