import type { FileFormatContext } from '../../contract/files.js';
import { CompiledLayout } from '../compiled-layout.js';
import type { CompiledPart, FieldProblem } from '../compiled-part.js';
import { segmentAt, type CompiledRecord } from '../compiled-record.js';
import { textCoding, type TextCoding } from '../delimited/text-coding.js';
import type { MutableRecord } from '../field-codec.js';
import { fieldKey, printedPosition } from '../field-key.js';
import { FileReader } from '../file-reader.js';
import type { FieldLayout, FileLayout } from '../layout.js';
import { RecordBytes } from '../part-reading.js';
import { RecordFramer } from '../record-framer.js';
import { hasIdentifiers, isInPlace, shapeOf, shownField, type CutField, type CutRecord } from './cut-record.js';

/** Cuts a file of fixed widths into its fields, to its end. */
export async function* cutFixed(
  layout: FileLayout,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<CutRecord> {
  const compiled = new CompiledLayout(layout);
  const framer = new RecordFramer(compiled);
  const reader = new FileReader(compiled, {}, context);
  const cutter = new FixedCutter(compiled);
  let number = 0;
  let stopped = false;

  function* records(): Generator<CutRecord> {
    while (!stopped) {
      const framed = framer.next();
      if (framed === 'more' || framed === 'end') return;
      number += 1;
      if (framed === 'record') reader.read(framer);
      else if (framed === 'too-long') reader.tooLong();
      else reader.lost();
      const faults = reader.faults.splice(0);
      stopped = framed === 'no-length' || reader.stopped;
      const type = framed === 'record' ? compiled.recognise(framer.bytes, framer.start, framer.end) : null;
      const whole = framed === 'record' && framer.failure === null;
      const fields = !whole ? [] : isInPlace(type, faults) ? cutter.fields(type!, framer) : cutter.line(framer);
      yield { number, type: type?.name ?? null, fields, faults };
    }
  }

  for await (const chunk of bytes) {
    framer.push(chunk);
    yield* records();
    if (stopped) return;
  }
  framer.finish();
  yield* records();
  if (stopped) return;
  reader.finish();
  if (reader.faults.length > 0) yield { number: null, type: null, fields: [], faults: reader.faults.splice(0) };
}

/** Bytes of a record, as the framer found it. */
type Found = Pick<RecordFramer, 'bytes' | 'start' | 'end'>;

class FixedCutter {
  readonly #coding: TextCoding;
  readonly #working: RecordBytes;
  readonly #masked: boolean;

  constructor(private readonly compiled: CompiledLayout) {
    this.#coding = textCoding(compiled.layout.characterSet);
    this.#working = new RecordBytes(compiled.characters, compiled.maxRecordLength);
    this.#masked = hasIdentifiers(compiled.layout);
  }

  /** A record whose fields do not stand where the table says, in one piece. */
  line({ bytes, start, end }: Found): CutField[] {
    const text = this.#text(bytes.subarray(start, end));
    const raw = this.#masked ? shapeOf(text) : text;
    return [{ name: '', key: '', position: `1-${end - start}`, raw, value: undefined, hidden: this.#masked }];
  }

  fields(type: CompiledRecord, { bytes, start, end }: Found): CutField[] {
    const length = Math.max(end - start, type.part.length);
    const record = Buffer.alloc(length, this.compiled.characters.blank);
    bytes.copy(record, 0, start, end);
    this.#working.start(record, 0, length, false);
    const cut = this.#part(type.part, record, 0, type.part.prefix);
    let at = type.part.length;
    for (const { part, key, at: fixed, count, most } of type.groups) {
      const occurrences = count === null ? most : count.inFile(record, 0);
      const first = count === null ? fixed : at;
      for (let i = 0; i < occurrences && first + (i + 1) * part.length <= length; i += 1) {
        cut.push(...this.#part(part, record, first + i * part.length, `${key}[${i + 1}].`));
      }
      if (count !== null) at += Math.max(0, occurrences) * part.length;
    }
    while (at < length) {
      const segment = segmentAt(type, record, at, length);
      if (segment === undefined) break;
      cut.push(...this.#part(segment.part, record, at, segment.part.prefix));
      at += segment.part.length;
    }
    return cut;
  }

  #part(part: CompiledPart, record: Buffer, offset: number, prefix: string): CutField[] {
    const values: MutableRecord = {};
    const problems: FieldProblem[] = [];
    this.#working.read(part, offset, 0, values, problems);
    return part.fields.map((field) => {
      const from = offset + field.start - 1;
      const bytes = record.subarray(from, from + field.length);
      const key = fieldKey(field);
      const raw = isText(field) ? this.#text(bytes) : `x'${bytes.toString('hex').toUpperCase()}'`;
      return shownField(field, prefix + key, printedPosition(field, offset), raw, values[key]);
    });
  }

  /** Text of bytes, one character each. */
  #text(bytes: Uint8Array): string {
    const decoder = this.#coding.decoder();
    return decoder.write(bytes) + decoder.end();
  }
}

function isText(field: FieldLayout): boolean {
  if (field.type === 'filler') return field.pad !== 'nul';
  return !('encoding' in field) || field.encoding === undefined || field.encoding === 'text';
}
