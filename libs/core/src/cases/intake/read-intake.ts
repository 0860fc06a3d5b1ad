import { CsvError, parse } from 'csv-parse/sync';
import { readHeader } from './csv-columns.js';
import type { IntakeFault, IntakeItem } from './intake-fault.js';
import { LONGEST_RECORD, physicalRecords } from './physical-records.js';
import type { PhysicalRecord } from './physical-records.js';
import { readCsvRow } from './read-csv-row.js';
import { readJsonRow } from './read-json-row.js';

/** `csv`: the columns of `CSV_COLUMNS`, comma separated. `jsonl`: one intake row as JSON on each line. */
export type IntakeFormat = 'csv' | 'jsonl';

export interface IntakeDefaults {
  /** Currency of rows that name none: the jurisdiction's. ISO 4217. */
  readonly currency: string;
}

/**
 * Reads debts from a source's file in constant memory, in the file's order, each with the physical line on which it
 * begins. UTF-8, with or without a byte order mark, LF or CR LF.
 *
 * A bad row is yielded with its faults and harms no other. A fault of severity `file` is always the last item: nothing
 * after it was read. A failing stream throws.
 */
export function readIntake(
  stream: AsyncIterable<Uint8Array>,
  format: IntakeFormat,
  defaults: IntakeDefaults,
): AsyncGenerator<IntakeItem> {
  return format === 'csv' ? readCsv(stream, defaults) : readJsonLines(stream, defaults);
}

async function* readJsonLines(
  stream: AsyncIterable<Uint8Array>,
  { currency }: IntakeDefaults,
): AsyncGenerator<IntakeItem> {
  for await (const record of physicalRecords(stream, { quotes: false })) {
    if (record.fault !== undefined) yield unreadable(record.line, record.fault);
    else if (record.text.trim() !== '') yield readJsonRow(record.line, record.text, currency);
  }
}

async function* readCsv(stream: AsyncIterable<Uint8Array>, { currency }: IntakeDefaults): AsyncGenerator<IntakeItem> {
  let names: readonly string[] | undefined;
  for await (const record of physicalRecords(stream, { quotes: true })) {
    const { line } = record;
    const cells = record.fault === undefined ? cellsOf(record.text) : undefined;
    if (cells?.every((cell) => cell === '')) continue;
    if (names === undefined) {
      const header = cells === undefined ? { reasons: [reasonOf(record)] } : readHeader(cells);
      if (header.reasons !== undefined) {
        yield { line, faults: header.reasons.map((reason) => fault('file', line, reason)) };
        return;
      }
      names = header.names;
    } else if (record.fault !== undefined) {
      yield unreadable(line, record.fault);
    } else if (cells === undefined) {
      yield { line, faults: [fault('row', line, reasonOf(record))] };
    } else if (cells.length !== names.length) {
      // Which cell is missing can't be known, so none is shown or believed.
      yield { line, faults: [fault('row', line, `has ${cells.length} cells where the header has ${names.length}`)] };
    } else {
      yield readCsvRow(line, new Map(names.map((name, index) => [name, cells[index] ?? ''])), currency);
    }
  }
  if (names === undefined)
    yield { line: 1, faults: [fault('file', 1, 'is empty: the first line must name the columns')] };
}

/** The cells of one record, each on one line without surplus blanks; undefined where its quotes are not those of CSV. */
function cellsOf(text: string): string[] | undefined {
  // Most records have no quote, and then a comma is nothing but a separator.
  if (!text.includes('"')) return text.split(',').map(onOneLine);
  try {
    const [cells = []] = parse(text, { record_delimiter: '\n' });
    return cells.map(onOneLine);
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    // Its message quotes the cell, which may be anything, and is therefore not passed on.
    return undefined;
  }
}

function onOneLine(cell: string): string {
  return cell.replace(/\s+/g, ' ').trim();
}

function unreadable(line: number, kind: NonNullable<PhysicalRecord['fault']>): IntakeItem {
  return { line, faults: [fault(kind === 'quote' ? 'file' : 'row', line, REASONS[kind])] };
}

const REASONS = {
  size: `is longer than ${LONGEST_RECORD} bytes`,
  encoding: 'is not UTF-8: save the file in that encoding',
  quote: 'opens a quote that is not closed: nothing from here on was read',
} as const;

function reasonOf(record: PhysicalRecord): string {
  return record.fault === undefined
    ? 'has a quote out of place: a quoted cell must begin and end with a quote, and quotes in it are doubled'
    : REASONS[record.fault];
}

function fault(severity: IntakeFault['severity'], line: number, reason: string): IntakeFault {
  return { severity, line, column: null, value: null, reason };
}
