/** How blocks and their words stand in a file: what reading and writing them needs. */
export interface BlockShape {
  /** The word is a big-endian integer, not digits. */
  readonly binary: boolean;
  readonly wordLength: number;
  /** Bytes of the word with the zero bytes after it. */
  readonly overhead: number;
  /** Most bytes of a block, its word included: what the layout allows and the word can state. */
  readonly maxLength: number;
  readonly recordsPerBlock: number;
}
