import type { BlockShape } from './block-shape.js';

/** Where the writing of blocks stands: kept so that records that stand or fall together can be taken back. */
export interface BlockState {
  readonly start: number;
  readonly records: number;
  readonly closed: number;
}

/**
 * Puts the records of one file into blocks. The present block's word is written when the block is closed: until then its
 * bytes must stay together.
 */
export class BlockWriter {
  /** Where the present block starts in the chunk; -1 when none is open. */
  #start = -1;
  #records = 0;
  #closed = 0;

  /** @param delimiter what stands after each block, as the file's bytes */
  constructor(
    private readonly shape: BlockShape,
    private readonly toFile: Uint8Array | null,
    private readonly delimiter: Uint8Array,
  ) {}

  get state(): BlockState {
    return { start: this.#start, records: this.#records, closed: this.#closed };
  }

  set state({ start, records, closed }: BlockState) {
    this.#start = start;
    this.#records = records;
    this.#closed = closed;
  }

  /** From where on bytes must stay together, when `used` of the chunk are. */
  heldFrom(used: number): number {
    return this.#start < 0 ? used : this.#start;
  }

  /** The bytes from {@link heldFrom} on now stand at the start of a chunk. */
  moved(): void {
    if (this.#start >= 0) this.#start = 0;
  }

  /** Where the next record is written. */
  recordAt(used: number): number {
    return this.#start < 0 ? used + this.shape.overhead : used;
  }

  /** Blocks of the file when one more record of so many bytes is added and the file ends. */
  countWith(used: number, length: number): number {
    if (this.#start < 0) return this.#closed + 1;
    return this.#closed + (used + length - this.#start > this.shape.maxLength ? 2 : 1);
  }

  /** Takes in the record at `at`: into the present block, or into a new one where it has no room. Gives how much is used. */
  added(chunk: Buffer, at: number, length: number): number {
    let from = at;
    if (this.#start >= 0 && at + length - this.#start > this.shape.maxLength) {
      // The record stands where the present block's delimiter and the next word belong: it moves behind them.
      from = at + this.delimiter.length + this.shape.overhead;
      chunk.copyWithin(from, at, at + length);
      this.close(chunk, at);
    }
    if (this.#start < 0) {
      this.#start = from - this.shape.overhead;
      this.#records = 0;
    }
    this.#records += 1;
    const used = from + length;
    return this.#records >= this.shape.recordsPerBlock ? this.close(chunk, used) : used;
  }

  /** Closes the present block, if one is open. Gives how much of the chunk is used. */
  close(chunk: Buffer, used: number): number {
    if (this.#start < 0) return used;
    const { binary, wordLength, overhead } = this.shape;
    let rest = used - this.#start;
    for (let i = this.#start + wordLength - 1; i >= this.#start; i -= 1) {
      const base = binary ? 256 : 10;
      const higher = Math.floor(rest / base);
      const digit = rest - higher * base;
      chunk[i] = binary ? digit : (this.toFile?.[ZERO + digit] ?? ZERO + digit);
      rest = higher;
    }
    chunk.fill(0, this.#start + wordLength, this.#start + overhead);
    chunk.set(this.delimiter, used);
    this.#start = -1;
    this.#closed += 1;
    return used + this.delimiter.length;
  }
}

const ZERO = 0x30;
