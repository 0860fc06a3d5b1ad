import type { PartnerRecord } from '@concord/plugin-sdk';
import type { FileLayout, RecordViolation } from '@concord/plugin-sdk/codec';
import { segmentsIn } from '../record-parts.js';

const BLANK = 0x20;
const DESCRIPTOR_WORD = 4;

/** How far the fields of a record move when it is laid out with its reserved segments: from a position on, by so much. */
export type Moves = readonly { readonly from: number; readonly by: number }[];

/** A record of the variable flavour, cut out of a fixed one; or where and why it is none. */
export type Unreserved =
  | { readonly bytes: Buffer; readonly moves: Moves; readonly wrong?: undefined }
  | { readonly wrong: { readonly position: string; readonly message: string } };

interface Slot {
  readonly identifier: string;
  readonly length: number;
}

/**
 * The records of the fixed-length flavour: every record, header and trailer among them, has the same length and states it.
 * A reserved segment that a record does not use carries its identifier and blanks.
 */
export class ReservedSegments {
  /** Bytes of every record. */
  readonly length: number;
  readonly #base: number;
  readonly #slots: readonly Slot[];
  readonly #most: ReadonlyMap<string, number>;

  /** @param reserved how many of each segment type, in any order; the format's own order is kept */
  constructor(layout: FileLayout, reserved: Readonly<Record<string, number>>) {
    const [record] = layout.records;
    if (record === undefined) throw new Error(`The layout ${layout.name} has no record`);
    this.#base = record.length;
    this.#slots = (record.segments?.types ?? []).flatMap(({ identifier, length }) =>
      Array.from({ length: reserved[identifier] ?? 0 }, () => ({ identifier, length })),
    );
    this.length = this.#slots.reduce((sum, slot) => sum + slot.length, this.#base);
    this.#most = new Map(
      (record.segments?.types ?? []).map(({ identifier }) => [identifier, reserved[identifier] ?? 0]),
    );
  }

  /** A record with more segments of a type than are reserved has no room for them. */
  violations(record: PartnerRecord): readonly RecordViolation[] {
    const used = new Map<string, number>();
    for (const { segmentIdentifier } of segmentsIn(record)) {
      const identifier = String(segmentIdentifier);
      used.set(identifier, (used.get(identifier) ?? 0) + 1);
    }
    return [...used]
      .filter(([identifier, count]) => count > (this.#most.get(identifier) ?? 0))
      .map(([identifier]) => ({
        field: `${identifier.toLowerCase()}.segmentIdentifier`,
        rule: 'reserved-segments',
        message: `Every record reserves room for ${this.#most.get(identifier) ?? 0} segments ${identifier}, this one needs more`,
      }));
  }

  /** Lays out a record of the variable flavour, without delimiter, with all its reserved segments. */
  reserve(record: Buffer): Buffer {
    const fixed = Buffer.alloc(this.length, BLANK);
    record.copy(fixed, 0, 0, this.#base);
    fixed.write(String(this.length).padStart(DESCRIPTOR_WORD, '0'), 0, 'latin1');
    if (isFrame(record)) return fixed;
    let from = this.#base;
    let to = this.#base;
    for (const { identifier, length } of this.#slots) {
      if (identifierAt(record, from) === identifier) {
        record.copy(fixed, to, from, from + length);
        from += length;
      } else {
        fixed.write(identifier, to, 'latin1');
      }
      to += length;
    }
    return fixed;
  }

  /** Takes the reserved segments that nothing uses out of a record. */
  unreserve(fixed: Buffer): Unreserved {
    if (fixed.length !== this.length) {
      return wrong(1, DESCRIPTOR_WORD, `Every record has ${this.length} bytes, this one ${shown(fixed, this.length)}`);
    }
    if (Number(fixed.toString('latin1', 0, DESCRIPTOR_WORD)) !== this.length) {
      return wrong(1, DESCRIPTOR_WORD, `The Record Descriptor Word states other than ${this.length} bytes`);
    }
    const pieces = [fixed.subarray(0, this.#base)];
    const used: Slot[] = [];
    let at = this.#base;
    if (!isFrame(fixed)) {
      for (const slot of this.#slots) {
        if (identifierAt(fixed, at) !== slot.identifier) {
          return wrong(at + 1, slot.identifier.length, `Segment ${slot.identifier} is reserved here`);
        }
        const piece = fixed.subarray(at, at + slot.length);
        if (!piece.subarray(slot.identifier.length).every((byte) => byte === BLANK)) {
          pieces.push(piece);
          used.push(slot);
        }
        at += slot.length;
      }
    }
    const bytes = Buffer.concat(pieces);
    bytes.write(String(bytes.length).padStart(DESCRIPTOR_WORD, '0'), 0, 'latin1');
    return { bytes, moves: this.moves(used.map(({ identifier }) => identifier)) };
  }

  /** How the segments of a record, in their order, move when it is laid out. */
  moves(identifiers: readonly string[]): Moves {
    const moves: { from: number; by: number }[] = [];
    let from = this.#base;
    let to = this.#base;
    let next = 0;
    for (const { identifier, length } of this.#slots) {
      if (identifiers[next] === identifier) {
        moves.push({ from: from + 1, by: to - from });
        from += length;
        next += 1;
      }
      to += length;
    }
    return moves;
  }
}

/** A printed position of the variable flavour as it is printed of the fixed one. */
export function movedPosition(position: string, moves: Moves): string {
  const [first = 0] = position.split('-').map(Number);
  const by = moves.findLast(({ from }) => first >= from)?.by ?? 0;
  return position
    .split('-')
    .map((place) => String(Number(place) + by))
    .join('-');
}

/** Whether the record is the header or the trailer, which carry no segments. */
export function isFrame(record: Buffer): boolean {
  return /^(HEADER|TRAILER)/.test(record.toString('latin1', DESCRIPTOR_WORD, DESCRIPTOR_WORD + 'TRAILER'.length));
}

function identifierAt(record: Buffer, at: number): string {
  return record.toString('latin1', at, at + 2);
}

function wrong(start: number, length: number, message: string): Unreserved {
  return { wrong: { position: `${start}-${start + length - 1}`, message } };
}

function shown(record: Buffer, most: number): string {
  return record.length > most ? 'more' : String(record.length);
}
