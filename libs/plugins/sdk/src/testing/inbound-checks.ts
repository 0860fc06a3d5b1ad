import { readFile } from 'node:fs/promises';
import type { InboundFile } from '../contract/plugin.js';
import { joined } from './byte-streams.js';
import type { CheckList } from './check-list.js';
import { addDamageChecks } from './damage-checks.js';
import { checkFindings } from './finding-checks.js';
import { decodeFindings, decodeRecords, faultsIn, type Decoded } from './run-plugin.js';
import type { InboundSample } from './samples.js';
import type { Subject } from './subject.js';
import { ensure } from './test-framework.js';
import { TIME_ZONES, inTimeZone } from './time-zones.js';

/** The checks of one kind of file that the plugin receives. */
export function addInboundChecks(subject: Subject, inbound: InboundFile<unknown>, all: CheckList): void {
  const samples = subject.samples.inbound[inbound.kind] ?? [];
  const part = `inbound ${inbound.kind}`;
  all
    .of(part)
    .add('inbound', 'has a sample', () =>
      ensure(samples.length > 0, `The samples have no file of kind ${inbound.kind}`),
    );
  for (const sample of samples) addSampleChecks(subject, inbound, sample, all.of(part, sample.skip));
}

function addSampleChecks(
  subject: Subject,
  inbound: InboundFile<unknown>,
  sample: InboundSample,
  list: CheckList,
): void {
  const { samples, identifiers, expect } = subject;
  const { file } = sample;
  const bytes = (): Promise<Buffer> => readFile(new URL(file, samples.fixtures));
  const decode = async (name = file, piece?: number): Promise<Decoded> =>
    decodeFindings(inbound, await subject.settings(sample), name, await bytes(), piece);

  list.add('inbound', `has settings under which ${file} is read`, async () => {
    ensure(inbound.available(await subject.settings(sample)), 'The settings of the sample do not make it available');
  });

  list.add('always', `finds in ${file} what the partner says`, async () => {
    const { findings, faults } = await decode();
    expect(faults).toEqual([]);
    expect(findings).toEqual(sample.findings);
  });

  list.add('always', `says in the vocabulary what it finds in ${file}, each thing under a key of its own`, async () => {
    checkFindings((await decode()).findings, identifiers, sample.repeats ?? []);
  });

  list.add('always', `finds the same in ${file} however it arrives, and in every time zone`, async () => {
    const wanted = await decode();
    expect(await decode(file, 1)).toEqual(wanted);
    expect(await decode(file, 1_000_000)).toEqual(wanted);
    for (const zone of TIME_ZONES) expect(await inTimeZone(zone, () => decode())).toEqual(wanted);
  });

  list.add('always', `knows the money in ${file} again when it is sent under another name`, async () => {
    const money = ({ findings }: Decoded): readonly string[] =>
      findings.filter(({ kind }) => kind === 'paid' || kind === 'payment-reversed').map(({ naturalKey }) => naturalKey);
    expect(money(await decode('another-name.txt'))).toEqual(money(await decode()));
  });

  list.add('round-trip', `reads the records of ${file}, and writes as many`, async () => {
    const settings = await subject.settings(sample);
    const decoded = await decodeRecords(inbound, settings, samples, file, await bytes());
    expect(faultsIn(decoded)).toEqual([]);
    const records = decoded.flatMap(({ record }) => (record === undefined ? [] : [record]));
    const faults: unknown[] = [];
    const context = { file, date: samples.date };
    const again = await joined(inbound.format(settings).encode(records, context, (fault) => faults.push(fault)));
    expect(faults).toEqual([]);
    const read = await decodeRecords(inbound, settings, samples, file, again);
    expect(faultsIn(read)).toEqual([]);
    ensure(read.length === decoded.length, `${decoded.length} records were read, and ${read.length} written again`);
  });

  addDamageChecks(
    {
      name: file,
      sample,
      bytes,
      faultsOf: async (damaged) =>
        (await decodeFindings(inbound, await subject.settings(sample), 'FILE', damaged)).faults,
      refuses: async (stream) => {
        let refused = false;
        const context = { settings: await subject.settings(sample), fileName: 'FILE' };
        for await (const item of inbound.decode(stream, context)) {
          refused ||= 'fault' in item && item.fault.severity === 'file';
        }
        return refused;
      },
    },
    identifiers,
    list,
  );
}
