import { fieldKey, groupKey } from './field-key.js';
import { isEncodedRow } from './encoded-digits.js';
import { numberCodec } from './encoded-number.js';
import { fieldReader, numberIn, type MutableRecord } from './field-readers.js';
import { writtenMoneyIn, writtenNumber } from './written-money.js';
import type { BlockCount, FieldLayout, FileLayout, GroupLayout, NumberField, MoneyField, TotalRule } from './layout.js';

type Counter = (bytes: Uint8Array, at: number, slots: Float64Array) => void;

interface Place {
  readonly part: string;
  readonly field: FieldLayout;
}

/**
 * Counts what the trailer states, from the bytes of each record: the same counters serve writing and reading, and a
 * record with a bad field is still counted, so that it harms only itself.
 */
export class CompiledTotals {
  /** The trailer's fields that state a total, with their keys. */
  readonly fields: readonly { readonly field: NumberField | MoneyField; readonly key: string }[];
  readonly #rules: readonly (TotalRule | BlockCount)[];
  readonly #counters = new Map<string, Counter[]>();

  /** @param layout a layout that passed its check: every place exists */
  constructor(layout: FileLayout) {
    const places = placesOf(layout);
    const totals = (layout.trailer?.fields ?? []).flatMap((field) =>
      (field.type === 'number' || field.type === 'money') && field.total !== undefined
        ? [{ field, key: fieldKey(field), rule: field.total }]
        : [],
    );
    this.fields = totals;
    this.#rules = totals.map(({ rule }) => rule);
    const equal = new Map<Place, Map<string, number[]>>();
    const filled = new Map<Place, Map<string, number[]>>();
    this.#rules.forEach((rule, slot) => {
      switch (rule.count) {
        case 'records':
          for (const name of rule.records ?? layout.records.map((record) => record.name)) this.#add(name, adder(slot));
          break;
        case 'blocks':
          // Framing counts them, not the bytes of records.
          break;
        case 'segments':
          for (const identifier of rule.segments) this.#add(segmentPart(identifier), adder(slot));
          break;
        case 'sum':
          for (const place of rule.places) this.#addSum(places.get(place)!, slot);
          break;
        case 'equal':
          for (const place of rule.places) group(equal, places.get(place)!, rule.value, slot);
          break;
        case 'filled':
          for (const place of rule.places) group(filled, places.get(place)!, (rule.ignore ?? []).join(','), slot);
          break;
      }
    });
    for (const [place, slotsByValue] of equal) this.#add(place.part, equalCounter(place.field, slotsByValue));
    for (const [place, slotsByIgnored] of filled) {
      for (const [ignored, slots] of slotsByIgnored) {
        this.#add(place.part, filledCounter(place.field, ignored === '' ? [] : ignored.split(','), slots));
      }
    }
  }

  /** Counters of a record type, by its name, or of a segment type, by `segmentPart(identifier)`. */
  countersOf(part: string): readonly Counter[] {
    return this.#counters.get(part) ?? [];
  }

  /** Fresh counts for one file. */
  start(): Float64Array {
    return new Float64Array(this.#rules.length);
  }

  /** What the trailer must state in its `index`-th total. `blocks` are those of the file, the trailer's own included. */
  value(slots: Float64Array, index: number, blocks: number): number {
    const rule = this.#rules[index];
    if (rule?.count === 'blocks') return blocks + (rule.plus ?? 0);
    return (slots[index] ?? 0) + (rule?.count === 'records' ? (rule.plus ?? 0) : 0);
  }

  #add(part: string, counter: Counter): void {
    const counters = this.#counters.get(part) ?? [];
    counters.push(counter);
    this.#counters.set(part, counters);
  }

  #addSum(place: Place, slot: number): void {
    const { field } = place;
    const from = field.start - 1;
    const to = from + field.length;
    const number = field.type === 'number' || field.type === 'money' ? field : null;
    const codec = number === null ? null : numberCodec(number);
    const written = number === null ? null : writtenNumber(number);
    if (codec !== null || written !== null) {
      this.#add(place.part, (bytes, at, slots) => {
        const amount = codec === null ? writtenMoneyIn(bytes, at + from, at + to, written!) : codec.read(bytes, at);
        if (amount !== undefined && !Number.isNaN(amount)) slots[slot]! += amount;
      });
      return;
    }
    this.#add(place.part, (bytes, at, slots) => {
      let first = at + from;
      while (first < at + to && bytes[first] === 0x20) first += 1;
      const number = numberIn(bytes, first, at + to);
      if (number > 0) slots[slot]! += number;
    });
  }
}

/** Name under which a segment's counters and fields are found; record names are chosen by the layout's author. */
export function segmentPart(identifier: string): string {
  return identifier.toLowerCase();
}

/** Name under which a group's counters and fields are found. */
export function groupPart(record: string, group: GroupLayout): string {
  return `${record}.${groupKey(group)}`;
}

/** Every place at which a total may point, by its name. */
export function placesOf(layout: FileLayout): Map<string, Place> {
  const places = new Map<string, Place>();
  const add = (part: string, fields: readonly FieldLayout[]): void => {
    for (const field of fields) places.set(`${part}.${fieldKey(field)}`, { part, field });
  };
  for (const record of layout.records) {
    add(record.name, record.fields);
    for (const group of record.groups ?? []) add(groupPart(record.name, group), group.fields);
    for (const segment of record.segments?.types ?? []) add(segmentPart(segment.identifier), segment.fields);
  }
  return places;
}

function group(groups: Map<Place, Map<string, number[]>>, place: Place, value: string, slot: number): void {
  const slotsByValue = groups.get(place) ?? new Map<string, number[]>();
  slotsByValue.set(value, [...(slotsByValue.get(value) ?? []), slot]);
  groups.set(place, slotsByValue);
}

function adder(slot: number): Counter {
  return (_bytes, _at, slots) => {
    slots[slot]! += 1;
  };
}

/** One look-up a field, however many values are counted apart. */
function equalCounter(field: FieldLayout, slotsByValue: ReadonlyMap<string, readonly number[]>): Counter {
  const read = codedText(field);
  if (read !== null) {
    return (bytes, at, slots) => {
      const matching = slotsByValue.get(read(bytes, at));
      if (matching !== undefined) for (const slot of matching) slots[slot]! += 1;
    };
  }
  const from = field.start - 1;
  const { length } = field;
  if (length <= 3) {
    const byBytes = new Map<number, readonly number[]>();
    for (const [value, slots] of slotsByValue) {
      byBytes.set(packed(Buffer.from(padded(value, field), 'latin1'), 0, length), slots);
    }
    return (bytes, at, slots) => {
      const matching = byBytes.get(packed(bytes, at + from, length));
      if (matching !== undefined) for (const slot of matching) slots[slot]! += 1;
    };
  }
  const wanted = [...slotsByValue].map(
    ([value, slots]) => [Buffer.from(padded(value, field), 'latin1'), slots] as const,
  );
  return (bytes, at, slots) => {
    for (const [value, matching] of wanted) {
      if (startsWith(bytes, at + from, value)) for (const slot of matching) slots[slot]! += 1;
    }
  };
}

/** A value as it stands in a field whose bytes can be compared, with what fills the rest of it. */
function padded(value: string, field: FieldLayout): string {
  switch (field.type) {
    case 'number':
    case 'money':
    case 'digits':
      return value.padStart(field.length, field.pad ?? '0');
    case 'text':
      return field.justify === 'right' ? value.padStart(field.length) : value.padEnd(field.length);
    default:
      return value.padEnd(field.length);
  }
}

function packed(bytes: Uint8Array, at: number, length: number): number {
  let number = 0;
  for (let i = 0; i < length; i += 1) number = (number << 8) | bytes[at + i]!;
  return number;
}

/** Whether `bytes` carries `expected` at `at`. */
export function startsWith(bytes: Uint8Array, at: number, expected: Uint8Array): boolean {
  for (let i = 0; i < expected.length; i += 1) if (bytes[at + i] !== expected[i]) return false;
  return true;
}

/**
 * The value of a field that is packed, binary or zoned, as JSON writes it; `''` where there is none or it can't be read.
 * Null for fields whose bytes can be compared as they stand.
 */
function codedText(field: FieldLayout): ((bytes: Uint8Array, at: number) => string) | null {
  const coded = field.type === 'number' || field.type === 'money' ? numberCodec(field) !== null : isEncodedRow(field);
  const read = coded ? fieldReader(field, 'value') : null;
  if (read === null) return null;
  return (bytes, at) => {
    const into: MutableRecord = {};
    read(bytes, at, '', 0, into);
    const value = into['value'] as string | number | undefined;
    return value === undefined ? '' : String(value);
  };
}

function filledCounter(field: FieldLayout, ignored: readonly string[], slotsOfField: readonly number[]): Counter {
  const read = codedText(field);
  if (read !== null) {
    return (bytes, at, slots) => {
      const value = read(bytes, at);
      if (/^0*$/.test(value) || ignored.includes(value)) return;
      for (const slot of slotsOfField) slots[slot]! += 1;
    };
  }
  const from = field.start - 1;
  const to = from + field.length;
  const point = field.type === 'money' && field.point === true ? 0x2e : 0x20;
  const ignoredBytes = ignored.map((value) => Buffer.from(padded(value, field), 'latin1'));
  return (bytes, at, slots) => {
    let i = at + from;
    while (i < at + to && (bytes[i] === 0x30 || bytes[i] === 0x20 || bytes[i] === point)) i += 1;
    if (i === at + to) return;
    if (ignoredBytes.some((value) => startsWith(bytes, at + from, value))) return;
    for (const slot of slotsOfField) slots[slot]! += 1;
  };
}
