import type {
  DecodedRecord,
  EncoderInput,
  FileFault,
  FileFormat,
  FileFormatContext,
  PartnerRecord,
} from '@concord/plugin-sdk';
import { isRecord, segmentsIn } from '../record-parts.js';
import { LineCutter, type Line } from './line-cutter.js';
import { isFrame, movedPosition, type Moves, type ReservedSegments } from './reserved-segments.js';

const LINE_FEED = Buffer.from('\n');
const END_OF_FILE = 0x1a;

/**
 * The fixed-length flavour of a file whose variable flavour `variable` writes and reads, one record a line. Records are the
 * same in JSON; positions in faults are those of the fixed record.
 */
export function fixedRecordFormat(variable: FileFormat, reserved: ReservedSegments): FileFormat {
  return {
    encode: (records, context, onFault) => encode(variable, reserved, records, context, onFault),
    decode: (bytes, context) => decode(variable, reserved, bytes, context),
  };
}

async function* encode(
  variable: FileFormat,
  reserved: ReservedSegments,
  records: AsyncIterable<EncoderInput> | Iterable<EncoderInput>,
  context: FileFormatContext,
  onFault: (fault: FileFault, inputNumber: number) => void,
): AsyncGenerator<Uint8Array> {
  let current: EncoderInput = {};
  async function* followed(): AsyncGenerator<EncoderInput> {
    for await (const input of records) {
      current = input;
      yield input;
    }
  }
  const moved = (fault: FileFault, inputNumber: number): void => {
    // Of records that stand together the fault does not say which one it is about.
    const position = isRecord(current) ? positionIn(fault, reserved.moves(identifiersOf(current))) : null;
    onFault({ ...fault, position }, inputNumber);
  };
  const cutter = new LineCutter(9_999);
  const laidOut = (lines: readonly Line[]): Buffer =>
    Buffer.concat(lines.flatMap(({ bytes }) => [reserved.reserve(bytes), LINE_FEED]));
  for await (const chunk of variable.encode(followed(), context, moved)) yield laidOut(cutter.push(chunk));
}

/** What is known of a line beside its bytes. */
interface Note {
  readonly moves: Moves;
  readonly fault: FileFault | null;
}

async function* decode(
  variable: FileFormat,
  reserved: ReservedSegments,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<DecodedRecord> {
  const notes = new Map<number, Note>();
  let told = 0;
  for await (const decoded of variable.decode(variableLines(reserved, bytes, context, notes), context)) {
    const number = decoded.fault === undefined ? decoded.number : decoded.fault.record;
    if (number === null) {
      yield decoded;
      continue;
    }
    for (const seen of notes.keys()) if (seen < number) notes.delete(seen);
    const note = notes.get(number);
    if (note !== undefined && note.fault !== null) {
      if (told < number) yield { fault: note.fault };
      told = number;
      if (decoded.fault?.severity === 'file') yield { fault: { ...decoded.fault, position: null } };
    } else if (decoded.fault === undefined) {
      yield { ...decoded, record: { ...decoded.record, recordDescriptorWord: reserved.length } };
    } else {
      yield { fault: { ...decoded.fault, position: positionIn(decoded.fault, note?.moves ?? []) } };
    }
  }
}

/** The file as its variable flavour. A line that is no fixed record goes on as it is, and is noted. */
async function* variableLines(
  reserved: ReservedSegments,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
  notes: Map<number, Note>,
): AsyncGenerator<Uint8Array> {
  const cutter = new LineCutter(reserved.length);
  let number = 0;
  const variableOf = (lines: readonly Line[]): Buffer => {
    const pieces: Buffer[] = [];
    for (const line of lines) {
      if (line.bytes.length === 0 || (line.bytes.length === 1 && line.bytes[0] === END_OF_FILE)) continue;
      number += 1;
      const unreserved = reserved.unreserve(line.bytes);
      const { wrong } = unreserved;
      const fault = wrong === undefined ? null : lineFault(line.bytes, number, context, wrong);
      notes.set(number, { moves: wrong === undefined ? unreserved.moves : [], fault });
      pieces.push(wrong === undefined ? unreserved.bytes : line.bytes);
      if (line.ended) pieces.push(LINE_FEED);
    }
    return Buffer.concat(pieces);
  };
  for await (const chunk of bytes) yield variableOf(cutter.push(chunk));
  yield variableOf(cutter.finish());
}

function lineFault(
  line: Buffer,
  record: number,
  context: FileFormatContext,
  { position, message }: { readonly position: string; readonly message: string },
): FileFault {
  const severity = isFrame(line) ? 'file' : 'record';
  return { severity, file: context.file, record, field: null, position, value: null, rule: 'fixed-record', message };
}

function positionIn(fault: FileFault, moves: Moves): string | null {
  return fault.position === null ? null : movedPosition(fault.position, moves);
}

function identifiersOf(record: PartnerRecord): string[] {
  return segmentsIn(record).map(({ segmentIdentifier }) => String(segmentIdentifier));
}
