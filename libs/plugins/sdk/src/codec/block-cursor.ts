import type { BlockShape } from './block-shape.js';
import { numberIn } from './field-readers.js';

/** Keeps count of the blocks of one file while it is read, and of the bytes that the present one still has. */
export class BlockCursor {
  /** The present block, from 1; 0 before the first. */
  number = 0;
  left = 0;
  readonly overhead: number;

  constructor(
    private readonly shape: BlockShape,
    private readonly fromFile: Uint8Array | null,
  ) {
    this.overhead = shape.overhead;
  }

  /** Opens the block whose word stands at `at`. Gives what is wrong with the word, or null. */
  open(bytes: Uint8Array, at: number): string | null {
    const { overhead, wordLength, maxLength } = this.shape;
    this.number += 1;
    const length = this.#wordAt(bytes, at);
    if (length < 0) return `The word of block ${this.number} is no number`;
    if (length <= overhead) return `The word of block ${this.number} states ${length} bytes, too few for a record`;
    if (length > maxLength) {
      return `The word of block ${this.number} states ${length} bytes, and a block has ${maxLength} at most`;
    }
    for (let i = wordLength; i < overhead; i += 1) {
      if (bytes[at + i] !== 0) return `The word of block ${this.number} is not followed by zero bytes`;
    }
    this.left = length - overhead;
    return null;
  }

  take(bytes: number): void {
    this.left = Math.max(0, this.left - bytes);
  }

  #wordAt(bytes: Uint8Array, at: number): number {
    const { binary, wordLength } = this.shape;
    if (binary) {
      let number = 0;
      for (let i = 0; i < wordLength; i += 1) number = number * 256 + bytes[at + i]!;
      return number;
    }
    const { fromFile } = this;
    if (fromFile === null) return numberIn(bytes, at, at + wordLength);
    const digits = Uint8Array.from(bytes.subarray(at, at + wordLength), (byte) => fromFile[byte]!);
    return numberIn(digits, 0, wordLength);
  }
}
