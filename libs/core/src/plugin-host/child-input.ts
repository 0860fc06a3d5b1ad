import { parseFrame, type FrameReader } from './frames.js';

/** The input of one job as a child sees it: frames up to the host's `end`. */
export class JobInput {
  readonly #reader: FrameReader;
  #ended = false;

  constructor(reader: FrameReader) {
    this.#reader = reader;
  }

  /** Batches of items, as the host sent them. */
  async *batches<T>(): AsyncGenerator<readonly T[], void, undefined> {
    for (;;) {
      const frame = await this.#next();
      if (frame === null) return;
      yield parseFrame(frame) as readonly T[];
    }
  }

  async *bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    for (;;) {
      const frame = await this.#next();
      if (frame === null) return;
      yield frame.payload;
    }
  }

  /** Reads past what the job left unread, so that the next one starts at its own first frame. */
  async skipRest(): Promise<void> {
    while (!this.#ended) await this.#next();
  }

  async #next(): Promise<{ kind: 'data' | 'bytes'; payload: Buffer } | null> {
    if (this.#ended) return null;
    const frame = await this.#reader.next();
    // Without its host a child has nothing to live for.
    if (frame === null) process.exit(0);
    if (frame.kind === 'data' || frame.kind === 'bytes') return { kind: frame.kind, payload: frame.payload };
    this.#ended = true;
    return null;
  }
}
