import type { DecodedRecord, EncoderInput, FileFault, FileFormat, FileFormatContext } from '../../contract/files.js';
import { faultOf, toldFaults } from '../fault.js';
import type { FormatOptions } from '../format-options.js';
import { MOST_FAULTS } from '../layout.js';
import { CompiledDelimited } from './compiled-delimited.js';
import type { DelimitedLayout } from './delimited-layout.js';
import { DelimitedReader } from './delimited-reader.js';
import { DelimitedWriter } from './delimited-writer.js';
import { LineFramer } from './line-framer.js';

/** Characters that are looked at together: a piece of any size is taken in parts, so that none is held twice. */
const PIECE = 256 * 1024;

/**
 * A format from a delimited layout, compiled once: use it for every file.
 *
 * @throws Error when the layout does not pass its check; check layouts that come from outside first
 */
export function delimitedFormat(layout: DelimitedLayout, options: FormatOptions = {}): FileFormat {
  const compiled = new CompiledDelimited(layout);
  return {
    decode: (bytes, context) => decode(compiled, options, bytes, context),
    encode: (records, context, onFault) => encode(compiled, options, records, context, onFault),
  };
}

async function* decode(
  compiled: CompiledDelimited,
  options: FormatOptions,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<DecodedRecord> {
  const reader = new DelimitedReader(compiled, options, context);
  const { faults } = reader;
  let told = 0;
  for await (const read of linesRead(compiled, reader, bytes)) {
    if (read !== null) yield read;
    if (faults.length === 0) continue;
    yield* toldFaults(faults, reader.legible);
    told += faults.length;
    faults.length = 0;
    if (told < MOST_FAULTS) continue;
    const place = { severity: 'file', file: context.file, record: null } as const;
    yield { fault: faultOf(place, 'faults', `The file has more than ${MOST_FAULTS} faults and was not read further`) };
    return;
  }
  for (const fault of faults) yield { fault };
}

/**
 * Reads a file line by line: what each line gave, after which the reader holds its type, cells and faults. Faults of the
 * file's end are left with the reader.
 */
export async function* linesRead(
  compiled: CompiledDelimited,
  reader: DelimitedReader,
  bytes: AsyncIterable<Uint8Array>,
): AsyncGenerator<DecodedRecord | null> {
  const framer = new LineFramer(compiled.layout.maxRecordLength);
  const decoder = compiled.coding.decoder();

  function* lines(): Generator<DecodedRecord | null> {
    while (!reader.stopped) {
      const framed = framer.next(reader.isOpen);
      if (framed === 'more' || framed === 'end') return;
      if (framed === 'line') yield reader.read(framer.line, framer.unterminated);
      else {
        reader.tooLong();
        yield null;
      }
    }
  }

  for await (const chunk of bytes) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      framer.push(decoder.write(chunk.subarray(at, at + PIECE)));
      yield* lines();
      if (reader.stopped) return;
    }
  }
  framer.push(decoder.end());
  framer.finish();
  yield* lines();
  if (!reader.stopped) reader.finish();
}

async function* encode(
  compiled: CompiledDelimited,
  options: FormatOptions,
  records: AsyncIterable<EncoderInput> | Iterable<EncoderInput>,
  context: FileFormatContext,
  onFault: (fault: FileFault, inputNumber: number) => void,
): AsyncGenerator<Uint8Array> {
  const writer = new DelimitedWriter(compiled, options, context, onFault);
  const encoder = compiled.coding.encoder(compiled.layout.byteOrderMark === true);
  let inputNumber = 0;
  if (Symbol.asyncIterator in records) {
    for await (const input of records) {
      writer.add(input, (inputNumber += 1));
      if (writer.isFull) yield encoder.write(writer.take());
    }
  } else {
    for (const input of records) {
      writer.add(input, (inputNumber += 1));
      if (writer.isFull) yield encoder.write(writer.take());
    }
  }
  writer.finish();
  const last = writer.take();
  if (last !== '') yield encoder.write(last);
  const rest = encoder.end();
  if (rest.length > 0) yield rest;
}
