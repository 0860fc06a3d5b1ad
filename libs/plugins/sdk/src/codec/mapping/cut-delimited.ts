import type { FileFormatContext } from '../../contract/files.js';
import { fieldKey } from '../field-key.js';
import { printedColumn } from '../delimited/cell-fault.js';
import { cellReader } from '../delimited/cell-readers.js';
import { CompiledDelimited, type CompiledRow } from '../delimited/compiled-delimited.js';
import { linesRead } from '../delimited/delimited-format.js';
import type { DelimitedLayout } from '../delimited/delimited-layout.js';
import { DelimitedReader } from '../delimited/delimited-reader.js';
import type { MutableRecord } from '../field-readers.js';
import { hasIdentifiers, isInPlace, shapeOf, shownField, type CutField, type CutRecord } from './cut-record.js';

/** Cuts a file of separated columns into its cells, to its end. */
export async function* cutDelimited(
  layout: DelimitedLayout,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<CutRecord> {
  const compiled = new CompiledDelimited(layout);
  const reader = new DelimitedReader(compiled, {}, context, true);
  const masked = hasIdentifiers(layout);
  for await (const _read of linesRead(compiled, reader, bytes)) {
    if (reader.kind === 'open') continue;
    const { type, kind, number } = reader;
    const faults = reader.faults.splice(0);
    const name = kind === 'heading' ? 'heading' : (type?.name ?? null);
    const fields =
      kind === 'record' && type !== null && isInPlace(type, faults)
        ? cellsOf(type, reader)
        : looseCells(reader.cutter.raw, masked && (kind !== 'heading' || faults.length > 0));
    yield { number, type: name, fields, faults };
  }
  if (reader.faults.length > 0) yield { number: null, type: null, fields: [], faults: reader.faults.splice(0) };
}

function cellsOf(type: CompiledRow, reader: DelimitedReader): CutField[] {
  const { cells, raw } = reader.cutter;
  return type.fields.map((field, index) => {
    const column = reader.columnOf(type, index);
    const key = fieldKey(field);
    const into: MutableRecord = {};
    cellReader(field, key)?.(cells[column - 1] ?? '', into);
    return shownField(field, key, printedColumn(column), raw[column - 1] ?? '', into[key]);
  });
}

/** Cells of a heading, or of a record whose columns are not those of the table. */
function looseCells(raw: readonly string[], masked: boolean): CutField[] {
  return raw.map((text, index) => ({
    name: '',
    key: '',
    position: printedColumn(index + 1),
    raw: masked ? shapeOf(text) : text,
    value: undefined,
    hidden: masked,
  }));
}
