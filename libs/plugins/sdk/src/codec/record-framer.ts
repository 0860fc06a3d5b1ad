const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
/** Old systems close a file with this character. */
const END_OF_FILE = 0x1a;

/** What reading a stream of bytes came upon. */
export type Framed = 'record' | 'more' | 'end' | 'too-long' | 'no-length';

/** What framing must know of a layout. */
export interface Framing {
  readonly maxRecordLength: number;
  /** Length of the first record, and of the shortest second one: they tell a delimited file from an undelimited one. */
  readonly firstLength: number;
  readonly shortestLength: number;
  /** Bytes from which a record's length can be told where nothing delimits records. */
  readonly headLength: number;
  /** Whether only a line end can tell where a record ends. */
  readonly lineEndsOnly: boolean;
  /** The length of the record at `at`, or -1 when its own length word can't be right. */
  lengthOf(bytes: Uint8Array, at: number): number;
}

/**
 * Cuts a stream of bytes into records, delimited by LF or CRLF, or by nothing at all. It holds at most one unfinished
 * record: a line without end is skipped, not collected.
 */
export class RecordFramer {
  bytes: Buffer = Buffer.alloc(0);
  /** The record last found. */
  start = 0;
  end = 0;
  /** The record last found is the file's last and nothing ended it. */
  unterminated = false;
  #next = 0;
  #ended = false;
  #skipping = false;
  #delimited: boolean | null = null;

  constructor(private readonly framing: Framing) {}

  push(chunk: Uint8Array): void {
    const added = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
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
    return this.#delimited ? this.#nextLine() : this.#nextUndelimited();
  }

  #detect(): boolean | null {
    if (this.framing.lineEndsOnly) return true;
    while (isLineEnd(this.bytes[this.#next])) this.#next += 1;
    const two = this.framing.firstLength + this.framing.shortestLength;
    const found = this.bytes.indexOf(LINE_FEED, this.#next);
    if (found >= 0) return found - this.#next < two;
    if (this.bytes.length - this.#next >= two) return false;
    // A lone record without its line end: read as a line, so that a cut one is seen as cut.
    return this.#ended ? true : null;
  }

  #nextLine(): Framed {
    for (;;) {
      const found = this.bytes.indexOf(LINE_FEED, this.#next);
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
      this.end = end > this.start && this.bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
      const length = this.end - this.start;
      if (length === 0 || (length === 1 && this.bytes[this.start] === END_OF_FILE)) continue;
      if (length > this.framing.maxRecordLength) return 'too-long';
      this.unterminated = found < 0;
      return 'record';
    }
  }

  #nextUndelimited(): Framed {
    while (isLineEnd(this.bytes[this.#next])) this.#next += 1;
    const available = this.bytes.length - this.#next;
    if (available === 0) return this.#ended ? 'end' : 'more';
    let length = this.framing.headLength;
    if (available >= length) {
      length = this.framing.lengthOf(this.bytes, this.#next);
      if (length < 0) return 'no-length';
    }
    if (available < length && !this.#ended) return 'more';
    this.unterminated = available < length;
    this.start = this.#next;
    this.end = this.start + Math.min(length, available);
    this.#next = this.end;
    return 'record';
  }
}

function isLineEnd(byte: number | undefined): boolean {
  return byte === LINE_FEED || byte === CARRIAGE_RETURN;
}
