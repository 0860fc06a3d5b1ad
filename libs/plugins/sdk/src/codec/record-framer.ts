import { BlockCursor } from './block-cursor.js';
import type { BlockShape } from './block-shape.js';
import type { Characters } from './character-set.js';

/**
 * What reading a stream of bytes came upon. A record with `failure` set is none: framing broke there, and what follows
 * can't be found.
 */
export type Framed = 'record' | 'more' | 'end' | 'too-long' | 'no-length';

/** Why no record can be found any more. */
export interface FramingFailure {
  readonly rule: 'block' | 'delimiter' | 'truncated';
  readonly message: string;
  /** Bytes of the file, 1-based and inclusive. */
  readonly position: string;
}

/** What framing must know of a layout. */
export interface Framing {
  readonly characters: Characters;
  readonly maxRecordLength: number;
  /** Length of the first record, and of the shortest second one: they tell a delimited file from an undelimited one. */
  readonly firstLength: number;
  readonly shortestLength: number;
  /** Whether the first record may be longer than `firstLength`, by counted groups or segments. */
  readonly firstVaries: boolean;
  /** Bytes from which a record's length can be told where nothing delimits records. */
  readonly headLength: number;
  /** Whether only a line end can tell where a record ends. */
  readonly lineEndsOnly: boolean;
  /** Whether any byte may be part of a value, so that line ends are only where the layout puts them. */
  readonly binary: boolean;
  readonly blocks: BlockShape | null;
  /** The length of the record at `at`, of which bytes are there up to `end`, or -1 when it can't be told. */
  lengthOf(bytes: Uint8Array, at: number, end: number): number;
}

/**
 * Cuts a stream of bytes into records: delimited by line ends, by their own lengths, or by both, in blocks or not. It holds
 * at most one unfinished record: a line without end is skipped, not collected.
 */
export class RecordFramer {
  bytes: Buffer = Buffer.alloc(0);
  /** The record last found. */
  start = 0;
  end = 0;
  /** The record last found is the file's last and nothing ended it. */
  unterminated = false;
  failure: FramingFailure | null = null;
  #next = 0;
  /** Bytes of the file before those that are held. */
  #passed = 0;
  #ended = false;
  #skipping = false;
  #delimited: boolean | null = null;
  #feed: number;
  readonly #lineEnd = new Uint8Array(256);
  readonly #blocks: BlockCursor | null;

  constructor(private readonly framing: Framing) {
    const { lineFeeds, carriageReturn } = framing.characters;
    this.#feed = lineFeeds[0] ?? -1;
    for (const byte of [...lineFeeds, carriageReturn]) if (byte >= 0) this.#lineEnd[byte] = 1;
    this.#blocks = framing.blocks === null ? null : new BlockCursor(framing.blocks, framing.characters.fromFile);
    if (this.#blocks !== null || framing.binary) this.#delimited = false;
  }

  /** Number of the block that the record last found stands in, from 1; 0 in a file without blocks. */
  get block(): number {
    return this.#blocks === null ? 0 : this.#blocks.number;
  }

  push(chunk: Uint8Array): void {
    const added = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    this.#passed += this.#next;
    this.bytes = this.#next >= this.bytes.length ? added : Buffer.concat([this.bytes.subarray(this.#next), added]);
    this.#next = 0;
  }

  finish(): void {
    this.#ended = true;
  }

  /** Finds the next record, or says what is missing for it. */
  next(): Framed {
    if (this.#delimited === null) {
      const delimited = this.#detect();
      if (delimited === null) return 'more';
      this.#delimited = delimited;
    }
    if (this.#blocks !== null) return this.#nextInBlock(this.#blocks);
    return this.#delimited ? this.#nextLine() : this.#nextUndelimited();
  }

  #detect(): boolean | null {
    if (this.framing.lineEndsOnly) return true;
    this.#skipLineEnds(this.bytes.length);
    const two = this.framing.firstLength + this.framing.shortestLength;
    const found = this.#firstFeed();
    const rest = this.bytes.length - this.#next;
    if (this.framing.firstVaries) {
      const longest = this.framing.maxRecordLength + 1;
      if (found >= 0) return found - this.#next <= longest;
      return rest > longest ? false : this.#ended ? rest < two : null;
    }
    if (found >= 0) return found - this.#next < two;
    if (rest >= two) return false;
    // A lone record without its line end: read as a line, so that a cut one is seen as cut.
    return this.#ended ? true : null;
  }

  /** The first line end; the same kind of it ends every line of the file. */
  #firstFeed(): number {
    let first = -1;
    for (const feed of this.framing.characters.lineFeeds) {
      const found = this.bytes.indexOf(feed, this.#next);
      if (found < 0 || (first >= 0 && found > first)) continue;
      first = found;
      this.#feed = feed;
    }
    return first;
  }

  #nextLine(): Framed {
    const { carriageReturn, endOfFile } = this.framing.characters;
    for (;;) {
      const found = this.bytes.indexOf(this.#feed, this.#next);
      if (found < 0) {
        const rest = this.bytes.length - this.#next;
        if (this.#skipping || rest > this.framing.maxRecordLength + 1) {
          const first = !this.#skipping;
          this.#skipping = true;
          this.#next = this.bytes.length;
          if (first) return 'too-long';
          return this.#ended ? 'end' : 'more';
        }
        if (!this.#ended) return 'more';
        if (rest === 0) return 'end';
      }
      const end = found < 0 ? this.bytes.length : found;
      this.start = this.#next;
      this.#next = found < 0 ? end : end + 1;
      if (this.#skipping) {
        this.#skipping = false;
        continue;
      }
      this.end = end > this.start && this.bytes[end - 1] === carriageReturn ? end - 1 : end;
      const length = this.end - this.start;
      if (length === 0 || (length === 1 && this.bytes[this.start] === endOfFile)) continue;
      if (length > this.framing.maxRecordLength) return 'too-long';
      this.unterminated = found < 0;
      return 'record';
    }
  }

  #nextUndelimited(): Framed {
    if (!this.framing.binary) this.#skipLineEnds(this.bytes.length);
    const available = this.bytes.length - this.#next;
    if (available === 0) return this.#ended ? 'end' : 'more';
    const head = this.framing.headLength;
    if (available < head && !this.#ended) return 'more';
    let length = this.framing.lengthOf(this.bytes, this.#next, this.bytes.length);
    if (length < 0) {
      if (available >= head) return 'no-length';
      length = head;
    }
    const delimiter = this.framing.binary ? this.framing.characters.delimiter : NOTHING;
    if (available < length + delimiter.length && !this.#ended) return 'more';
    this.unterminated = available < length;
    this.start = this.#next;
    this.end = this.start + Math.min(length, available);
    this.#next = this.end;
    for (const byte of delimiter) {
      if (this.#next === this.bytes.length) break;
      if (this.bytes[this.#next] !== byte) {
        return this.#fail('delimiter', 'No line end stands where the record must have ended', this.#next, 1);
      }
      this.#next += 1;
    }
    return 'record';
  }

  #nextInBlock(blocks: BlockCursor): Framed {
    for (;;) {
      if (!this.framing.binary) {
        const limit = blocks.left === 0 ? this.bytes.length : Math.min(this.bytes.length, this.#next + blocks.left);
        const skipped = this.#skipLineEnds(limit);
        if (blocks.left > 0) {
          blocks.take(skipped);
          if (blocks.left === 0) continue;
        }
      }
      const available = this.bytes.length - this.#next;
      if (blocks.left > 0 && available === 0 && this.#ended) {
        const message = `The file ends inside block ${blocks.number}, which has ${blocks.left} bytes left`;
        return this.#fail('truncated', message, this.#next, 1);
      }
      if (blocks.left > 0) return this.#nextOfBlock(blocks, available);
      if (available === 0) return this.#ended ? 'end' : 'more';
      if (available < blocks.overhead) {
        if (!this.#ended) return 'more';
        return this.#fail('truncated', 'The file ends inside the word of a block', this.#next, available);
      }
      const wrong = blocks.open(this.bytes, this.#next);
      if (wrong !== null) return this.#fail('block', wrong, this.#next, blocks.overhead);
      this.#next += blocks.overhead;
    }
  }

  #nextOfBlock(blocks: BlockCursor, available: number): Framed {
    const within = Math.min(available, blocks.left);
    if (within < Math.min(this.framing.headLength, blocks.left) && !this.#ended) return 'more';
    let length = this.framing.lengthOf(this.bytes, this.#next, this.#next + within);
    if (length < 0) {
      if (available >= blocks.left || within >= this.framing.headLength) return 'no-length';
      length = blocks.left;
    }
    if (length > blocks.left) {
      const message = `A record of ${length} bytes crosses the end of block ${blocks.number}, which has ${blocks.left} left`;
      return this.#fail('block', message, this.#next, length);
    }
    if (available < length && !this.#ended) return 'more';
    this.unterminated = available < length;
    this.start = this.#next;
    this.end = this.start + Math.min(length, available);
    this.#next = this.end;
    blocks.take(length);
    return 'record';
  }

  #skipLineEnds(limit: number): number {
    const from = this.#next;
    while (this.#next < limit && this.#lineEnd[this.bytes[this.#next]!] === 1) this.#next += 1;
    return this.#next - from;
  }

  #fail(rule: FramingFailure['rule'], message: string, at: number, length: number): Framed {
    const first = this.#passed + at + 1;
    const last = first + length - 1;
    const position = last > first ? `${first}-${last}` : String(first);
    this.failure = { rule, message: `${message} (at ${position} of the file)`, position };
    return 'record';
  }
}

const NOTHING = new Uint8Array(0);
