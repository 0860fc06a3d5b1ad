import { readFile, writeFile } from 'node:fs/promises';
import type { PartnerRecord } from '../contract/files.js';
import type { OutboundFile } from '../contract/plugin.js';
import { joined, slowly } from './byte-streams.js';
import { ensureSameBytes } from './byte-difference.js';
import type { CheckList } from './check-list.js';
import { addDamageChecks } from './damage-checks.js';
import { checkFaults } from './fault-checks.js';
import { addHostileInputChecks } from './hostile-checks.js';
import { decodeRecords, encodeChanges, faultsIn, type Encoded } from './run-plugin.js';
import { outboundSamples, type OutboundSample } from './samples.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';
import { TIME_ZONES, inTimeZone } from './time-zones.js';

/** Set to 1, it makes the golden files anew from what is written now; look at the difference before keeping it. */
const WRITE_GOLDEN = 'WRITE_GOLDEN';

/** The checks of one kind of file that the plugin sends. */
export function addOutboundChecks(subject: Subject, outbound: OutboundFile<unknown>, all: CheckList): void {
  const samples = outboundSamples(subject.samples, outbound.kind);
  const list = all.of(`outbound ${outbound.kind}`);
  if (samples.length === 0) {
    list.add('golden', 'has a sample', () => ensure(false, `The samples have no file of kind ${outbound.kind}`));
  }
  for (const sample of samples) {
    const part = samples.length === 1 ? `outbound ${outbound.kind}` : `outbound ${outbound.kind}: ${sample.golden}`;
    addSampleChecks(subject, outbound, sample, all.of(part, sample.skip));
  }
}

function addSampleChecks(
  subject: Subject,
  outbound: OutboundFile<unknown>,
  sample: OutboundSample,
  list: CheckList,
): void {
  const { samples, identifiers, expect } = subject;
  const encode = async (stream?: typeof slowly): Promise<Encoded> =>
    encodeChanges(outbound, await subject.settings(sample), samples, sample.changes, stream);

  list.add('golden', `writes the bytes of ${sample.golden}`, async () => {
    const { bytes } = await encode();
    const golden = new URL(sample.golden, samples.fixtures);
    if (process.env[WRITE_GOLDEN] === '1') await writeFile(golden, bytes);
    ensureSameBytes(bytes, await readFile(golden));
  });

  list.add('always', 'writes the same bytes twice', async () =>
    ensureSameBytes((await encode()).bytes, (await encode()).bytes),
  );

  list.add('always', 'writes the same bytes however its input arrives, and in every time zone', async () => {
    const { bytes } = await encode();
    ensureSameBytes((await encode(slowly)).bytes, bytes);
    for (const zone of TIME_ZONES) ensureSameBytes((await inTimeZone(zone, () => encode())).bytes, bytes);
  });

  list.add('always', 'sets aside only what can not be written, and says why', async () => {
    const { setAside, fileName } = await encode();
    expect(setAside.map(({ sequence }) => sequence)).toEqual(sample.setAside ?? []);
    const faults = setAside.map(({ fault }) => fault);
    checkFaults(faults, fileName, identifiers, 'encode');
    for (const { severity } of faults) ensure(severity === 'record', 'What is set aside harms only itself');
  });

  list.add('round-trip', 'reads back what it wrote, and writes it again', async () => {
    const { bytes, fileName } = await encode();
    const settings = await subject.settings(sample);
    const decoded = await decodeRecords(outbound, settings, samples, fileName, bytes);
    expect(faultsIn(decoded)).toEqual([]);
    const records = decoded.flatMap(({ record }) => (record === undefined ? [] : [record]));
    const faults: unknown[] = [];
    const context = { file: fileName, date: samples.date };
    const format = outbound.format(settings);
    const again = await joined(format.encode(records, context, (fault) => faults.push(fault)));
    expect(faults).toEqual([]);
    ensureSameBytes(again, bytes);
  });

  list.add('round-trip', 'reads the same records whatever ends them and however they arrive', async () => {
    const { bytes, fileName } = await encode();
    const read = async (file: Buffer, piece?: number): Promise<PartnerRecord[]> => {
      const decoded = await decodeRecords(outbound, await subject.settings(sample), samples, fileName, file, piece);
      expect(faultsIn(decoded)).toEqual([]);
      return decoded.flatMap(({ record }) => (record === undefined ? [] : [record]));
    };
    const wanted = await read(bytes);
    expect(await read(bytes, 1)).toEqual(wanted);
    expect(await read(bytes, bytes.length + 1)).toEqual(wanted);
    // Where records are not lines, a byte like a line end is part of one.
    if (sample.lastRecordLength !== undefined) return;
    expect(await read(Buffer.from(bytes.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1'))).toEqual(wanted);
    expect(await read(Buffer.from(bytes.toString('latin1').replace(/\r?\n$/, ''), 'latin1'))).toEqual(wanted);
  });

  const { empty } = outbound;
  if (empty !== undefined) {
    list.add('always', 'writes a file without records where it says that it can', async () => {
      const settings = await subject.settings(sample);
      const able: unknown = empty(settings);
      ensure(typeof able === 'boolean', 'It does not say whether it can');
      if (!able) return;
      const { bytes, setAside, fileName } = await encodeChanges(outbound, settings, samples, []);
      ensure(bytes.length > 0, 'A file that says nothing is no file: a broken transfer leaves the same');
      expect(setAside).toEqual([]);
      const read = await decodeRecords(outbound, settings, samples, fileName, bytes);
      expect(faultsIn(read)).toEqual([]);
      const full = await decodeRecords(outbound, settings, samples, fileName, (await encode()).bytes);
      ensure(read.length < full.length, `A file that says nothing has ${read.length} records`);
    });
  }

  addDamageChecks(
    {
      name: 'a file',
      sample,
      bytes: async () => (await encode()).bytes,
      faultsOf: async (bytes) =>
        faultsIn(await decodeRecords(outbound, await subject.settings(sample), samples, 'FILE', bytes)),
      refuses: async (bytes) => {
        const format = outbound.format(await subject.settings(sample));
        let refused = false;
        for await (const { fault } of format.decode(bytes, { file: 'FILE', date: samples.date })) {
          refused ||= fault?.severity === 'file';
        }
        return refused;
      },
    },
    identifiers,
    list,
  );
  addHostileInputChecks(subject, outbound, sample, list);
}
