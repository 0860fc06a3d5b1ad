import { describe, expect, test } from '@jest/globals';
import type { DecodedRecord, FileFormat } from '../contract/files.js';
import { readSettingsFile } from '../settings/read-settings-file.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import type { FormatOptions } from './format-options.js';
import { readAnyLayout } from './mapping/read-any-layout.js';

const CONTEXT = { file: 'sample', date: '2026-11-21', fileSequence: 7, settings: { senderName: 'City' } };
const ACCOUNT = { recordType: 'ACC', name: 'SMITH', status: 'A', nationalNumber: '012345678', amount: 1_234 };

async function openSample(name: string): Promise<(options: FormatOptions) => FileFormat> {
  const { layout, faults } = readAnyLayout(await readSettingsFile(new URL(name, import.meta.url)));
  if (layout === undefined) throw new Error(JSON.stringify(faults));
  return (options) => fileFormat(layout, { header: ({ date }) => ({ fileDate: date }), ...options });
}

const refuse = (fault: unknown): never => {
  throw new Error(JSON.stringify(fault));
};

describe.each(['./sample-layout.yaml', './delimited/sample-delimited.yaml'])(
  'with %s, a record with faults',
  (sample) => {
    async function decode(changed: (text: string) => string, options: FormatOptions): Promise<DecodedRecord[]> {
      const sampleOf = await openSample(sample);
      const record = { ...ACCOUNT, changedAt: '2026-02-28T23:59:59', flag: '1' };
      const written = await joined(sampleOf({}).encode([record], CONTEXT, refuse));
      const bytes = Buffer.from(changed(written.toString('latin1')), 'latin1');
      return (await collected(sampleOf(options).decode(inPieces(bytes, 7), CONTEXT))).filter(
        ({ fault }) => fault !== undefined,
      );
    }
    /** Two fields that are wrong where they should stand. */
    const wrong = (text: string): string =>
      text.replace(/0228(?=(2026)?235959)/, '0230').replace('012345678', '01234567X');

    test('tells what of it could be read with its first fault, where that is asked for', async () => {
      const [first, ...others] = await decode(wrong, { legible: true });
      expect(first).toMatchObject({ fault: { record: 2 }, legible: { type: expect.any(String) } });
      const { record } = first!.fault === undefined ? refuse(first) : first!.legible!;
      expect(record).toMatchObject({ name: 'SMITH', status: 'A', amount: 1_234 });
      for (const field of ['changedAt', 'nationalNumber']) expect(record).not.toHaveProperty(field);
      expect(others).toEqual([{ fault: expect.objectContaining({ record: 2 }) }]);
    });

    test('tells its faults alone otherwise, and where its fields may not stand where they should', async () => {
      expect((await decode(wrong, {})).map((item) => Object.keys(item))).toEqual([['fault'], ['fault']]);
      const shifted = await decode(
        (text) => wrong(text).replace('ACC', sample.includes('delimited') ? 'ACC;;;' : 'ACCx'),
        {
          legible: true,
        },
      );
      expect(shifted.length).toBeGreaterThan(0);
      for (const item of shifted) expect(Object.keys(item)).toEqual(['fault']);
    });
  },
);
