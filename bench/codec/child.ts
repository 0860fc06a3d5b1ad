import { createReadStream, createWriteStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import metro2 from '@concord/plugin-metro2';
import { readBare, writeBare } from './bare-loop.ts';
import { records } from './records.ts';
import { CONTEXT, SETTINGS } from './settings.ts';

/** Bytes of a base record with its K1 segment, without the line end. */
const LINE = 460;
const READ_SIZE = 128 * 1024;

const [mode, file, countText] = process.argv.slice(2);
if (mode === undefined || file === undefined) throw new Error('child <mode> <file> <count>');
const count = Number(countText);

function format() {
  const [outbound] = metro2.outbound;
  if (outbound === undefined) throw new Error('The plugin sends nothing');
  return outbound.format(metro2.settings.parse(SETTINGS));
}

async function write(path: string, chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void> {
  await pipeline(Readable.from(chunks, { objectMode: true, highWaterMark: 2 }), createWriteStream(path));
}

async function encode(path: string): Promise<void> {
  await write(
    path,
    format().encode(records(count), CONTEXT, (fault) => {
      throw new Error(JSON.stringify(fault));
    }),
  );
}

async function decode(path: string): Promise<void> {
  let bases = 0;
  for await (const { record, fault } of format().decode(
    createReadStream(path, { highWaterMark: READ_SIZE }),
    CONTEXT,
  )) {
    if (fault !== undefined) throw new Error(JSON.stringify(fault));
    if (record['consumerAccountNumber'] !== undefined) bases += 1;
  }
  if (bases !== count) throw new Error(`Read ${bases} of ${count} records`);
}

/** The second line of a file that the codec wrote: what the bare loops copy. */
async function sampleLine(path: string): Promise<Buffer> {
  const handle = await open(path);
  try {
    const { buffer } = await handle.read(Buffer.alloc(LINE), 0, LINE, 427);
    return buffer;
  } finally {
    await handle.close();
  }
}

async function bareRead(path: string): Promise<void> {
  const lines = await readBare(createReadStream(path, { highWaterMark: READ_SIZE }), LINE);
  if (lines !== count) throw new Error(`Read ${lines} of ${count} lines`);
}

const before = process.hrtime.bigint();
if (mode === 'encode') await encode(file);
else if (mode === 'decode') await decode(file);
else if (mode === 'bare-write') await write(`${file}.bare`, writeBare(await sampleLine(file), count));
else if (mode === 'bare-read') await bareRead(file);
else throw new Error(`Unknown mode ${mode}`);
const seconds = Number(process.hrtime.bigint() - before) / 1e9;
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(JSON.stringify({ perSecond: count / seconds, peakMegabytes }));
