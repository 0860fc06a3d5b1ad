import type { FileFault, PartnerRecord } from '@concord/plugin-sdk';
import type { FormatFault } from './jobs.js';

/** A record of a partner's file has at most a few thousand characters; a longer line is not one. */
const MAX_LINE_BYTES = 1024 * 1024;

/**
 * Reads JSON lines as records. A line that is no JSON object is told to `onFault` and left out; empty lines are passed
 * over. Lines are numbered from 1.
 */
export class JsonLines {
  readonly #file: string;
  readonly #onFault: (fault: FormatFault) => void;
  /** Numbers of the lines that gave no record, ascending. */
  readonly #without: number[] = [];
  #line = 0;

  constructor(file: string, onFault: (fault: FormatFault) => void) {
    this.#file = file;
    this.#onFault = onFault;
  }

  async *records(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<PartnerRecord, void, undefined> {
    let held: Uint8Array[] = [];
    let heldBytes = 0;
    for await (const chunk of bytes) {
      let from = 0;
      for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
        held.push(chunk.subarray(from, end));
        const record = this.#parse(held, heldBytes + end - from);
        if (record !== null) yield record;
        held = [];
        heldBytes = 0;
        from = end + 1;
      }
      heldBytes += chunk.length - from;
      // Of a line that is too long only the length is kept.
      if (heldBytes > MAX_LINE_BYTES) held = [];
      else held.push(chunk.subarray(from));
    }
    const record = heldBytes > 0 ? this.#parse(held, heldBytes) : null;
    if (record !== null) yield record;
  }

  /** Line of the n-th record, both from 1. */
  lineOf(recordNumber: number): number {
    // #without[i] - i - 1 records came before the i-th line without one.
    let [low, high] = [0, this.#without.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#without[middle]! - middle <= recordNumber) low = middle + 1;
      else high = middle;
    }
    return recordNumber + low;
  }

  #parse(parts: readonly Uint8Array[], length: number): PartnerRecord | null {
    this.#line++;
    const line = length > MAX_LINE_BYTES ? null : Buffer.concat(parts).toString('utf8').trim();
    if (line === '') return this.#none();
    if (line === null) return this.#refuse('length', `the line is longer than ${MAX_LINE_BYTES} bytes`);
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return this.#refuse('json', 'the line is not JSON');
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value))
      return this.#refuse('json', 'the line is not a JSON object');
    return value as PartnerRecord;
  }

  #none(): null {
    this.#without.push(this.#line);
    return null;
  }

  #refuse(rule: string, message: string): null {
    const fault: FileFault = {
      severity: 'record',
      file: this.#file,
      record: this.#line,
      field: null,
      position: null,
      value: null,
      rule,
      message,
    };
    this.#onFault({ line: this.#line, fault });
    return this.#none();
  }
}
