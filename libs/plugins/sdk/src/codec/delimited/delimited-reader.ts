import type { DecodedRecord, FileFault, FileFormatContext, LegibleRecord } from '../../contract/files.js';
import { faultOf, type FaultPlace } from '../fault.js';
import type { MutableRecord } from '../field-readers.js';
import type { FormatOptions } from '../format-options.js';
import { CellCutter } from './cell-cutter.js';
import { cellFault, cutFault, printedColumn } from './cell-fault.js';
import type { CellProblem, CompiledDelimited, CompiledRow } from './compiled-delimited.js';
import { readHeading, type ColumnOrder } from './heading-order.js';
import { rowViolation } from './row-violation.js';

/** Characters that no cell may hold, line breaks aside: control characters and what stands for bytes that are none. */
const NOT_IN_CELLS = /(?!\n)[\p{Cc}\p{Cs}\ufffd]/u;

/** What a line turned out to be. `open` waits for the rest of a quoted cell. */
export type LineKind = 'open' | 'heading' | 'record';

/** Reads the lines of one file, in order. Faults wait in `faults` until they are taken. */
export class DelimitedReader {
  readonly faults: FileFault[] = [];
  /** What could be read of the record last read, where it has faults and that is to be told. */
  legible: LegibleRecord | null = null;
  readonly cutter: CellCutter;
  /** The type of the record last read, where something recognised it. */
  type: CompiledRow | null = null;
  /** The order of its columns in the file, where the heading says one. */
  order: ColumnOrder | null = null;
  kind: LineKind = 'record';
  /** Nothing after this can be told apart, or may be there at all. */
  stopped = false;
  number = 0;
  #size = 0;
  #suspect = false;
  #finished = false;
  readonly #slots: Float64Array;
  readonly #suspicious: RegExp;
  readonly #headingAt: number;

  constructor(
    private readonly compiled: CompiledDelimited,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
    keepRaw = false,
  ) {
    const { separator } = compiled.syntax;
    this.cutter = new CellCutter(compiled.syntax, keepRaw);
    this.#slots = compiled.totals.start();
    // A separator may itself be a control character: then only those inside cells matter.
    this.#suspicious = separator === '\t' ? /(?!\t)[\p{Cc}\p{Cs}\ufffd]/u : NOT_IN_CELLS;
    this.#headingAt = compiled.layout.heading === undefined ? 0 : compiled.header === null ? 1 : 2;
  }

  /** Whether the next line belongs to the record that was begun. */
  get isOpen(): boolean {
    return this.cutter.open;
  }

  /** Reads a line. Gives null for one that is no record, and for a record that can't be used, leaving its faults. */
  read(line: string, unterminated: boolean): DecodedRecord | null {
    const { cutter, compiled } = this;
    this.legible = null;
    if (cutter.open) {
      this.#size += line.length + 1;
      cutter.goOn(line);
    } else {
      this.number += 1;
      this.type = null;
      this.kind = 'record';
      this.#size = line.length;
      this.#suspect = false;
      cutter.cut(line);
    }
    this.#suspect ||= this.#suspicious.test(line);
    if (this.#size > compiled.layout.maxRecordLength) {
      if (cutter.open) this.#lost();
      else this.#exceeds();
      return null;
    }
    if (cutter.open) {
      if (compiled.severalLines && !unterminated) {
        this.kind = 'open';
        return null;
      }
      // Where no column goes over several lines, the line's end ends the record: a lost quote harms no other.
      cutter.close();
    }
    this.kind = 'record';
    return this.#readCells(unterminated);
  }

  /** A run of characters that is too long to be a record. */
  tooLong(): void {
    this.legible = null;
    if (this.cutter.open) {
      this.#lost();
      return;
    }
    this.number += 1;
    this.#exceeds();
  }

  #exceeds(): void {
    this.type = null;
    this.kind = 'record';
    this.cutter.clear();
    if (!this.#inOrder(null)) return;
    const place: FaultPlace = { severity: 'record', file: this.context.file, record: this.number };
    const { maxRecordLength } = this.compiled.layout;
    this.faults.push(faultOf(place, 'length', `The record exceeds ${maxRecordLength} characters`));
  }

  /** A quoted cell without end: nothing tells which of the characters after it belong to it. */
  #lost(): void {
    this.cutter.clear();
    this.kind = 'record';
    this.stopped = true;
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: this.number };
    const { maxRecordLength } = this.compiled.layout;
    const message = `A quote is opened and not closed within ${maxRecordLength} characters: what follows can not be told apart`;
    this.faults.push(faultOf(place, 'quote', message));
  }

  /** The characters are at their end: a file without its trailer, its heading or anything is cut. */
  finish(): void {
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: null };
    if (this.cutter.open) {
      this.faults.push(faultOf({ ...place, record: this.number }, 'truncated', 'The file ends inside a quoted cell'));
    } else if (this.number === 0) this.faults.push(faultOf(place, 'truncated', 'The file is empty'));
    else if (this.number < this.#headingAt) {
      this.faults.push(faultOf(place, 'truncated', 'The file ends before its heading'));
    } else if (this.compiled.trailer !== null && !this.#finished) {
      this.faults.push(faultOf(place, 'truncated', 'The file ends without its trailer'));
    }
  }

  #readCells(unterminated: boolean): DecodedRecord | null {
    const { cutter, compiled, faults } = this;
    if (this.number === this.#headingAt) {
      this.#readHeading();
      return null;
    }
    const type = compiled.recognise(cutter.cells);
    this.type = type;
    if (!this.#inOrder(type)) return null;
    const severity = type !== null && (type === compiled.header || type === compiled.trailer) ? 'file' : 'record';
    const place: FaultPlace = { severity, file: this.context.file, record: this.number };
    if (type !== null && type === compiled.trailer) this.#finished = true;
    const before = faults.length;
    if (cutter.fault !== null) faults.push(cutFault(place, cutter.fault, cutter.column));
    else if (type === null) faults.push(faultOf(place, 'record-type', 'No type of record has these columns'));
    if (type === null) return null;

    const cells = this.#arranged(type);
    for (const counter of type.counters) counter(cells, this.#slots);
    if (faults.length > before || !this.#hasColumns(type, unterminated, place)) return null;
    const record: MutableRecord = {};
    const problems: CellProblem[] = [];
    type.read(cells, record, problems);
    for (const { field, rule, value } of problems) {
      faults.push(cellFault(place, field, this.columnOf(type, field.column - 1), rule, value));
    }
    const wrong = faults.length;
    if (this.#suspect || (cutter.marked && compiled.syntax.separator === '\t')) {
      this.#checkCharacters(type, cells, place);
    }
    if (this.options.legible === true && wrong > before && faults.length === wrong) {
      this.legible = { record, type: type.name };
    }
    if (faults.length === before) this.#checkAcrossFields(type, record, place);
    return faults.length === before ? { record, number: this.number, type: type.name } : null;
  }

  /** The column in which a field of the record stands in this file, from 1. */
  columnOf(type: CompiledRow, index: number): number {
    const at = this.#orderOf(type)?.places[index] ?? index;
    return (at < 0 ? index : at) + 1;
  }

  #orderOf(type: CompiledRow): ColumnOrder | null {
    return type === this.compiled.records[0] && this.compiled.layout.heading?.anyOrder === true ? this.order : null;
  }

  /** The cells in the layout's order. */
  #arranged(type: CompiledRow): readonly string[] {
    const { cells } = this.cutter;
    const order = this.#orderOf(type);
    return order === null ? cells : order.places.map((at) => cells[at] ?? '');
  }

  #hasColumns(type: CompiledRow, unterminated: boolean, place: FaultPlace): boolean {
    const { length } = this.cutter.cells;
    const order = this.#orderOf(type);
    const most = order?.count ?? type.fields.length;
    const least = order === null ? type.leastColumns : Math.max(0, ...order.places.slice(0, type.leastColumns)) + 1;
    if (length >= least && (length <= most || type.openEnd)) return true;
    if (length < least && unterminated) {
      const fault = faultOf({ ...place, severity: 'file' }, 'truncated', `The file ends inside a ${type.name} record`);
      this.faults.push(fault);
      return false;
    }
    const wanted = least === most ? String(most) : type.openEnd ? `at least ${least}` : `${least} to ${most}`;
    this.faults.push(faultOf(place, 'columns', `A ${type.name} record has ${wanted} columns, this one ${length}`));
    return false;
  }

  #readHeading(): void {
    const { compiled, cutter } = this;
    this.kind = 'heading';
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: this.number };
    const anyOrder = compiled.layout.heading?.anyOrder === true;
    const read =
      cutter.fault === null
        ? readHeading(cutter.cells, compiled.records[0]!, anyOrder, place)
        : { fault: cutFault(place, cutter.fault, cutter.column) };
    if ('fault' in read) {
      this.faults.push(read.fault);
      this.stopped = true;
    } else this.order = read.order;
  }

  #inOrder(type: CompiledRow | null): boolean {
    const { header } = this.compiled;
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: this.number };
    if (this.#finished) {
      this.faults.push(faultOf(place, 'after-trailer', 'There are records after the trailer'));
      this.stopped = true;
      return false;
    }
    if (header === null) return true;
    if (this.number === 1 && type !== header) {
      this.faults.push(faultOf(place, 'header', 'The file does not start with its header'));
    }
    if (this.number > 1 && type === header) {
      this.faults.push(faultOf(place, 'header', 'A second header stands inside the file'));
      return false;
    }
    return true;
  }

  #checkCharacters(type: CompiledRow, cells: readonly string[], place: FaultPlace): void {
    const bad = cells.slice(0, type.fields.length).findIndex((cell) => NOT_IN_CELLS.test(cell));
    if (bad < 0) return;
    const fault = cellFault(place, type.fields[bad]!, this.columnOf(type, bad), 'characters', cells[bad]);
    const message = `${type.fields[bad]!.name} has a character that is none of the file's character set`;
    this.faults.push({ ...fault, message });
  }

  #checkAcrossFields(type: CompiledRow, record: MutableRecord, place: FaultPlace): void {
    if (type === this.compiled.trailer) this.#checkTotals(record, place);
    else if (type !== this.compiled.header && this.options.check !== undefined) {
      for (const violation of this.options.check(record)) {
        this.faults.push(rowViolation(place, violation, record, type));
      }
    }
  }

  #checkTotals(record: MutableRecord, place: FaultPlace): void {
    const { totals } = this.compiled;
    totals.fields.forEach(({ field, key }, index) => {
      const stated = record[key] as number | undefined;
      const counted = totals.value(this.#slots, index);
      if (stated === undefined || stated === counted) return;
      this.faults.push({
        ...faultOf(place, 'total', `${field.name} states ${stated}, the file has ${counted}`),
        field: key,
        position: printedColumn(field.column),
        value: String(stated),
      });
    });
  }
}
