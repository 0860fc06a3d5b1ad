import { withoutOuterBlanks } from '../characters.js';
import type { MutableRecord } from '../field-readers.js';
import { fieldKey } from '../field-key.js';
import { cellReader } from './cell-readers.js';
import type {
  DelimitedField,
  DelimitedLayout,
  DelimitedMoneyField,
  DelimitedNumberField,
  DelimitedTotal,
} from './delimited-layout.js';

type Counter = (cells: readonly string[], slots: Float64Array) => void;

/** A column of a body record at which totals may point. */
export interface ColumnOfRecord {
  readonly record: string;
  readonly field: DelimitedField;
}

/**
 * Counts what the trailer states, from the cells of each record: the same counters serve writing and reading, and a
 * record with a bad cell is still counted, so that it harms only itself.
 */
export class DelimitedTotals {
  /** The trailer's fields that state a total, with their keys. */
  readonly fields: readonly { readonly field: DelimitedNumberField | DelimitedMoneyField; readonly key: string }[];
  readonly #rules: readonly DelimitedTotal[];
  readonly #counters = new Map<string, Counter[]>();

  /** @param layout a layout that passed its check: every place exists */
  constructor(layout: DelimitedLayout) {
    const places = columnPlaces(layout);
    const totals = (layout.trailer?.fields ?? []).flatMap((field) =>
      (field.type === 'number' || field.type === 'money') && field.total !== undefined
        ? [{ field, key: fieldKey(field), rule: field.total }]
        : [],
    );
    this.fields = totals;
    this.#rules = totals.map(({ rule }) => rule);
    this.#rules.forEach((rule, slot) => {
      if (rule.count === 'records') {
        for (const name of rule.records ?? layout.records.map((record) => record.name)) {
          this.#add(name, (_cells, slots) => (slots[slot]! += 1));
        }
        return;
      }
      for (const place of rule.places) {
        const { record, field } = places.get(place)!;
        this.#add(record, counterOf(rule, field, slot));
      }
    });
  }

  countersOf(record: string): readonly Counter[] {
    return this.#counters.get(record) ?? [];
  }

  /** Fresh counts for one file. */
  start(): Float64Array {
    return new Float64Array(this.#rules.length);
  }

  /** What the trailer must state in its `index`-th total; NaN, which nothing equals, once a sum is beyond exact numbers. */
  value(slots: Float64Array, index: number): number {
    const rule = this.#rules[index];
    return (slots[index] ?? 0) + (rule?.count === 'records' ? (rule.plus ?? 0) : 0);
  }

  #add(record: string, counter: Counter): void {
    const counters = this.#counters.get(record) ?? [];
    counters.push(counter);
    this.#counters.set(record, counters);
  }
}

/** Every place at which a total may point, by its name `record.fieldKey`. */
export function columnPlaces(layout: DelimitedLayout): Map<string, ColumnOfRecord> {
  return new Map(
    layout.records.flatMap((record) =>
      record.fields.map((field) => [`${record.name}.${fieldKey(field)}`, { record: record.name, field }] as const),
    ),
  );
}

function counterOf(rule: Exclude<DelimitedTotal, { count: 'records' }>, field: DelimitedField, slot: number): Counter {
  const column = field.column - 1;
  switch (rule.count) {
    case 'sum': {
      const read = cellReader(field, 'amount')!;
      return (cells, slots) => {
        const into: MutableRecord = {};
        if (read(cells[column] ?? '', into) !== null) return;
        const sum = slots[slot]! + ((into['amount'] as number | undefined) ?? 0);
        slots[slot] = Number.isSafeInteger(sum) ? sum : Number.NaN;
      };
    }
    case 'equal':
      return (cells, slots) => {
        if (withoutOuterBlanks(cells[column] ?? '') === rule.value) slots[slot]! += 1;
      };
    case 'filled': {
      const ignored = new Set(rule.ignore ?? []);
      return (cells, slots) => {
        const text = withoutOuterBlanks(cells[column] ?? '');
        if (text !== '' && !/^[0.,]+$/.test(text) && !ignored.has(text)) slots[slot]! += 1;
      };
    }
  }
}
