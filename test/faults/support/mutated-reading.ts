import type { PluginHost } from '@concord/core/plugin-host/pool';
import { Dice } from '../../e2e/thirty-days/seeded.js';
import { mutate } from './mutate.js';

/** A kind of file of a plugin, with a right file of it. */
export interface Codec {
  readonly name: string;
  readonly plugin: string;
  readonly direction: 'outbound' | 'inbound';
  readonly kind: string;
  readonly file: Buffer;
  readonly settings: unknown;
}

/** What reading a file has come to: faults that name the file and a rule, or records alone. */
interface Reading {
  readonly refused: boolean;
  readonly setAside: number;
}

/** What reading many changed files has come to. */
export interface MutatedReading {
  readonly refused: number;
  /** Files that were read, with records that were not. */
  readonly quarantined: number;
  /** Milliseconds. */
  readonly slowest: number;
}

const FILE = 'mutated';

/**
 * Reads one file as a partner's file is read, in the plugin's process.
 *
 * @throws PluginFailure for a reader that throws, hangs, crashes or fills; Error for a fault that does not say what is wrong
 */
export async function readFile(host: PluginHost, codec: Codec, bytes: Buffer): Promise<Reading> {
  const { plugin, settings, kind, direction } = codec;
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const faults: { severity: string; rule: string; message: string; file: string }[] = [];
  if (direction === 'inbound') {
    for await (const batch of host.decode(plugin, settings, kind, FILE, once())) {
      for (const item of batch) if ('fault' in item) faults.push(item.fault);
    }
  } else {
    const of = { direction, kind, file: FILE, date: '2026-11-22' };
    for await (const part of host.formatDecode(plugin, settings, of, once())) {
      if (part.faults) faults.push(...part.faults);
    }
  }
  for (const { file, rule, message } of faults) {
    if (file !== FILE || rule === '' || message === '') throw new Error(`a fault that says nothing: ${message}`);
  }
  return {
    refused: faults.some(({ severity }) => severity === 'file'),
    setAside: faults.filter(({ severity }) => severity === 'record').length,
  };
}

/**
 * Reads so many changed files, one after the other, in one process of the plugin.
 *
 * @throws Error with the number of the file and how it was changed, where the reader does not do with it as it should
 */
export async function readMutated(
  host: PluginHost,
  codec: Codec,
  files: number,
  seed: number,
): Promise<MutatedReading> {
  const dice = new Dice(seed, codec.name);
  let [refused, quarantined, slowest] = [0, 0, 0];
  for (let made = 0; made < files; made += 1) {
    const { how, bytes } = mutate(codec.file, dice);
    const began = performance.now();
    const reading = await readFile(host, codec, bytes).catch((error: Error) => {
      throw new Error(`file ${made} (${how}): ${error.message}`, { cause: error });
    });
    slowest = Math.max(slowest, performance.now() - began);
    if (reading.refused) refused += 1;
    else if (reading.setAside > 0) quarantined += 1;
  }
  return { refused, quarantined, slowest };
}
