import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import agencySamples from '@concord/plugin-agency-aim/samples';
import metro2Samples from '@concord/plugin-metro2/samples';
import { readSettingsFile } from '@concord/plugin-sdk';
import type { PluginSamples } from '@concord/plugin-sdk/testing';
import { PluginHost } from '@concord/core/plugin-host/pool';
import { broken } from './support/broken.js';
import { readFile, readMutated } from './support/mutated-reading.js';
import type { Codec } from './support/mutated-reading.js';
import { SEED } from './support/seed.js';

jest.setTimeout(600_000);

const FILES = 2_000;
/** No file of this size may take longer, on whatever machine, and none may keep more. */
const DEADLINE_MS = 20_000;
const MEMORY_LIMIT_MB = 256;

const PLUGINS: readonly (readonly [plugin: string, folder: string, samples: PluginSamples])[] = [
  ['@concord/plugin-metro2', 'metro2', metro2Samples],
  ['@concord/plugin-agency-aim', 'agency-aim', agencySamples],
];

/** Of a sample without settings they are the plugin's example. */
const codecs: readonly Codec[] = PLUGINS.flatMap(([plugin, , samples]) => {
  const codec = (direction: Codec['direction'], kind: string, file: string, settings: unknown): Codec => ({
    name: `${plugin.replace('@concord/plugin-', '')} ${kind} (${file})`,
    ...{ plugin, direction, kind, settings },
    file: readFileSync(fileURLToPath(new URL(file, samples.fixtures))),
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

function openHost(deadlineMs: number): PluginHost {
  return new PluginHost({
    // One process a plugin for all of it, so that what is kept of one file adds up.
    maxProcesses: PLUGINS.length,
    jobsPerProcess: Number.MAX_SAFE_INTEGER,
    deadlineMs,
    memoryLimitMb: MEMORY_LIMIT_MB,
    log: { warn: () => undefined },
  });
}

describe(`files that were changed on the way (CONCORD_TEST_SEED=${SEED})`, () => {
  const examples = new Map<string, unknown>();
  const host = openHost(DEADLINE_MS);
  beforeAll(async () => {
    for (const [plugin, folder] of PLUGINS) {
      const url = new URL(`../../libs/plugins/${folder}/example/settings.yaml`, import.meta.url);
      examples.set(plugin, await readSettingsFile(url));
    }
  });
  afterAll(() => host.close());

  test.each(codecs)('$name', async (sample) => {
    const codec = { ...sample, settings: sample.settings ?? examples.get(sample.plugin) };
    expect(await readFile(host, codec, codec.file)).toEqual({ refused: false, setAside: 0 });
    const { refused, quarantined, slowest } = await readMutated(host, codec, FILES, SEED);
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

describe('bites: a reader that, with a file that is not right,', () => {
  const FEW = 100;
  const NOTICED_WITHIN_MS = 60_000;
  const host = openHost(8_000);
  afterAll(() => host.close());
  const reader = (does: string): Codec => ({
    name: does,
    plugin: fileURLToPath(new URL('./support/careless-reader.mjs', import.meta.url)),
    direction: 'inbound',
    kind: 'answers',
    file: Buffer.from(Array.from({ length: 40 }, (_, number) => `A${100 + number}|ok\n`).join('')),
    settings: { does },
  });

  test.each([
    ['throws out of the record', /^file \d+ \(.+\): .*a line that it does not know/],
    ['never comes to its end', /^file \d+ \(.+\): .*no result within/],
    ['keeps what it reads', new RegExp(`^file \\d+ \\(.+\\): .*more than ${MEMORY_LIMIT_MB} MB`)],
  ])(
    '%s is noticed with the file that it happened at',
    async (does, message) => {
      await expect(readMutated(host, reader(does), FEW, SEED)).rejects.toThrow(message);
      broken(`a reader that ${does} (seeded)`, 1, 'noticed, with the file and how it was changed');
    },
    NOTICED_WITHIN_MS,
  );

  test('lets it pass is noticed by its count, and one that says what is wrong is not', async () => {
    expect(await readMutated(host, reader('lets it pass'), FEW, SEED)).toMatchObject({ refused: 0, quarantined: 0 });
    const { refused } = await readMutated(host, reader('says what is wrong'), FEW, SEED);
    expect(refused).toBeGreaterThan(FEW / 2);
    broken('a reader that lets everything pass (seeded)', FEW, 'noticed by the count of what was refused');
  });
});
