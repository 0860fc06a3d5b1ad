import type { DecodedRecord, FileFault, FileFormatContext } from '../contract/files.js';
import type { CompiledLayout, CompiledRecord, CompiledSegment } from './compiled-layout.js';
import type { FieldProblem } from './compiled-part.js';
import { faultOf, fieldFault, type FaultPlace } from './fault.js';
import { violationFault } from './file-writer.js';
import { printedPosition } from './field-key.js';
import type { MutableRecord } from './field-readers.js';
import type { FormatOptions } from './format-options.js';
import type { RecordFramer } from './record-framer.js';

/** Reads the records of one file, in order. Faults wait in `faults` until they are taken. */
export class FileReader {
  readonly faults: FileFault[] = [];
  #number = 0;
  #finished = false;
  readonly #slots: Float64Array;
  readonly #problems: FieldProblem[] = [];

  constructor(
    private readonly compiled: CompiledLayout,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
  ) {
    this.#slots = compiled.totals.start();
  }

  /** Reads the framer's record. Gives null, and leaves faults, for a record that can't be used. */
  read(framer: RecordFramer): DecodedRecord | null {
    this.#number += 1;
    let { bytes, start, end } = framer;
    const type = this.compiled.recognise(bytes, start, end);
    if (!this.#inOrder(type)) return null;
    const severity =
      type !== null && (type === this.compiled.header || type === this.compiled.trailer) ? 'file' : 'record';
    const place: FaultPlace = { severity, file: this.context.file, record: this.#number };
    if (type === null) {
      this.faults.push(faultOf(place, 'record-type', 'No type of record starts like this'));
      return null;
    }
    if (type === this.compiled.trailer) this.#finished = true;
    if (!this.#hasLength(type, end - start, framer.unterminated, place)) return null;
    if (end - start < type.part.length) {
      bytes = withBlanks(bytes.subarray(start, end), type.part.length);
      start = 0;
      end = type.part.length;
    }

    const text = bytes.toString('latin1', start, end);
    const record: MutableRecord = {};
    const problems = this.#problems;
    problems.length = 0;
    const before = this.faults.length;
    type.part.read(bytes, start, text, 0, record, problems);
    for (const counter of type.counters) counter(bytes, start, this.#slots);
    if (type.segments.length > 0) this.#readSegments(type, framer, text, record, place);
    else if (type.openEnd) end = start + type.part.length;
    else if (end - start > type.part.length) this.faults.push(this.#lengthFault(type, end - start, place));
    this.#checkLengthWord(type, record, end - start, place);
    // In a record of the wrong length nothing stands where it should: its fields would blame the wrong ones, and show
    // an identifier under another field's name.
    if (this.faults.length === before) for (const problem of problems) this.faults.push(fieldFault(place, problem));
    this.#checkCharacters(type, bytes, start, end, place);
    if (this.faults.length === before) this.#checkAcrossFields(type, record, place);
    return this.faults.length === before ? { record, number: this.#number, type: type.name } : null;
  }

  /** A run of bytes that is too long to be a record. */
  tooLong(): void {
    this.#number += 1;
    if (!this.#inOrder(null)) return;
    const place: FaultPlace = { severity: 'record', file: this.context.file, record: this.#number };
    this.faults.push(faultOf(place, 'length', `The record exceeds ${this.compiled.maxRecordLength} bytes`));
  }

  /** Records that nothing delimits, and one whose length can't be told: what follows can't be found. */
  lost(): void {
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: this.#number + 1 };
    this.faults.push(faultOf(place, 'length', 'The length of this record can not be told, and nothing delimits it'));
  }

  /** The bytes are at their end: a file without its trailer, or without anything, is cut. */
  finish(): void {
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: null };
    if (this.#number === 0) this.faults.push(faultOf(place, 'truncated', 'The file is empty'));
    else if (this.compiled.trailer !== null && !this.#finished) {
      this.faults.push(faultOf(place, 'truncated', 'The file ends without its trailer'));
    }
  }

  /** Whether reading goes on: nothing may follow a trailer. */
  get stopped(): boolean {
    return this.#number > 0 && this.faults.some((fault) => fault.rule === 'after-trailer');
  }

  #inOrder(type: CompiledRecord | null): boolean {
    const { header } = this.compiled;
    const place: FaultPlace = { severity: 'file', file: this.context.file, record: this.#number };
    if (this.#finished) {
      this.faults.push(faultOf(place, 'after-trailer', 'There are records after the trailer'));
      return false;
    }
    if (header === null) return true;
    if (this.#number === 1 && type !== header)
      this.faults.push(faultOf(place, 'header', 'The file does not start with its header'));
    if (this.#number > 1 && type === header) {
      this.faults.push(faultOf(place, 'header', 'A second header stands inside the file'));
      return false;
    }
    return true;
  }

  #hasLength(type: CompiledRecord, length: number, unterminated: boolean, place: FaultPlace): boolean {
    // A line that nothing ended may have been cut on its way: only a line end shows that blanks were cut on purpose.
    if (length >= type.part.length || (type.cutBlanks && !unterminated)) return true;
    this.faults.push(
      unterminated
        ? faultOf({ ...place, severity: 'file' }, 'truncated', `The file ends inside a ${type.name} record`)
        : this.#lengthFault(type, length, place),
    );
    return false;
  }

  #lengthFault(type: CompiledRecord, length: number, place: FaultPlace): FileFault {
    return faultOf(place, 'length', `A ${type.name} record has ${type.part.length} bytes, this one ${length}`);
  }

  #readSegments(
    type: CompiledRecord,
    framer: RecordFramer,
    text: string,
    record: MutableRecord,
    place: FaultPlace,
  ): void {
    const { bytes, start, end } = framer;
    const segments: MutableRecord[] = [];
    let at = start + type.part.length;
    let before: CompiledSegment | undefined;
    let repeated = 0;
    while (at < end) {
      const position = `${at - start + 1}-${Math.min(at - start + type.identifierLength, end - start)}`;
      const segment = segmentAt(type, bytes, at, end);
      if (segment === undefined) {
        const value = text.substring(at - start, at - start + type.identifierLength);
        const shown = value.replace(/[^ -~]/g, '?');
        this.faults.push({ ...faultOf(place, 'segment', 'No whole segment starts here'), position, value: shown });
        return;
      }
      repeated = before === segment ? repeated + 1 : 1;
      if (before !== undefined && before.order > segment.order) {
        const message = `Segment ${segment.name} must stand before ${before.name}`;
        this.faults.push({ ...faultOf(place, 'segment-order', message), position, value: segment.name });
      }
      if (repeated > segment.most || segments.length >= type.mostSegments) {
        const message = `Segment ${segment.name} may not appear again`;
        this.faults.push({ ...faultOf(place, 'segment-repeats', message), position, value: segment.name });
        return;
      }
      const into: MutableRecord = {};
      segment.part.read(bytes, at, text, at - start, into, this.#problems);
      for (const counter of segment.counters) counter(bytes, at, this.#slots);
      segments.push(into);
      at += segment.part.length;
      before = segment;
    }
    if (segments.length > 0) record['segments'] = segments;
  }

  #checkCharacters(type: CompiledRecord, bytes: Uint8Array, start: number, end: number, place: FaultPlace): void {
    const { readable } = this.compiled;
    for (let i = start; i < end; i += 1) {
      if (readable[bytes[i]!] === 1) continue;
      const field = type.part.fieldAt(i - start);
      const printed = field === null ? String(i - start + 1) : printedPosition(field);
      const fault = faultOf(
        place,
        'characters',
        `A byte at ${i - start + 1} is no character of the file's character set`,
      );
      this.faults.push({ ...fault, field: field === null ? null : type.part.keyOf(field), position: printed });
      return;
    }
  }

  #checkLengthWord(type: CompiledRecord, record: MutableRecord, length: number, place: FaultPlace): void {
    const field = type.lengthField;
    if (field === null) return;
    const key = type.part.keyOf(field);
    const stated = record[key] as number | undefined;
    if (stated === length || stated === undefined) return;
    const message = `${field.name} states ${stated} bytes, the record has ${length}`;
    this.faults.push({
      ...faultOf(place, 'record-length', message),
      field: key,
      position: printedPosition(field),
      value: String(stated),
    });
  }

  #checkAcrossFields(type: CompiledRecord, record: MutableRecord, place: FaultPlace): void {
    if (type === this.compiled.trailer) this.#checkTotals(record, place);
    else if (type !== this.compiled.header && this.options.check !== undefined) {
      for (const violation of this.options.check(record))
        this.faults.push(violationFault(place, violation, record, type));
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
        position: printedPosition(field),
        value: String(stated),
      });
    });
  }
}

function withBlanks(line: Uint8Array, length: number): Buffer {
  const whole = Buffer.alloc(length, ' ');
  whole.set(line);
  return whole;
}

function segmentAt(type: CompiledRecord, bytes: Uint8Array, at: number, end: number): CompiledSegment | undefined {
  for (const segment of type.segments) {
    if (at + segment.part.length > end) continue;
    let same = true;
    for (let i = 0; i < segment.identifier.length; i += 1) same &&= bytes[at + i] === segment.identifier[i];
    if (same) return segment;
  }
  return undefined;
}
