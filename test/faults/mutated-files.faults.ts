import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import agencySamples from '@concord/plugin-agency-aim/samples';
import metro2Samples from '@concord/plugin-metro2/samples';
import { readSettingsFile } from '@concord/plugin-sdk';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import { PluginHost } from '@concord/core/plugin-host/pool';
import { Dice } from '../e2e/thirty-days/seeded.js';
import { broken } from './support/broken.js';
import { mutate } from './support/mutate.js';
import { SEED } from './support/seed.js';

jest.setTimeout(600_000);

const FILES = 2_000;
/** No file of this size may take longer, on whatever machine, and none may keep more. */
const DEADLINE_MS = 20_000;
const MEMORY_LIMIT_MB = 256;

interface Codec {
  readonly name: string;
  readonly plugin: string;
  readonly direction: 'outbound' | 'inbound';
  readonly kind: string;
  readonly file: Buffer;
  /** Null: the plugin's example. */
  readonly settings: unknown;
}

const PLUGINS: readonly (readonly [plugin: string, folder: string, samples: PluginSamples])[] = [
  ['@concord/plugin-metro2', 'metro2', metro2Samples],
  ['@concord/plugin-agency-aim', 'agency-aim', agencySamples],
];

const codecs: readonly Codec[] = PLUGINS.flatMap(([plugin, , samples]) => {
  const codec = (direction: Codec['direction'], kind: string, file: string, settings: unknown): Codec => ({
    name: `${plugin.replace('@concord/plugin-', '')} ${kind} (${file})`,
    ...{ plugin, direction, kind },
    file: readFileSync(fileURLToPath(new URL(file, samples.fixtures))),
    settings: settings ?? null,
  });
  return [
    ...Object.entries(samples.inbound).flatMap(([kind, all]) =>
      all.map(({ file, settings }) => codec('inbound', kind, file, settings)),
    ),
    ...Object.entries(samples.outbound).flatMap(([kind, sample]) =>
      ('changes' in sample ? [sample] : sample).map(({ golden, settings }) =>
        codec('outbound', kind, golden, settings),
      ),
    ),
  ];
});

const examples = new Map<string, unknown>();
let host: PluginHost;

beforeAll(async () => {
  for (const [plugin, folder] of PLUGINS) {
    const url = new URL(`../../libs/plugins/${folder}/example/settings.yaml`, import.meta.url);
    examples.set(plugin, await readSettingsFile(url));
  }
  host = new PluginHost({
    // One process a plugin for all of it, so that what is kept of one file adds up.
    maxProcesses: PLUGINS.length,
    jobsPerProcess: Number.MAX_SAFE_INTEGER,
    deadlineMs: DEADLINE_MS,
    memoryLimitMb: MEMORY_LIMIT_MB,
    log: { warn: () => undefined },
  });
});
afterAll(() => host.close());

/** What reading a file has come to: faults that name the file and a rule, or records alone. */
interface Reading {
  readonly refused: boolean;
  readonly setAside: number;
}

async function read(codec: Codec, bytes: Buffer): Promise<Reading> {
  const settings = codec.settings ?? examples.get(codec.plugin);
  const once = async function* (): AsyncGenerator<Uint8Array> {
    yield bytes;
  };
  const faults: { severity: string; rule: string; message: string; file: string }[] = [];
  if (codec.direction === 'inbound') {
    for await (const batch of host.decode(codec.plugin, settings, codec.kind, 'mutated', once())) {
      for (const item of batch) if ('fault' in item) faults.push(item.fault);
    }
  } else {
    const of = { direction: codec.direction, kind: codec.kind, file: 'mutated', date: '2026-11-22' };
    for await (const part of host.formatDecode(codec.plugin, settings, of, once())) {
      if (part.faults) faults.push(...part.faults);
    }
  }
  for (const { file, rule, message } of faults) {
    if (file !== 'mutated' || rule === '' || message === '') throw new Error(`a fault that says nothing: ${message}`);
  }
  return {
    refused: faults.some(({ severity }) => severity === 'file'),
    setAside: faults.filter(({ severity }) => severity === 'record').length,
  };
}

describe(`files that were changed on the way (CONCORD_TEST_SEED=${SEED})`, () => {
  test.each(codecs)('$name', async (codec) => {
    expect(await read(codec, codec.file)).toEqual({ refused: false, setAside: 0 });
    const dice = new Dice(SEED, codec.name);
    let [refused, quarantined, slowest] = [0, 0, 0];
    for (let made = 0; made < FILES; made += 1) {
      const { how, bytes } = mutate(codec.file, dice);
      const began = performance.now();
      const reading = await read(codec, bytes).catch((error: Error) => {
        throw new Error(`file ${made} (${how}): ${error.message}`, { cause: error });
      });
      slowest = Math.max(slowest, performance.now() - began);
      if (reading.refused) refused += 1;
      else if (reading.setAside > 0) quarantined += 1;
    }
    expect(slowest).toBeLessThan(DEADLINE_MS);
    // Most changes can be noticed: a reader that lets most of them pass does not look.
    expect(refused + quarantined).toBeGreaterThan(FILES / 2);
    broken(
      `${codec.name}, changed`,
      FILES,
      `${refused} refused, ${quarantined} with records set aside, the rest readable; no crash, no hang, below ${MEMORY_LIMIT_MB} MB`,
    );
  });
});
