import { textIn, type Characters } from './character-set.js';
import type { CompiledPart, FieldProblem } from './compiled-part.js';
import type { MutableRecord } from './field-codec.js';

/** A byte of a part that is no character of the file's set. */
export interface Unreadable {
  readonly part: CompiledPart;
  readonly occurrence: number;
  /** Where the part starts in its record, and the byte in the part, 0-based. */
  readonly offset: number;
  readonly byte: number;
}

/**
 * One record while its parts are read. A record that is all text in a set that agrees with Latin-1 is read where it stands;
 * any other is copied, and each of its parts is turned into working bytes when it is come to.
 */
export class RecordBytes {
  bytes: Buffer = NO_BYTES;
  at = 0;
  length = 0;
  /** The first byte that is no character, of the parts read so far; only kept for records that were copied. */
  unreadable: Unreadable | null = null;
  #text: string | null = null;
  readonly #copy: Buffer;

  constructor(
    private readonly characters: Characters,
    longest: number,
  ) {
    this.#copy = Buffer.alloc(longest);
  }

  /** Whether the record was not copied, and its characters must still be looked at. */
  get inPlace(): boolean {
    return this.#text !== null;
  }

  start(bytes: Buffer, at: number, end: number, isText: boolean): void {
    this.length = end - at;
    this.unreadable = null;
    if (isText && this.characters.fromFile === null && this.characters.text === null) {
      this.bytes = bytes;
      this.at = at;
      this.#text = bytes.toString('latin1', at, end);
      return;
    }
    bytes.copy(this.#copy, 0, at, end);
    this.bytes = this.#copy;
    this.at = 0;
    this.#text = null;
  }

  /** Reads the part that starts `offset` bytes into the record. */
  read(part: CompiledPart, offset: number, occurrence: number, into: MutableRecord, problems: FieldProblem[]): void {
    const { bytes } = this;
    const at = this.at + offset;
    if (this.#text !== null) {
      part.read(bytes, at, this.#text, offset, offset, occurrence, into, problems);
      return;
    }
    part.fromFile(bytes, at);
    part.read(bytes, at, textIn(this.characters, bytes, at, at + part.length), 0, offset, occurrence, into, problems);
    if (this.unreadable !== null) return;
    const byte = part.unreadableAt(bytes, at);
    if (byte >= 0) this.unreadable = { part, occurrence, offset, byte };
  }

  /** Characters as faults show them, at a place whose part is not known yet. */
  textAt(offset: number, length: number): string {
    const { fromFile } = this.characters;
    const bytes = Buffer.from(this.bytes.subarray(this.at + offset, this.at + Math.min(offset + length, this.length)));
    return (fromFile === null ? bytes : bytes.map((byte) => fromFile[byte]!)).toString('latin1');
  }
}

const NO_BYTES = Buffer.alloc(0);
