import type { FileFault } from '../../contract/files.js';
import { faultOf, shownValue, type FaultPlace } from '../fault.js';
import { printedColumn } from './cell-fault.js';
import type { CompiledRow } from './compiled-delimited.js';

/** Where each field of the body record stands in a file, 0-based; -1 where the file leaves the column out. */
export interface ColumnOrder {
  readonly places: readonly number[];
  /** Columns that the heading names. */
  readonly count: number;
}

/** Reads the line of column names. The fault, if there is one, is of the file: no column can be trusted then. */
export function readHeading(
  cells: readonly string[],
  row: CompiledRow,
  anyOrder: boolean,
  place: FaultPlace,
): { readonly order: ColumnOrder } | { readonly fault: FileFault } {
  const names = cells.map(comparable);
  // Where the heading is missing, a person's own record stands in its place.
  const sensitive = row.fields.some((field) => field.sensitive === true);
  const fault = (index: number | null, message: string): { fault: FileFault } => ({
    fault: {
      ...faultOf(place, 'heading', message),
      position: index === null ? null : printedColumn(index + 1),
      value: index === null ? null : shownValue(cells[index], sensitive),
    },
  });
  const places = row.fields.map(({ name }, index) =>
    anyOrder ? names.indexOf(comparable(name)) : index < names.length ? index : -1,
  );
  for (const [index, at] of places.entries()) {
    const { name } = row.fields[index]!;
    if (at < 0 && index < row.leastColumns) return fault(null, `The heading has no column "${name}"`);
    if (at < 0) continue;
    if (names[at] !== comparable(name)) return fault(at, `The heading must name column ${at + 1} "${name}"`);
    if (names.indexOf(comparable(name), at + 1) >= 0 && anyOrder) {
      return fault(at, `The heading names "${name}" twice`);
    }
  }
  const extra = names.findIndex((_name, index) => !places.includes(index));
  if (extra >= 0 && !row.openEnd) return fault(extra, 'The heading has a column that the layout does not know');
  return { order: { places, count: names.length } };
}

function comparable(name: string): string {
  return name.trim().toLowerCase();
}
