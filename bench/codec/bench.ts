import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { BenchResult, BenchRow } from '../result.ts';

interface Measured {
  readonly perSecond: number;
  readonly peakMegabytes: number;
}

const CHILD = fileURLToPath(new URL('child.ts', import.meta.url));
const RECORDS = 1_000_000;
/** A process may never hold a file: whatever its size, memory stays below this. */
const MOST_MEGABYTES = 300;

async function measure(mode: string, file: string, count: number): Promise<Measured> {
  const { stdout } = await promisify(execFile)(process.execPath, [CHILD, mode, file, String(count)]);
  return JSON.parse(stdout) as Measured;
}

/**
 * Encodes and decodes a file of base records with K1 through the Metro 2 plugin, each in a process of its own, beside a
 * loop that only copies the same fields in and out of a Buffer. Ratios are of one run on one machine.
 *
 * @throws Error when memory grows with the file
 */
export async function run(count = RECORDS): Promise<BenchResult> {
  const folder = await mkdtemp(join(tmpdir(), 'concord-codec-'));
  const file = join(folder, 'bench.m2');
  try {
    const encode = await measure('encode', file, count);
    const bareWrite = await measure('bare-write', file, count);
    const decode = await measure('decode', file, count);
    const bareRead = await measure('bare-read', file, count);
    for (const { peakMegabytes } of [encode, decode]) {
      if (peakMegabytes > MOST_MEGABYTES) throw new Error(`Memory reached ${Math.round(peakMegabytes)} MB`);
    }
    const rate = (name: string, { perSecond }: Measured, note?: string): BenchRow => ({
      name,
      value: Math.round(perSecond),
      unit: 'records/s',
      ...(note === undefined ? {} : { note }),
    });
    const memory = (name: string, { peakMegabytes }: Measured): BenchRow => ({
      name,
      value: Math.round(peakMegabytes),
      unit: 'MB',
    });
    const ratio = (name: string, codec: Measured, bare: Measured): BenchRow => ({
      name,
      value: Math.round((codec.perSecond / bare.perSecond) * 100) / 100,
      unit: 'of the bare loop',
    });
    return {
      title: `Codec: ${count.toLocaleString('en')} Metro 2 base records with K1`,
      rows: [
        rate('encode', encode, 'checked, counted, written to a file'),
        rate('bare write loop', bareWrite, 'the same fields copied from text, written to a file'),
        ratio('encode', encode, bareWrite),
        memory('encode, peak memory', encode),
        rate('decode', decode, 'read from a file, checked, counted, as JSON records'),
        rate('bare read loop', bareRead, 'the same fields copied to text'),
        ratio('decode', decode, bareRead),
        memory('decode, peak memory', decode),
      ],
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
