import type { EncoderInput, FileFault, FileFormatContext, PartnerRecord } from '../contract/files.js';
import type { CompiledLayout, CompiledRecord, CompiledSegment } from './compiled-layout.js';
import type { FieldProblem } from './compiled-part.js';
import { faultOf, fieldFault, shownValue, type FaultPlace } from './fault.js';
import type { MutableRecord } from './field-readers.js';
import { printedPosition } from './field-key.js';
import type { FormatOptions, RecordViolation } from './format-options.js';

/** Bytes that are handed on together: large enough to make system calls rare, small enough to stay cheap to hold. */
const CHUNK = 128 * 1024;

export type OnFault = (fault: FileFault, inputNumber: number) => void;

/** Writes one file into chunks. A record that can't be written leaves no byte and no count behind. */
export class FileWriter {
  #chunk = Buffer.allocUnsafeSlow(CHUNK);
  #used = 0;
  #written = 0;
  #started = false;
  /** Header or trailer can't be written: nothing more is, and the file must not be used. */
  #broken = false;
  readonly #slots: Float64Array;
  readonly #problems: FieldProblem[] = [];
  readonly #added: CompiledSegment[] = [];
  /** Room that a record may need before it is known to fit. */
  readonly #room: number;

  constructor(
    private readonly compiled: CompiledLayout,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
    private readonly onFault: OnFault,
  ) {
    this.#slots = compiled.totals.start();
    this.#room = compiled.maxRecordLength + compiled.delimiter.length;
  }

  /** Whether so many records fit into the chunk, and a header before them; otherwise the chunk must be taken first. */
  hasRoomFor(records: number): boolean {
    return this.#chunk.length - this.#used >= (records + (this.#started ? 0 : 1)) * this.#room;
  }

  /** Hands over what was written and starts a new chunk with room for so many records. */
  take(records: number): Uint8Array {
    const taken = this.#chunk.subarray(0, this.#used);
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(CHUNK, (records + 1) * this.#room));
    this.#used = 0;
    return taken;
  }

  /**
   * Adds a record of the input, or a list of them that stands or falls together. Headers and trailers are skipped, except
   * a header that nobody else supplies.
   */
  add(input: EncoderInput, inputNumber: number): void {
    if (!isGroup(input)) {
      this.#addOne(input, inputNumber);
      return;
    }
    const used = this.#used;
    const written = this.#written;
    const started = this.#started;
    const counts = this.#slots.slice();
    for (const record of input) {
      if (this.#addOne(record, inputNumber)) continue;
      // A header that was written for these records is taken back too: the next record brings it again.
      this.#used = used;
      this.#written = written;
      this.#started = started;
      this.#slots.set(counts);
      return;
    }
  }

  /** Whether nothing of the record was refused. */
  #addOne(record: PartnerRecord, inputNumber: number): boolean {
    const { compiled } = this;
    if (this.#broken) return true;
    if (record === null || typeof record !== 'object' || Array.isArray(record)) {
      return this.#refuse('record', 'A record must be an object', inputNumber);
    }
    const type = compiled.typeOf(record);
    if (type === null) {
      return this.#refuse('record-type', 'Nothing says what type of record this is', inputNumber);
    }
    if (type === compiled.header) {
      if (this.options.header === undefined && !this.#started) this.#start(record, inputNumber);
      return true;
    }
    if (type === compiled.trailer) return true;
    if (!this.#started) this.#startOwn();
    return this.#broken || this.#write(type, record, inputNumber, 'record');
  }

  /** Writes the trailer, and the header of a file without records. */
  finish(): void {
    if (!this.#started) this.#startOwn();
    const { trailer, totals } = this.compiled;
    if (trailer === null || this.#broken) return;
    const record: MutableRecord = { ...this.options.trailer?.(this.context) };
    totals.fields.forEach(({ key }, index) => {
      record[key] = totals.value(this.#slots, index);
    });
    this.#write(trailer, record, 0, 'file');
  }

  #startOwn(): void {
    this.#start(this.options.header?.(this.context) ?? {}, 0);
  }

  #start(header: PartnerRecord, inputNumber: number): void {
    this.#started = true;
    if (this.compiled.header !== null) this.#write(this.compiled.header, header, inputNumber, 'file');
  }

  #write(type: CompiledRecord, record: PartnerRecord, inputNumber: number, severity: FileFault['severity']): boolean {
    const { part } = type;
    const chunk = this.#chunk;
    const at = this.#used;
    const problems = this.#problems;
    const added = this.#added;
    problems.length = 0;
    added.length = 0;

    const unknown = part.write(record, chunk, at, 0, problems);
    const place: FaultPlace = { severity, file: this.context.file, record: this.#written + 1 };
    let refused = false;
    const refuse = (fault: FileFault): void => {
      refused = true;
      this.onFault(fault, inputNumber);
    };
    for (const key of unknown) refuse(unknownField(place, key));

    let length = part.length;
    const { segments } = record;
    if (segments !== undefined && segments !== null) length = this.#writeSegments(type, segments, at, place, refuse);
    for (const problem of problems) refuse(fieldFault(place, problem));
    if (!refused && severity === 'record' && this.options.check !== undefined) {
      for (const violation of this.options.check(record)) refuse(violationFault(place, violation, record, type));
    }
    if (refused) {
      this.#broken = severity === 'file';
      return false;
    }

    const { lengthField } = type;
    if (lengthField !== null) {
      let rest = length;
      const first = at + lengthField.start - 1;
      for (let i = first + lengthField.length - 1; i >= first; i -= 1) {
        chunk[i] = 0x30 + (rest % 10);
        rest = (rest / 10) | 0;
      }
    }
    for (const counter of type.counters) counter(chunk, at, this.#slots);
    let segmentAt = at + part.length;
    for (const segment of added) {
      for (const counter of segment.counters) counter(chunk, segmentAt, this.#slots);
      segmentAt += segment.part.length;
    }
    const { delimiter } = this.compiled;
    for (let i = 0; i < delimiter.length; i += 1) chunk[at + length + i] = delimiter[i]!;
    this.#used = at + length + delimiter.length;
    this.#written += 1;
    return true;
  }

  #writeSegments(
    type: CompiledRecord,
    segments: unknown,
    at: number,
    place: FaultPlace,
    refuse: (fault: FileFault) => void,
  ): number {
    let length = type.part.length;
    if (!Array.isArray(segments) || segments.length > type.mostSegments) {
      refuse(faultOf(place, 'segments', `Segments must be a list of at most ${type.mostSegments}`));
      return length;
    }
    const added = this.#added;
    let repeated = 0;
    for (const candidate of segments as readonly unknown[]) {
      const segment = candidate as MutableRecord | null;
      const identifier = segment === null || typeof segment !== 'object' ? undefined : segment[type.segmentKey];
      const compiled = typeof identifier === 'string' ? type.segmentsByName.get(identifier) : undefined;
      if (segment === null || compiled === undefined) {
        refuse(
          faultOf(place, 'segment', `There is no segment ${shownValue(identifier, false) ?? 'without identifier'}`),
        );
        return length;
      }
      const before = added[added.length - 1];
      repeated = before === compiled ? repeated + 1 : 1;
      if (before !== undefined && before.order > compiled.order) {
        refuse(faultOf(place, 'segment-order', `Segment ${compiled.name} must stand before ${before.name}`));
        return length;
      }
      if (repeated > compiled.most) {
        refuse(faultOf(place, 'segment-repeats', `Segment ${compiled.name} may appear ${compiled.most} times at most`));
        return length;
      }
      if (length + compiled.part.length > this.compiled.maxRecordLength) {
        refuse(faultOf(place, 'length', `The record would exceed ${this.compiled.maxRecordLength} bytes`));
        return length;
      }
      const unknown = compiled.part.write(segment, this.#chunk, at + length, length, this.#problems);
      for (const key of unknown) refuse(unknownField(place, compiled.part.prefix + key));
      added.push(compiled);
      length += compiled.part.length;
    }
    return length;
  }

  #refuse(rule: string, message: string, inputNumber: number): false {
    this.onFault(
      faultOf({ severity: 'record', file: this.context.file, record: this.#written + 1 }, rule, message),
      inputNumber,
    );
    return false;
  }
}

/** Whether records of the input stand or fall together. */
export function isGroup(input: EncoderInput): input is readonly PartnerRecord[] {
  return Array.isArray(input);
}

function unknownField(place: FaultPlace, key: string): FileFault {
  return { ...faultOf(place, 'unknown-field', 'The layout has no such field'), field: key.slice(0, 80) };
}

/** The fault of a broken rule across fields, placed at the field that the rule names. */
export function violationFault(
  place: FaultPlace,
  violation: RecordViolation,
  record: PartnerRecord,
  type: CompiledRecord,
): FileFault {
  const fault = { ...faultOf(place, violation.rule, violation.message), field: violation.field };
  const field = type.part.fields.find((candidate) => type.part.keyOf(candidate) === violation.field);
  if (field === undefined || violation.field === null) return fault;
  const sensitive = violation.sensitive === true || field.sensitive === true;
  return { ...fault, position: printedPosition(field), value: shownValue(record[violation.field], sensitive) };
}
