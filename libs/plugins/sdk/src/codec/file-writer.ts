import type { EncoderInput, FileFault, FileFormatContext, PartnerRecord } from '../contract/files.js';
import { BlockWriter } from './block-writer.js';
import type { CompiledLayout } from './compiled-layout.js';
import type { FieldProblem } from './compiled-part.js';
import type { CompiledRecord } from './compiled-record.js';
import { faultOf, fieldFault, unknownField, type FaultPlace } from './fault.js';
import type { MutableRecord } from './field-codec.js';
import type { FormatOptions } from './format-options.js';
import { writeGroups, type PlacedPart, type RecordTarget } from './group-writing.js';
import { LONGEST_BLOCK } from './layout.js';
import { writeSegments } from './segment-writing.js';
import { violationFault } from './violation.js';

/** Bytes that are handed on together: large enough to make system calls rare, small enough to stay cheap to hold. */
const CHUNK = 128 * 1024;

export type OnFault = (fault: FileFault, inputNumber: number) => void;

/** Writes one file into chunks. A record that can't be written leaves no byte and no count behind. */
export class FileWriter {
  #chunk: Buffer;
  #used = 0;
  #written = 0;
  #started = false;
  /** Header or trailer can't be written: nothing more is, and the file must not be used. */
  #broken = false;
  readonly #slots: Float64Array;
  readonly #problems: FieldProblem[] = [];
  /** Groups and segments of the present record. */
  readonly #placed: PlacedPart[] = [];
  readonly #blocks: BlockWriter | null;
  readonly #chunkSize: number;
  /** Room that a record may need before it is known to fit. */
  readonly #room: number;

  constructor(
    private readonly compiled: CompiledLayout,
    private readonly options: FormatOptions,
    private readonly context: FileFormatContext,
    private readonly onFault: OnFault,
  ) {
    this.#slots = compiled.totals.start();
    const { blocks, characters } = compiled;
    const delimiter = characters.delimiter;
    this.#blocks = blocks === null ? null : new BlockWriter(blocks, characters.toFile, delimiter);
    // A record may close a block before it and one behind it.
    this.#room = compiled.maxRecordLength + delimiter.length * 2 + (blocks?.overhead ?? 0) * 2;
    this.#chunkSize = CHUNK + (blocks === null ? 0 : Math.min(blocks.maxLength, LONGEST_BLOCK));
    this.#chunk = Buffer.allocUnsafeSlow(this.#chunkSize);
  }

  /** Whether so many records fit into the chunk, and a header before them; otherwise the chunk must be taken first. */
  hasRoomFor(records: number): boolean {
    return this.#chunk.length - this.#used >= (records + (this.#started ? 0 : 1)) * this.#room;
  }

  /** Hands over what was written and starts a new chunk with room for so many records. */
  take(records: number): Uint8Array {
    const chunk = this.#chunk;
    const used = this.#used;
    // The length of a block is not known until it is closed: its bytes stay.
    const held = this.#blocks === null ? used : this.#blocks.heldFrom(used);
    this.#chunk = Buffer.allocUnsafeSlow(Math.max(this.#chunkSize, (records + 1) * this.#room + used - held));
    this.#used = chunk.copy(this.#chunk, 0, held, used);
    this.#blocks?.moved();
    return chunk.subarray(0, held);
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
    const blocks = this.#blocks?.state;
    for (const record of input) {
      if (this.#addOne(record, inputNumber)) continue;
      // A header that was written for these records is taken back too: the next record brings it again.
      this.#used = used;
      this.#written = written;
      this.#started = started;
      this.#slots.set(counts);
      if (this.#blocks !== null && blocks !== undefined) this.#blocks.state = blocks;
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
    const { trailer } = this.compiled;
    if (trailer !== null && !this.#broken) this.#writeTrailer(trailer);
    if (this.#blocks !== null) this.#used = this.#blocks.close(this.#chunk, this.#used);
  }

  #writeTrailer(trailer: CompiledRecord): void {
    const { totals } = this.compiled;
    const blocks = this.#blocks?.countWith(this.#used, trailer.part.length) ?? 0;
    const record: MutableRecord = { ...this.options.trailer?.(this.context) };
    totals.fields.forEach(({ key }, index) => {
      record[key] = totals.value(this.#slots, index, blocks);
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
    const at = this.#blocks === null ? this.#used : this.#blocks.recordAt(this.#used);
    const problems = this.#problems;
    const placed = this.#placed;
    problems.length = 0;
    placed.length = 0;

    const unknown = part.write(record, chunk, at, 0, 0, problems);
    const place: FaultPlace = { severity, file: this.context.file, record: this.#written + 1 };
    let refused = false;
    const refuse = (fault: FileFault): void => {
      refused = true;
      this.onFault(fault, inputNumber);
    };
    for (const key of unknown) refuse(unknownField(place, key));

    let length = part.length;
    const { segments } = record;
    if (type.groups.length > 0 || (segments !== undefined && segments !== null)) {
      const longest = this.compiled.maxRecordLength;
      const target: RecordTarget = { bytes: chunk, at, longest, place, problems, placed, refuse };
      if (type.groups.length > 0) length = writeGroups(type, record, target);
      if (segments !== undefined && segments !== null) length = writeSegments(type, segments, length, target);
    }
    const { blocks } = this.compiled;
    if (blocks !== null && blocks.overhead + length > blocks.maxLength) {
      refuse(faultOf(place, 'length', `The record has ${length} bytes, and a block ${blocks.maxLength} at most`));
    }
    for (const problem of problems) refuse(fieldFault(place, problem));
    if (!refused && severity === 'record' && this.options.check !== undefined) {
      for (const violation of this.options.check(record)) refuse(violationFault(place, violation, record, part));
    }
    if (refused) {
      this.#broken = severity === 'file';
      return false;
    }
    type.length?.write(length, chunk, at);
    this.#complete(type, at, length);
    return true;
  }

  /** Counts a record that was written, turns it into the file's bytes, and ends it. */
  #complete(type: CompiledRecord, at: number, length: number): void {
    const chunk = this.#chunk;
    for (const counter of type.counters) counter(chunk, at, this.#slots);
    for (const { counters, offset } of this.#placed) {
      for (const counter of counters) counter(chunk, at + offset, this.#slots);
    }
    const { delimiter, toFile } = this.compiled.characters;
    if (toFile !== null) {
      type.part.toFile(chunk, at);
      for (const { part, offset } of this.#placed) part.toFile(chunk, at + offset);
    }
    this.#written += 1;
    if (this.#blocks !== null) {
      this.#used = this.#blocks.added(chunk, at, length);
      return;
    }
    for (let i = 0; i < delimiter.length; i += 1) chunk[at + length + i] = delimiter[i]!;
    this.#used = at + length + delimiter.length;
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
