import { charactersOf, type Characters } from './character-set.js';
import { compileRecord, type CompiledRecord } from './compiled-record.js';
import { checkLayout } from './layout-check.js';
import type { BlockShape } from './block-shape.js';
import { LONGEST_BLOCK, type BlocksLayout, type FileLayout, type RecordLayout } from './layout.js';
import type { Framing } from './record-framer.js';
import { CompiledTotals, startsWith } from './totals.js';
import { hasBinaryContent } from './binary-content.js';

/** A layout made ready for use, once. Throws when the layout does not pass its check: check mappings first. */
export class CompiledLayout implements Framing {
  readonly characters: Characters;
  readonly header: CompiledRecord | null;
  readonly records: readonly CompiledRecord[];
  readonly trailer: CompiledRecord | null;
  readonly totals: CompiledTotals;
  readonly blocks: BlockShape | null;
  readonly binary: boolean;
  readonly maxRecordLength: number;
  readonly firstLength: number;
  readonly shortestLength: number;
  readonly firstVaries: boolean;
  readonly headLength: number;
  readonly lineEndsOnly: boolean;
  /** Marked types in the order in which they are tried, then the one that takes the rest. */
  readonly #tried: readonly CompiledRecord[];

  constructor(readonly layout: FileLayout) {
    const faults = checkLayout(layout);
    if (faults.length > 0) {
      const list = faults.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n');
      throw new Error(`The layout ${layout.name} is wrong:\n${list}`);
    }
    this.characters = charactersOf(layout.characterSet, layout.upperCase === true, layout.delimiter);
    this.totals = new CompiledTotals(layout);
    const compile = (record: RecordLayout): CompiledRecord => compileRecord(record, this.characters, this.totals);
    this.header = layout.header === undefined ? null : compile(layout.header);
    this.trailer = layout.trailer === undefined ? null : compile(layout.trailer);
    this.records = layout.records.map(compile);
    this.blocks = layout.blocks === undefined ? null : blockShape(layout.blocks);
    this.binary = hasBinaryContent(layout);
    this.maxRecordLength = layout.maxRecordLength;
    const all = [this.header, this.trailer, ...this.records].filter((record) => record !== null);
    const lengths = all.map((record) => record.part.length);
    this.lineEndsOnly = all.some((record) => record.openEnd);
    this.shortestLength = Math.min(...lengths);
    this.firstVaries =
      this.header === null &&
      this.records.some(({ groups, segments }) => segments.length > 0 || groups.some(({ count }) => count !== null));
    this.firstLength = this.header?.part.length ?? this.shortestLength;
    this.headLength = Math.max(1, ...all.map((record) => record.head));
    this.#tried = [...all.filter((record) => record.mark !== null), ...all.filter((record) => record.mark === null)];
  }

  /** The type of the record in `bytes` from `at` to `end`, or null when nothing recognises it. */
  recognise(bytes: Uint8Array, at: number, end: number): CompiledRecord | null {
    for (const record of this.#tried) {
      const { mark } = record;
      if (mark === null) return record;
      if (at + mark.at + mark.bytes.length <= end && startsWith(bytes, at + mark.at, mark.bytes)) return record;
    }
    return null;
  }

  /** The type of a JSON record: the one whose mark it carries, or the one that takes the rest. */
  typeOf(record: Readonly<Record<string, unknown>>): CompiledRecord | null {
    for (const type of this.#tried) {
      const { mark } = type;
      if (mark === null) return type;
      const value = record[mark.key];
      if (value === mark.value) return type;
      if (typeof value === 'string' && value.length === mark.value.length && sameLetters(value, mark.value))
        return type;
    }
    return null;
  }

  lengthOf(bytes: Uint8Array, at: number, end: number): number {
    const record = this.recognise(bytes, at, end);
    if (record === null || at + record.head > end) return -1;
    const { groups, segments, part } = record;
    let length = record.length === null ? part.length : record.length.inFile(bytes, at);
    if (record.length === null) {
      if (segments.length > 0) return -1;
      for (const group of groups) {
        if (group.count === null) continue;
        const count = group.count.inFile(bytes, at);
        if (count < 0 || count > group.most) return -1;
        length += count * group.part.length;
      }
    }
    return length < part.length || length > this.maxRecordLength ? -1 : length;
  }
}

function blockShape({ word, length, zeros = 0, recordsPerBlock, maxBlockLength }: BlocksLayout): BlockShape {
  const most = Math.min(maxBlockLength ?? LONGEST_BLOCK, word === 'digits' ? 10 ** length - 1 : 2 ** (8 * length) - 1);
  return {
    binary: word === 'binary',
    wordLength: length,
    overhead: length + zeros,
    maxLength: most,
    recordsPerBlock: recordsPerBlock ?? Number.MAX_SAFE_INTEGER,
  };
}

function sameLetters(one: string, other: string): boolean {
  return one.toUpperCase() === other.toUpperCase();
}
