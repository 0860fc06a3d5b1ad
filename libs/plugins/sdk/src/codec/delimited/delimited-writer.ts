import type { EncoderInput, FileFault, FileFormatContext, PartnerRecord } from '../../contract/files.js';
import { faultOf, type FaultPlace } from '../fault.js';
import type { MutableRecord } from '../field-readers.js';
import type { FormatOptions } from '../format-options.js';
import { cellFault } from './cell-fault.js';
import { cellJoiner, type JoinedCells } from './cell-joiner.js';
import type { CellProblem, CompiledDelimited, CompiledRow } from './compiled-delimited.js';
import { rowViolation } from './row-violation.js';

/** Characters that are handed on together. */
const CHUNK = 64 * 1024;

/** Writes one file into lines. A record that can't be written leaves no character and no count behind. */
export class DelimitedWriter {
  #lines: string[] = [];
  #size = 0;
  #written = 0;
  #started = false;
  /** Heading, header or trailer can't be written: nothing more is, and the file must not be used. */
  #broken = false;
  readonly #slots: Float64Array;
  readonly #join: (cells: readonly string[]) => JoinedCells;

  constructor(
    private readonly compiled: CompiledDelimited,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
    private readonly onFault: (fault: FileFault, inputNumber: number) => void,
  ) {
    this.#slots = compiled.totals.start();
    this.#join = cellJoiner(compiled);
  }

  /** Whether enough was written to be handed on. */
  get isFull(): boolean {
    return this.#size >= CHUNK;
  }

  /** Hands over what was written since the last time. */
  take(): string {
    const text = this.#lines.join('');
    this.#lines = [];
    this.#size = 0;
    return text;
  }

  /**
   * Adds a record of the input, or a list of them that stands or falls together. Headers and trailers are skipped, except
   * a header that nobody else supplies.
   */
  add(input: EncoderInput, inputNumber: number): void {
    if (!Array.isArray(input)) {
      this.#addOne(input as PartnerRecord, inputNumber);
      return;
    }
    const lines = this.#lines.length;
    const size = this.#size;
    const written = this.#written;
    const started = this.#started;
    const counts = this.#slots.slice();
    for (const record of input as readonly PartnerRecord[]) {
      if (this.#addOne(record, inputNumber)) continue;
      // A header that was written for these records is taken back too: the next record brings it again.
      this.#lines.length = lines;
      this.#size = size;
      this.#written = written;
      this.#started = started;
      this.#slots.set(counts);
      return;
    }
  }

  /** Writes the trailer, and the header of a file without records. */
  finish(): void {
    if (!this.#started) this.#start(this.options.header?.(this.context) ?? {}, 0);
    const { trailer, totals } = this.compiled;
    if (trailer === null || this.#broken) return;
    const record: MutableRecord = { ...this.options.trailer?.(this.context) };
    totals.fields.forEach(({ key }, index) => {
      record[key] = totals.value(this.#slots, index);
    });
    this.#write(trailer, record, 0, 'file');
  }

  /** Whether nothing of the record was refused. */
  #addOne(record: PartnerRecord, inputNumber: number): boolean {
    const { compiled } = this;
    if (this.#broken) return true;
    if (record === null || typeof record !== 'object' || Array.isArray(record)) {
      return this.#refuse(inputNumber, 'record', 'A record must be an object');
    }
    const type = compiled.typeOf(record);
    if (type === null) return this.#refuse(inputNumber, 'record-type', 'Nothing says what type of record this is');
    if (type === compiled.header) {
      if (this.options.header === undefined && !this.#started) this.#start(record, inputNumber);
      return true;
    }
    if (type === compiled.trailer) return true;
    if (!this.#started) this.#start(this.options.header?.(this.context) ?? {}, 0);
    return this.#broken || this.#write(type, record, inputNumber, 'record');
  }

  #start(header: PartnerRecord, inputNumber: number): void {
    this.#started = true;
    const { compiled } = this;
    if (compiled.header !== null) this.#write(compiled.header, header, inputNumber, 'file');
    if (compiled.layout.heading === undefined || this.#broken) return;
    const names = compiled.records[0]!.fields.map(({ name }) => name);
    const joined = this.#join(names);
    // The layout's check has found every name that its syntax can't carry.
    if ('text' in joined) this.#put(joined.text);
  }

  #write(type: CompiledRow, record: PartnerRecord, inputNumber: number, severity: FileFault['severity']): boolean {
    const place: FaultPlace = { severity, file: this.context.file, record: this.#written + 1 };
    let refused = false;
    const refuse = (fault: FileFault): void => {
      refused = true;
      this.onFault(fault, inputNumber);
    };
    const problems: CellProblem[] = [];
    const { cells, unknown } = type.write(record, problems);
    for (const key of unknown) {
      refuse({ ...faultOf(place, 'unknown-field', 'The layout has no such field'), field: key.slice(0, 80) });
    }
    for (const { field, rule, value } of problems) refuse(cellFault(place, field, field.column, rule, value));
    if (!refused && severity === 'record' && this.options.check !== undefined) {
      for (const violation of this.options.check(record)) refuse(rowViolation(place, violation, record, type));
    }
    const joined = refused ? null : this.#join(cells);
    if (joined !== null && 'bad' in joined) {
      const field = type.fields[joined.bad]!;
      refuse(cellFault(place, field, field.column, 'separator', cells[joined.bad]));
    } else if (joined !== null && joined.text.length > this.compiled.layout.maxRecordLength) {
      refuse(faultOf(place, 'length', `The record would exceed ${this.compiled.layout.maxRecordLength} characters`));
    }
    if (refused || joined === null || !('text' in joined)) {
      this.#broken = severity === 'file';
      return false;
    }
    for (const counter of type.counters) counter(cells, this.#slots);
    this.#put(joined.text);
    return true;
  }

  #put(text: string): void {
    this.#lines.push(text, this.compiled.lineEnd);
    this.#size += text.length + this.compiled.lineEnd.length;
    this.#written += 1;
  }

  #refuse(inputNumber: number, rule: string, message: string): false {
    const place: FaultPlace = { severity: 'record', file: this.context.file, record: this.#written + 1 };
    this.onFault(faultOf(place, rule, message), inputNumber);
    return false;
  }
}
