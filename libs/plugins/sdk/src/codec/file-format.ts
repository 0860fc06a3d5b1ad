import type { DecodedRecord, EncoderInput, FileFormat, FileFormatContext } from '../contract/files.js';
import { CompiledLayout } from './compiled-layout.js';
import { delimitedFormat } from './delimited/delimited-format.js';
import { toldFaults } from './fault.js';
import { FileReader } from './file-reader.js';
import { FileWriter, isGroup, type OnFault } from './file-writer.js';
import type { FormatOptions } from './format-options.js';
import { isDelimited, type SuppliedLayout } from './mapping/any-layout.js';
import { suppliedOptions } from './mapping/supply.js';
import { RecordFramer } from './record-framer.js';

/**
 * A format from a layout of either form, compiled once: use it for every file. What the layout's `supply` puts into header
 * and trailer gives way to what `options` put there.
 *
 * @throws Error when the layout does not pass its check; read layouts that come from outside with `readAnyLayout`
 */
export function fileFormat(layout: SuppliedLayout, given: FormatOptions = {}): FileFormat {
  const options = withSupplied(layout, given);
  if (isDelimited(layout)) return delimitedFormat(layout, options);
  const compiled = new CompiledLayout(layout);
  return {
    decode: (bytes, context) => decode(compiled, options, bytes, context),
    encode: (records, context, onFault) => encode(compiled, options, records, context, onFault),
  };
}

function withSupplied(layout: SuppliedLayout, given: FormatOptions): FormatOptions {
  const supplied = suppliedOptions(layout);
  const { header, trailer } = supplied;
  return {
    ...supplied,
    ...given,
    ...(header && given.header ? { header: (context) => ({ ...header(context), ...given.header?.(context) }) } : {}),
    ...(trailer && given.trailer
      ? { trailer: (context) => ({ ...trailer(context), ...given.trailer?.(context) }) }
      : {}),
  };
}

async function* decode(
  compiled: CompiledLayout,
  options: FormatOptions,
  bytes: AsyncIterable<Uint8Array>,
  context: FileFormatContext,
): AsyncGenerator<DecodedRecord> {
  const framer = new RecordFramer(compiled);
  const reader = new FileReader(compiled, options, context);
  const { faults } = reader;

  function* records(): Generator<DecodedRecord, boolean> {
    for (;;) {
      const framed = framer.next();
      if (framed === 'more' || framed === 'end') return true;
      const read = framed === 'record' ? reader.read(framer) : null;
      if (framed === 'too-long') reader.tooLong();
      if (framed === 'no-length') reader.lost();
      if (read !== null) yield read;
      if (faults.length === 0) continue;
      const stop = framed === 'no-length' || reader.stopped;
      yield* toldFaults(faults, reader.legible);
      faults.length = 0;
      if (stop) return false;
    }
  }

  for await (const chunk of bytes) {
    framer.push(chunk);
    if (!(yield* records())) return;
  }
  framer.finish();
  if (!(yield* records())) return;
  reader.finish();
  for (const fault of faults) yield { fault };
}

async function* encode(
  compiled: CompiledLayout,
  options: FormatOptions,
  records: AsyncIterable<EncoderInput> | Iterable<EncoderInput>,
  context: FileFormatContext,
  onFault: OnFault,
): AsyncGenerator<Uint8Array> {
  const writer = new FileWriter(compiled, options, context, onFault);
  let inputNumber = 0;
  if (Symbol.asyncIterator in records) {
    for await (const input of records) {
      const size = sizeOf(input);
      if (!writer.hasRoomFor(size)) yield writer.take(size);
      writer.add(input, (inputNumber += 1));
    }
  } else {
    for (const input of records) {
      const size = sizeOf(input);
      if (!writer.hasRoomFor(size)) yield writer.take(size);
      writer.add(input, (inputNumber += 1));
    }
  }
  if (!writer.hasRoomFor(1)) yield writer.take(1);
  writer.finish();
  yield writer.take(0);
}

function sizeOf(input: EncoderInput): number {
  return isGroup(input) ? input.length : 1;
}
