import type { Readable, Writable } from 'node:stream';
import { storableJson } from './storable-text.js';

/** What a frame between host and child carries. `end` and `error` close one side of a job. */
export const FRAME_KINDS = ['control', 'data', 'bytes', 'end', 'error'] as const;
export type FrameKind = (typeof FRAME_KINDS)[number];

export interface Frame {
  readonly kind: FrameKind;
  /** Number of the job that it belongs to, drawn by the host: what is left over from one is never taken for the next one's. */
  readonly job: number;
  /** JSON text for every kind but `bytes`. */
  readonly payload: Buffer;
}

/** No frame is larger: what a child may make the host hold at once is bounded. */
export const MAX_FRAME_BYTES = 16 * 1024 * 1024;
const PREFIX_BYTES = 9;

/** The other side does not keep to the protocol. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/**
 * Writes frames (payload length and job as 32-bit numbers, kind as a byte, payload), waiting whenever the other side is slower.
 * Writes after the other side has gone are dropped: its end is noticed by whoever reads from it.
 */
export class FrameWriter {
  /** Job that the next frames belong to. */
  job = 0;
  readonly #stream: Writable;
  #gone = false;

  constructor(stream: Writable) {
    this.#stream = stream;
    stream.on('error', () => (this.#gone = true));
    stream.once('close', () => (this.#gone = true));
  }

  async write(kind: FrameKind, payload: Uint8Array): Promise<void> {
    if (payload.length > MAX_FRAME_BYTES) throw new FrameError(`a frame of ${payload.length} bytes is too large`);
    if (this.#gone) return;
    const prefix = Buffer.allocUnsafe(PREFIX_BYTES);
    prefix.writeUInt32BE(payload.length);
    prefix.writeUInt32BE(this.job, 4);
    prefix[8] = FRAME_KINDS.indexOf(kind);
    this.#stream.cork();
    this.#stream.write(prefix);
    const room = this.#stream.write(payload);
    this.#stream.uncork();
    if (!room) await this.#drained();
  }

  async writeJson(kind: FrameKind, value: unknown): Promise<void> {
    await this.write(kind, Buffer.from(JSON.stringify(value), 'utf8'));
  }

  /** Writes items as arrays, in as many frames as the bound on their size asks for. */
  async writeItems(items: readonly unknown[]): Promise<void> {
    if (items.length === 0) return;
    const payload = Buffer.from(JSON.stringify(items), 'utf8');
    if (payload.length <= MAX_FRAME_BYTES || items.length === 1) return this.write('data', payload);
    const middle = items.length >> 1;
    await this.writeItems(items.slice(0, middle));
    await this.writeItems(items.slice(middle));
  }

  /** Writes bytes of any length, in as many frames as the bound on their size asks for. */
  async writeBytes(bytes: Uint8Array): Promise<void> {
    for (let from = 0; from < bytes.length; from += MAX_FRAME_BYTES) {
      await this.write('bytes', bytes.subarray(from, from + MAX_FRAME_BYTES));
    }
  }

  #drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.#stream.off('drain', done).off('close', done);
        resolve();
      };
      this.#stream.once('drain', done).once('close', done);
    });
  }
}

/** Reads frames one at a time; nothing is taken from the stream ahead of what is asked for, beyond its own buffer. */
export class FrameReader {
  readonly #chunks: AsyncIterator<Buffer>;
  #held: Buffer[] = [];
  #heldBytes = 0;

  /** Whether more has come than was asked for. */
  get holdsMore(): boolean {
    return this.#heldBytes > 0;
  }

  constructor(stream: Readable) {
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  }

  /** The next frame, or null when the other side is gone. @throws FrameError for what is no frame. */
  async next(): Promise<Frame | null> {
    const prefix = await this.#take(PREFIX_BYTES);
    if (prefix === null) return null;
    const length = prefix.readUInt32BE();
    const job = prefix.readUInt32BE(4);
    const kind = FRAME_KINDS[prefix[8]!];
    if (kind === undefined) throw new FrameError(`unknown kind of frame ${prefix[8]}`);
    if (length > MAX_FRAME_BYTES) throw new FrameError(`a frame of ${length} bytes is too large`);
    const payload = await this.#take(length);
    return payload === null ? null : { kind, job, payload };
  }

  async #take(length: number): Promise<Buffer | null> {
    while (this.#heldBytes < length) {
      const next = await this.#chunks.next().catch(() => ({ done: true as const, value: undefined }));
      if (next.done === true) return null;
      this.#held.push(next.value);
      this.#heldBytes += next.value.length;
    }
    const joined = this.#held.length === 1 ? this.#held[0]! : Buffer.concat(this.#held);
    const rest = joined.subarray(length);
    this.#held = rest.length > 0 ? [rest] : [];
    this.#heldBytes = rest.length;
    return joined.subarray(0, length);
  }
}

/** What a frame's JSON says, without characters that no database keeps. @throws FrameError when it is not JSON. */
export function parseFrame(frame: Pick<Frame, 'payload'>): unknown {
  try {
    return JSON.parse(storableJson(frame.payload.toString('utf8')));
  } catch {
    throw new FrameError('a frame does not hold JSON');
  }
}
