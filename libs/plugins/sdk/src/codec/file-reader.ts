import type { DecodedRecord, FileFault, FileFormatContext, LegibleRecord } from '../contract/files.js';
import type { CompiledLayout } from './compiled-layout.js';
import type { FieldProblem } from './compiled-part.js';
import { segmentAt, type CompiledRecord, type CompiledSegment } from './compiled-record.js';
import { faultOf, fieldFault, type FaultPlace } from './fault.js';
import type { MutableRecord } from './field-codec.js';
import { printedPosition } from './field-key.js';
import type { FormatOptions } from './format-options.js';
import { readGroups } from './group-reading.js';
import { MOST_FAULTS, MOST_RECORD_FAULTS } from './layout.js';
import { RecordBytes, type Unreadable } from './part-reading.js';
import type { FramingFailure, RecordFramer } from './record-framer.js';
import { readSegments, segmentOccurrence } from './segment-reading.js';
import { violationFault } from './violation.js';

/** Reads the records of one file, in order. Faults wait in `faults` until they are taken. */
export class FileReader {
  readonly faults: FileFault[] = [];
  /** What could be read of the record last read, where it has faults and that is to be told. */
  legible: LegibleRecord | null = null;
  #number = 0;
  #finished = false;
  #stopped = false;
  /** Faults told so far. */
  #told = 0;
  readonly #slots: Float64Array;
  readonly #problems: FieldProblem[] = [];
  readonly #bytes: RecordBytes;

  constructor(
    private readonly compiled: CompiledLayout,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
  ) {
    this.#slots = compiled.totals.start();
    this.#bytes = new RecordBytes(compiled.characters, compiled.maxRecordLength);
  }

  /** Reads the framer's record. Gives null, and leaves faults, for a record that can't be used. */
  read(framer: RecordFramer): DecodedRecord | null {
    this.#number += 1;
    this.legible = null;
    const before = this.faults.length;
    const read = framer.failure === null ? this.#read(framer) : this.#failed(framer.failure);
    if (this.faults.length > before) this.#countFaults(before);
    return read;
  }

  /** A run of bytes that is too long to be a record. */
  tooLong(): void {
    this.#number += 1;
    this.legible = null;
    if (!this.#inOrder(null)) return;
    const before = this.faults.length;
    this.faults.push(
      faultOf(this.#place('record'), 'length', `The record exceeds ${this.compiled.maxRecordLength} bytes`),
    );
    this.#countFaults(before);
  }

  /** Records that nothing delimits, and one whose length can't be told: what follows can't be found. */
  lost(): void {
    this.legible = null;
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

  /** Whether reading ends here: nothing may follow a trailer, and what follows broken framing can't be found. */
  get stopped(): boolean {
    return this.#stopped;
  }

  #place(severity: FileFault['severity']): FaultPlace {
    return { severity, file: this.context.file, record: this.#number };
  }

  #failed({ rule, message, position }: FramingFailure): null {
    this.#stopped = true;
    this.faults.push({ ...faultOf(this.#place('file'), rule, message), position });
    return null;
  }

  #read(framer: RecordFramer): DecodedRecord | null {
    const { start, end } = framer;
    const { header, trailer, characters } = this.compiled;
    const type = this.compiled.recognise(framer.bytes, start, end);
    if (!this.#inOrder(type)) return null;
    const place = this.#place(type !== null && (type === header || type === trailer) ? 'file' : 'record');
    if (type === null) {
      this.faults.push(faultOf(place, 'record-type', 'No type of record starts like this'));
      return null;
    }
    if (type === trailer) this.#finished = true;
    if (!this.#hasLength(type, end - start, framer.unterminated, place)) return null;

    const bytes = this.#bytes;
    const { length } = type.part;
    if (end - start >= length) bytes.start(framer.bytes, start, end, type.isText);
    else bytes.start(withBlanks(framer.bytes.subarray(start, end), length, characters.blank), 0, length, type.isText);

    const record: MutableRecord = {};
    const problems = this.#problems;
    problems.length = 0;
    const before = this.faults.length;
    this.#readParts(type, record, place);
    this.#checkLengthWord(type, record, place);
    // In a record of the wrong length nothing stands where it should: its fields would blame the wrong ones, and show
    // an identifier under another field's name.
    const isInPlace = this.faults.length === before;
    if (isInPlace) for (const problem of problems) this.faults.push(fieldFault(place, problem));
    const wrong = this.faults.length;
    this.#checkCharacters(type, place);
    if (this.options.legible === true && isInPlace && wrong > before && this.faults.length === wrong) {
      this.legible = { record, type: type.name };
    }
    if (this.faults.length === before) this.#checkAcrossFields(type, record, framer.block, place);
    return this.faults.length === before ? { record, number: this.#number, type: type.name } : null;
  }

  #readParts(type: CompiledRecord, record: MutableRecord, place: FaultPlace): void {
    const bytes = this.#bytes;
    bytes.read(type.part, 0, 0, record, this.#problems);
    for (const counter of type.counters) counter(bytes.bytes, bytes.at, this.#slots);
    let end: number | null = type.part.length;
    if (type.groups.length > 0) end = readGroups(type, bytes, record, this.#problems, this.#slots);
    if (end === null || end === bytes.length) return;
    if (end < bytes.length && type.segments.length > 0) {
      readSegments(type, bytes, end, record, this.#problems, this.#slots, place, this.faults);
    } else if (type.openEnd) bytes.length = end;
    else this.faults.push(this.#lengthFault(type, end, bytes.length, place));
  }

  #inOrder(type: CompiledRecord | null): boolean {
    const { header } = this.compiled;
    const place = this.#place('file');
    if (this.#finished) {
      this.faults.push(faultOf(place, 'after-trailer', 'There are records after the trailer'));
      this.#stopped = true;
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
        : this.#lengthFault(type, type.part.length, length, place),
    );
    return false;
  }

  #lengthFault(type: CompiledRecord, wanted: number, length: number, place: FaultPlace): FileFault {
    return faultOf(place, 'length', `A ${type.name} record has ${wanted} bytes, this one ${length}`);
  }

  #checkCharacters(type: CompiledRecord, place: FaultPlace): void {
    const bytes = this.#bytes;
    if (!bytes.inPlace) {
      if (bytes.unreadable !== null) this.faults.push(unreadableFault(bytes.unreadable, place));
      return;
    }
    const { readable } = this.compiled.characters;
    const end = bytes.at + bytes.length;
    for (let i = bytes.at; i < end; i += 1) {
      if (readable[bytes.bytes[i]!] === 1) continue;
      this.faults.push(unreadableFault(partOf(type, bytes, i - bytes.at), place));
      return;
    }
  }

  #checkLengthWord(type: CompiledRecord, record: MutableRecord, place: FaultPlace): void {
    if (type.length === null) return;
    const { field } = type.length;
    const { length } = this.#bytes;
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

  #checkAcrossFields(type: CompiledRecord, record: MutableRecord, blocks: number, place: FaultPlace): void {
    if (type === this.compiled.trailer) this.#checkTotals(record, blocks, place);
    else if (type !== this.compiled.header && this.options.check !== undefined) {
      for (const violation of this.options.check(record))
        this.faults.push(violationFault(place, violation, record, type.part));
    }
  }

  #checkTotals(record: MutableRecord, blocks: number, place: FaultPlace): void {
    const { totals } = this.compiled;
    totals.fields.forEach(({ field, key }, index) => {
      const stated = record[key] as number | undefined;
      const counted = totals.value(this.#slots, index, blocks);
      if (stated === undefined || stated === counted) return;
      this.faults.push({
        ...faultOf(place, 'total', `${field.name} states ${stated}, the file has ${counted}`),
        field: key,
        position: printedPosition(field),
        value: String(stated),
      });
    });
  }

  /** Bounds what one record, and what one file, can make us tell. */
  #countFaults(before: number): void {
    const { faults } = this;
    if (faults.length - before > MOST_RECORD_FAULTS) {
      faults.length = before + MOST_RECORD_FAULTS;
      faults.push(faultOf(this.#place('record'), 'faults', `The record has more than ${MOST_RECORD_FAULTS} faults`));
    }
    this.#told += faults.length - before;
    if (this.#told <= MOST_FAULTS || this.#stopped) return;
    this.#stopped = true;
    faults.push(faultOf(this.#place('file'), 'faults', `The file has more than ${MOST_FAULTS} faults`));
  }
}

function withBlanks(line: Uint8Array, length: number, blank: number): Buffer {
  const whole = Buffer.alloc(length, blank);
  whole.set(line);
  return whole;
}

function unreadableFault({ part, occurrence, offset, byte }: Unreadable, place: FaultPlace): FileFault {
  const field = part.fieldAt(byte);
  const message = `A byte at ${offset + byte + 1} is no character of the file's character set`;
  return {
    ...faultOf(place, 'characters', message),
    field: field === null ? null : part.pathOf(field, occurrence),
    position: field === null ? String(offset + byte + 1) : printedPosition(field, offset),
  };
}

/** The part in which a byte of a record without groups stands, 0-based. */
function partOf(type: CompiledRecord, bytes: RecordBytes, byte: number): Unreadable {
  let offset = 0;
  let part = type.part;
  let before: CompiledSegment | undefined;
  let repeated = 0;
  while (byte >= offset + part.length) {
    const at = offset + part.length;
    const segment = segmentAt(type, bytes.bytes, bytes.at + at, bytes.at + bytes.length);
    if (segment === undefined) return { part, occurrence: 0, offset, byte: byte - offset };
    repeated = segment === before ? repeated + 1 : 1;
    before = segment;
    part = segment.part;
    offset = at;
  }
  return { part, occurrence: segmentOccurrence(repeated), offset, byte: byte - offset };
}
