const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const NOTHING: Buffer = Buffer.alloc(0);

/** One line of a file, without its end. */
export interface Line {
  readonly bytes: Buffer;
  /** Whether a line end stood behind it. */
  readonly ended: boolean;
}

/**
 * Cuts bytes into lines and holds no more than one unfinished line. Of a line longer than `longest` only the first
 * `longest + 1` bytes are handed on, at once, enough to see that it is too long: its end may never come.
 */
export class LineCutter {
  #rest: Buffer = NOTHING;
  /** Inside a line that was handed on already. */
  #skipping = false;

  constructor(private readonly longest: number) {}

  /** The lines that end in this piece of the file. */
  push(piece: Uint8Array): Line[] {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    const lines: Line[] = [];
    let start = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
      this.#keep(bytes.subarray(start, end));
      if (!this.#skipping) lines.push(this.#take(true));
      this.#skipping = false;
      start = end + 1;
    }
    this.#keep(bytes.subarray(start));
    if (this.#rest.length > this.longest + 1) {
      lines.push(this.#take(true));
      this.#skipping = true;
    }
    // The piece is not ours to hold.
    this.#rest = Buffer.from(this.#rest);
    return lines;
  }

  /** What stood after the last line end. */
  finish(): Line[] {
    return this.#rest.length === 0 ? [] : [this.#take(false)];
  }

  /** Keeps one byte more than of a line that is too long: its carriage return, or what shows that there is none. */
  #keep(bytes: Buffer): void {
    if (this.#skipping) return;
    const kept = bytes.subarray(0, this.longest + 2 - this.#rest.length);
    if (kept.length > 0) this.#rest = this.#rest.length === 0 ? kept : Buffer.concat([this.#rest, kept]);
  }

  #take(ended: boolean): Line {
    const bytes = this.#rest;
    this.#rest = NOTHING;
    const text = bytes.at(-1) === CARRIAGE_RETURN ? bytes.subarray(0, -1) : bytes;
    return { bytes: text.subarray(0, this.longest + 1), ended };
  }
}
