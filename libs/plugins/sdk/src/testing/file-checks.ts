import { readFile, writeFile } from 'node:fs/promises';
import type { PartnerRecord } from '../contract/files.js';
import type { InboundFile, OutboundFile } from '../contract/plugin.js';
import { inPieces, joined } from './byte-streams.js';
import { checkFaults, ensureRefused } from './fault-checks.js';
import { cuts, damages, hostileFiles, tamperedTotals, type Mutation } from './mutations.js';
import { decodeFindings, decodeRecords, encodeChanges, faultsIn } from './run-plugin.js';
import type { InboundSample, OutboundSample, PluginSamples, SkippableCheck } from './samples.js';
import { ensure, type TestFramework } from './test-framework.js';

const CUTS = 60;
const DAMAGES = 240;
/** Set to 1, it makes the golden files anew from what is written now; look at the difference before keeping it. */
const WRITE_GOLDEN = 'WRITE_GOLDEN';

type Register = (check: SkippableCheck, name: string, body: () => void | Promise<void>) => void;
type Settings = () => Promise<unknown>;

/** Registers the tests of one kind of file that the plugin sends. */
export function describeOutbound(
  outbound: OutboundFile<unknown>,
  settings: Settings,
  samples: PluginSamples,
  { describe, test, expect }: TestFramework,
  unlessSkipped: Register,
): void {
  const sample = samples.outbound[outbound.kind];
  describe(`outbound ${outbound.kind}`, () => {
    if (sample === undefined) {
      unlessSkipped('golden', 'has a sample', () => ensure(false, `The samples have no file of kind ${outbound.kind}`));
      return;
    }
    const encode = async (): ReturnType<typeof encodeChanges> =>
      encodeChanges(outbound, await settings(), samples, sample.changes);

    unlessSkipped('golden', `writes the bytes of ${sample.golden}`, async () => {
      const { bytes } = await encode();
      const golden = new URL(sample.golden, samples.fixtures);
      if (process.env[WRITE_GOLDEN] === '1') await writeFile(golden, bytes);
      ensureSameBytes(bytes, await readFile(golden));
    });

    test('writes the same bytes twice', async () => ensureSameBytes((await encode()).bytes, (await encode()).bytes));

    test('sets aside only what can not be written, and says why', async () => {
      const { setAside, fileName } = await encode();
      expect(setAside.map(({ sequence }) => sequence)).toEqual(sample.setAside ?? []);
      checkFaults(
        setAside.map(({ fault }) => fault),
        fileName,
        Object.values(samples.identifiers),
        'encode',
      );
    });

    test('names files apart, without blanks', async () => {
      const parsed = await settings();
      const names = [1, 2, 999, 12_345].map((fileSequence) =>
        outbound.name({ settings: parsed, date: samples.date, fileSequence }),
      );
      ensure(new Set(names).size === names.length, `Names repeat: ${names.join(', ')}`);
      for (const name of names) ensure(/^[A-Za-z0-9_.-]+$/.test(name), `${name} is no plain file name`);
    });

    test('reads back what it wrote, and writes it again', async () => {
      const { bytes, fileName } = await encode();
      const decoded = await decodeRecords(outbound, await settings(), samples, fileName, bytes);
      expect(faultsIn(decoded)).toEqual([]);
      const records = decoded.flatMap(({ record }) => (record === undefined ? [] : [record]));
      const faults: unknown[] = [];
      const format = outbound.format(await settings());
      const context = { file: fileName, date: samples.date };
      const again = await joined(format.encode(records, context, (fault) => faults.push(fault)));
      expect(faults).toEqual([]);
      ensureSameBytes(again, bytes);
    });

    test('reads the same records whatever ends them and however they arrive', async () => {
      const { bytes, fileName } = await encode();
      const read = async (file: Buffer): Promise<PartnerRecord[]> => {
        const decoded = await decodeRecords(outbound, await settings(), samples, fileName, file);
        expect(faultsIn(decoded)).toEqual([]);
        return decoded.flatMap(({ record }) => (record === undefined ? [] : [record]));
      };
      const wanted = await read(bytes);
      expect(await read(Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'))).toEqual(wanted);
      expect(await read(Buffer.from(bytes.toString('latin1').replace(/\r?\n$/, ''), 'latin1'))).toEqual(wanted);
      const format = outbound.format(await settings());
      const singly: PartnerRecord[] = [];
      for await (const { record } of format.decode(inPieces(bytes, 1), { file: fileName, date: samples.date })) {
        if (record !== undefined) singly.push(record);
      }
      expect(singly).toEqual(wanted);
    });

    const records = async (mutation: Mutation): Promise<ReturnType<typeof faultsIn>> =>
      faultsIn(await decodeRecords(outbound, await settings(), samples, 'FILE', mutation.bytes));
    describeDamage(async () => (await encode()).bytes, records, sample, samples, unlessSkipped);
  });
}

/** Registers the tests of one kind of file that the plugin receives. */
export function describeInbound(
  inbound: InboundFile<unknown>,
  settings: Settings,
  samples: PluginSamples,
  { describe, test, expect }: TestFramework,
  unlessSkipped: Register,
): void {
  describe(`inbound ${inbound.kind}`, () => {
    const inboundSamples = samples.inbound[inbound.kind] ?? [];
    unlessSkipped('inbound', 'has a sample, and settings under which it is read', async () => {
      ensure(inboundSamples.length > 0, `The samples have no file of kind ${inbound.kind}`);
      ensure(inbound.available(await settings()), 'The example settings do not make it available');
    });
    for (const sample of inboundSamples) {
      const bytes = (): Promise<Buffer> => readFile(new URL(sample.file, samples.fixtures));

      test(`finds in ${sample.file} what the partner says`, async () => {
        expect(await decodeFindings(inbound, await settings(), sample.file, await bytes())).toEqual(sample.findings);
      });

      test(`gives every finding in ${sample.file} a key of its own`, () => {
        const keys = sample.findings.map((finding) => finding.naturalKey);
        ensure(new Set(keys).size === keys.length, 'Natural keys repeat');
      });

      const findings = async (mutation: Mutation): Promise<ReturnType<typeof faultsIn>> =>
        faultsIn(await decodeFindings(inbound, await settings(), 'FILE', mutation.bytes));
      describeDamage(bytes, findings, sample, samples, unlessSkipped, sample.file);
    }
  });
}

function describeDamage(
  file: () => Promise<Buffer>,
  faultsOf: (mutation: Mutation) => Promise<ReturnType<typeof faultsIn>>,
  sample: OutboundSample | InboundSample,
  samples: PluginSamples,
  unlessSkipped: Register,
  name = 'a file',
): void {
  const identifiers = Object.values(samples.identifiers);

  unlessSkipped('totals', `refuses ${name} with a changed total`, async () => {
    let tried = 0;
    for (const mutation of tamperedTotals(await file(), sample.totals)) {
      ensureRefused(await faultsOf(mutation), mutation.name);
      tried += 1;
    }
    ensure(tried > 0, 'The sample names no totals');
  });

  unlessSkipped('mutations', `refuses ${name} that was cut`, async () => {
    for (const mutation of cuts(await file(), CUTS)) {
      const faults = await faultsOf(mutation);
      ensureRefused(faults, mutation.name);
      checkFaults(faults, 'FILE', identifiers, mutation.name);
    }
  });

  unlessSkipped('mutations', `reads ${name} that was damaged without falling over`, async () => {
    for (const mutation of damages(await file(), DAMAGES)) {
      checkFaults(await faultsOf(mutation), 'FILE', identifiers, mutation.name);
    }
  });

  unlessSkipped('mutations', `refuses hostile variants of ${name}`, async () => {
    for (const mutation of hostileFiles(await file())) {
      const faults = await faultsOf(mutation);
      ensureRefused(faults, mutation.name);
      checkFaults(faults, 'FILE', identifiers, mutation.name);
    }
  });
}

function ensureSameBytes(actual: Buffer, expected: Buffer): void {
  if (actual.equals(expected)) return;
  const length = Math.min(actual.length, expected.length);
  let at = 0;
  while (at < length && actual[at] === expected[at]) at += 1;
  const line = expected.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
  const column = at - (at === 0 ? -1 : expected.lastIndexOf(0x0a, at - 1));
  const around = (bytes: Buffer): string => JSON.stringify(bytes.toString('latin1', at, at + 20));
  ensure(false, `Line ${line} differs from position ${column}: ${around(actual)} instead of ${around(expected)}`);
}
