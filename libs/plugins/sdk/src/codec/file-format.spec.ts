import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault, PartnerRecord } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { fileFormat } from './file-format.js';
import type { FormatOptions } from './format-options.js';
import { readSettingsFile } from '../settings/read-settings-file.js';
import { readLayout } from './layout-schema.js';

/** A small format with everything in it: marked records, segments, money, dates, totals of each kind. */
const sample = readLayout(await readSettingsFile(new URL('./sample-layout.yaml', import.meta.url)));
if (sample.layout === undefined) throw new Error(JSON.stringify(sample.faults));
const LAYOUT = sample.layout;

const CONTEXT = { file: 'sample.txt', date: '2026-11-21' };
const OPTIONS: FormatOptions = { header: ({ date }) => ({ fileDate: date }) };
const format = fileFormat(LAYOUT, OPTIONS);

async function encode(records: readonly PartnerRecord[], faults: FileFault[] = []): Promise<Buffer> {
  return joined(format.encode(records, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(bytes: Uint8Array, piece = 7): Promise<{ records: PartnerRecord[]; faults: FileFault[] }> {
  const all: DecodedRecord[] = await collected(format.decode(inPieces(bytes, piece), CONTEXT));
  return {
    records: all.flatMap(({ record }) => (record === undefined ? [] : [record])),
    faults: all.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}

const ACCOUNT = {
  recordType: 'ACC',
  name: 'SMITH',
  shortName: 'SM',
  status: 'A',
  nationalNumber: '012345678',
  amount: 1_234,
  changedAt: '2026-02-28T23:59:59',
  right: 'X1',
  flag: '1',
};

describe('writing', () => {
  test('puts every field where the table says', async () => {
    const bytes = await encode([
      { ...ACCOUNT, segments: [{ segment: 'S1', code: 'A', number: 5 }] },
      { text: 'a note' },
    ]);
    expect(bytes.toString('latin1').split('\n')).toEqual([
      'HDR2026-11-21       ',
      'ACC0070SMITH     SM  A 012345678    123402282026235959   X11S1A0000005',
      'A NOTE              ',
      'TRL0000400001000010000200001000000001239',
      '',
    ]);
  });

  test('fills what is absent with blanks, zeros or the default', async () => {
    const bytes = await encode([{ recordType: 'ACC', name: 'X' }]);
    expect(bytes.toString('latin1').split('\n')[1]).toBe(
      'ACC0060X               000000000        00000000000000     1',
    );
  });

  test('takes accents off, and refuses what no letter stands for', async () => {
    const faults: FileFault[] = [];
    const bytes = await encode([{ text: 'Núñez Łódź' }, { text: 'Šimůnek' }, { text: 'a\tb' }], faults);
    expect(bytes.toString('latin1').split('\n')[1]).toBe('SIMUNEK             ');
    expect(faults.map(({ rule, field, position }) => [rule, field, position])).toEqual([
      ['characters', 'text', '1-20'],
      ['characters', 'text', '1-20'],
    ]);
  });

  test('cuts a text only where the table says so', async () => {
    const faults: FileFault[] = [];
    const bytes = await encode(
      [
        { ...ACCOUNT, shortName: 'SMITHERS' },
        { ...ACCOUNT, name: 'A'.repeat(11) },
      ],
      faults,
    );
    expect(bytes.toString('latin1').split('\n')[1]).toContain('SMITH     SMIT');
    expect(faults.map(({ rule, field, value }) => [rule, field, value])).toEqual([['length', 'name', 'A'.repeat(11)]]);
  });

  test.each([
    [{ name: undefined }, 'required', 'name'],
    [{ name: '   ' }, 'required', 'name'],
    [{ name: 7 }, 'text', 'name'],
    [{ status: 'C' }, 'code-list', 'status'],
    [{ nationalNumber: '12a' }, 'digits', 'nationalNumber'],
    [{ nationalNumber: '1234567890' }, 'length', 'nationalNumber'],
    [{ amount: 1.5 }, 'number', 'amount'],
    [{ amount: -1 }, 'number', 'amount'],
    [{ amount: 123_456_789 }, 'length', 'amount'],
    [{ amount: '12' }, 'number', 'amount'],
    [{ changedAt: '2026-02-30T00:00:00' }, 'timestamp', 'changedAt'],
    [{ changedAt: '2026-02-28' }, 'timestamp', 'changedAt'],
    [{ surname: 'x' }, 'unknown-field', 'surname'],
  ])('leaves a record with %j out, and counts it nowhere', async (wrong, rule, field) => {
    const faults: FileFault[] = [];
    const bytes = await encode([ACCOUNT, { ...ACCOUNT, ...wrong, segments: [{ segment: 'S1', number: 3 }] }], faults);
    expect(faults.map((fault) => [fault.rule, fault.field, fault.severity])).toEqual([[rule, field, 'record']]);
    expect(bytes).toEqual(await encode([ACCOUNT]));
  });

  test('shows no identifier in a fault', async () => {
    const faults: FileFault[] = [];
    await encode([{ ...ACCOUNT, nationalNumber: '12345678X' }], faults);
    expect(faults.map(({ value }) => value)).toEqual(['(9 characters)']);
  });

  test.each([
    ['another order', [{ segment: 'S2', code: 'X' }, { segment: 'S1' }], 'segment-order'],
    [
      'too many of one',
      [
        { segment: 'S2', code: 'X' },
        { segment: 'S2', code: 'X' },
      ],
      'segment-repeats',
    ],
    ['too many in all', [{ segment: 'S1' }, { segment: 'S1' }, { segment: 'S1' }, { segment: 'S1' }], 'segments'],
    ['an unknown one', [{ segment: 'S9' }], 'segment'],
    ['no list', 'S1', 'segments'],
    ['one without a required field', [{ segment: 'S2' }], 'required'],
  ])('refuses segments with %s', async (_name, segments, rule) => {
    const faults: FileFault[] = [];
    const bytes = await encode([{ ...ACCOUNT, segments }], faults);
    expect(faults.map((fault) => fault.rule)).toEqual([rule]);
    expect(bytes).toEqual(await encode([]));
  });

  test('names the input record, and skips headers and trailers of the input', async () => {
    const told: [string, number][] = [];
    const records = [
      { recordType: 'hdr', fileDate: '1999-01-01' },
      { ...ACCOUNT, amount: -1 },
      ACCOUNT,
      { recordType: 'TRL', records: 99 },
    ];
    const bytes = await joined(format.encode(records, CONTEXT, (fault, input) => told.push([fault.rule, input])));
    expect(told).toEqual([['number', 2]]);
    expect(bytes).toEqual(await encode([ACCOUNT]));
  });

  test('takes the header from the input where nothing else makes one', async () => {
    const plain = fileFormat(LAYOUT);
    const faults: FileFault[] = [];
    const records = [{ recordType: 'HDR', fileDate: '2020-01-02' }, ACCOUNT];
    const bytes = await joined(plain.encode(records, CONTEXT, (fault) => faults.push(fault)));
    expect(bytes.toString('latin1')).toMatch(/^HDR2020-01-02 {7}\nACC/);
    expect(await joined(plain.encode([ACCOUNT], CONTEXT, (fault) => faults.push(fault)))).toHaveLength(0);
    expect(faults.map(({ severity, field }) => [severity, field])).toEqual([['file', 'fileDate']]);
  });

  test('waits for its reader: no more is made than is taken', async () => {
    let made = 0;
    function* many(): Generator<PartnerRecord> {
      for (let i = 0; i < 1_000_000; i += 1) {
        made += 1;
        yield ACCOUNT;
      }
    }
    const stream = format.encode(many(), CONTEXT, () => undefined)[Symbol.asyncIterator]();
    const { value } = (await stream.next()) as { value: Uint8Array };
    expect(value.length).toBeGreaterThanOrEqual(64 * 1024);
    expect(value.length).toBeLessThanOrEqual(256 * 1024);
    expect(made).toBeLessThan(10_000);
    await stream.return?.();
  });
});

describe('reading', () => {
  test('gives back what was written', async () => {
    const segments = [
      { segment: 'S1', code: 'A', number: 5 },
      { segment: 'S2', code: 'XYZ' },
    ];
    const { records, faults } = await decode(await encode([{ ...ACCOUNT, segments }, { text: 'NOTE' }]));
    expect(faults).toEqual([]);
    expect(records).toEqual([
      { recordType: 'HDR', fileDate: '2026-11-21' },
      { ...ACCOUNT, length: 75, segments },
      { text: 'NOTE' },
      { recordType: 'TRL', records: 4, accounts: 1, extras: 2, inA: 2, known: 1, sum: 1_239 },
    ]);
  });

  test('gives back any record that can be written', async () => {
    const text = (most: number) =>
      fc.stringMatching(/^[!-~A-Z0-9]+$/, { maxLength: most }).map((value) => value.toUpperCase().slice(0, most));
    const record = fc.record(
      {
        recordType: fc.constant('ACC'),
        name: text(10),
        shortName: text(4),
        status: fc.constantFrom('A', 'BB'),
        nationalNumber: fc.integer({ min: 1, max: 999_999_999 }).map((number) => String(number).padStart(9, '0')),
        amount: fc.integer({ min: 0, max: 99_999_999 }),
        changedAt: fc
          .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
          .map((date) => date.toISOString().slice(0, 19)),
        right: text(5),
        flag: fc.constantFrom('0', '1', '9'),
        segments: fc.array(fc.record({ segment: fc.constant('S1'), number: fc.nat(9_999_999) }), {
          minLength: 1,
          maxLength: 3,
        }),
      },
      { requiredKeys: ['recordType', 'name', 'flag', 'amount'] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), fc.integer({ min: 1, max: 300 }), async (records, piece) => {
        const { records: read, faults } = await decode(await encode(records), piece);
        expect(faults).toEqual([]);
        const accounts = read.slice(1, -1).map(({ length: _length, ...rest }) => rest);
        expect(accounts).toEqual(records);
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['nothing', ''],
    ['blank lines between', '\n\n'],
  ])('takes records ended by %s', async (_name, end) => {
    const written = await encode([ACCOUNT, { ...ACCOUNT, segments: [{ segment: 'S1', number: 1 }] }, ACCOUNT]);
    const wanted = await decode(written);
    const other = Buffer.from(written.toString('latin1').replaceAll('\n', end), 'latin1');
    for (const piece of [1, 3, 1_000]) expect(await decode(other, piece)).toEqual(wanted);
  });

  const edited = async (edit: (lines: string[]) => string[]): Promise<FileFault[]> => {
    const lines = (await encode([ACCOUNT, { text: 'NOTE' }])).toString('latin1').split('\n');
    return (await decode(Buffer.from(edit(lines).join('\n'), 'latin1'))).faults;
  };
  const at = (line: number, from: number, text: string) => (lines: string[]) =>
    lines.map((value, index) =>
      index === line ? value.slice(0, from - 1) + text + value.slice(from - 1 + text.length) : value,
    );

  test.each([
    ['a wrong total', at(3, 8, '5'), ['file', 4, 'records', '4-8', 'total']],
    ['a wrong sum', at(3, 40, '9'), ['file', 4, 'sum', '29-40', 'total']],
    ['no trailer', (lines: string[]) => lines.slice(0, 3), ['file', null, null, null, 'truncated']],
    [
      'a trailer that was cut',
      (lines: string[]) => [...lines.slice(0, 3), 'TRL0000400001'],
      ['file', 4, null, null, 'truncated'],
    ],
    [
      'a record after the trailer',
      (lines: string[]) => [...lines.slice(0, 4), 'NOTE'.padEnd(20)],
      ['file', 5, null, null, 'after-trailer'],
    ],
    ['a second header', (lines: string[]) => [lines[0]!, ...lines], ['file', 2, null, null, 'header']],
    ['letters in an amount', at(1, 33, '  12X4'), ['record', 2, 'amount', '33-40', 'number']],
    ['a day that does not exist', at(1, 41, '02302026'), ['record', 2, 'changedAt', '41-54', 'timestamp']],
    ['an unlisted code', at(1, 22, 'ZZ'), ['record', 2, 'status', '22-23', 'code-list']],
    ['a blank required field', at(1, 8, '          '), ['record', 2, 'name', '8-17', 'required']],
    ['a control character', at(1, 9, '\u0007'), ['record', 2, 'name', '8-17', 'characters']],
    ['a byte beyond ASCII', at(1, 9, '\u00e9'), ['record', 2, 'name', '8-17', 'characters']],
    ['a wrong length word', at(1, 4, '0061'), ['record', 2, 'length', '4-7', 'record-length']],
    [
      'an unknown segment',
      (lines: string[]) => [lines[0]!, `${lines[1]!}S9.......`, ...lines.slice(2)],
      ['record', 2, null, '61-62', 'segment'],
    ],
    [
      'a short record',
      (lines: string[]) => [lines[0]!, lines[1]!.slice(0, 30), ...lines.slice(2)],
      ['record', 2, null, null, 'length'],
    ],
    [
      'a long record',
      (lines: string[]) => [...lines.slice(0, 2), `${lines[2]!}  x`, ...lines.slice(3)],
      ['record', 3, null, null, 'length'],
    ],
    [
      'a record that is too long to be one',
      (lines: string[]) => [...lines.slice(0, 2), 'N'.repeat(5_000), ...lines.slice(3)],
      ['record', 3, null, null, 'length'],
    ],
  ])('finds %s', async (_name, edit, wanted) => {
    const found = (await edited(edit)).map(({ severity, record, field, position, rule }) => [
      severity,
      record,
      field,
      position,
      rule,
    ]);
    expect(found).toContainEqual(wanted);
  });

  test('a bad field harms only its own record', async () => {
    const bytes = await encode([ACCOUNT, ACCOUNT, { text: 'NOTE' }]);
    const line = bytes.indexOf('\n') + 1;
    bytes.write('02302026', line + 40, 'latin1');
    const { records, faults } = await decode(bytes);
    expect(faults.map(({ severity }) => severity)).toEqual(['record']);
    // It is still counted: the trailer's totals hold.
    expect(records.map(({ recordType, text }) => recordType ?? text)).toEqual(['HDR', 'ACC', 'NOTE', 'TRL']);
  });

  test('an undelimited file whose length word is wrong is lost from there on', async () => {
    const bytes = Buffer.from((await encode([ACCOUNT, ACCOUNT])).toString('latin1').replaceAll('\n', ''), 'latin1');
    bytes.write('9999', 20 + 3, 'latin1');
    const { faults } = await decode(bytes);
    expect(faults.map(({ severity, record, rule }) => [severity, record, rule])).toEqual([['file', 2, 'length']]);
  });

  test('holds no more than a record of a line without end', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; taken < 2_000; taken += 1) yield Buffer.alloc(10_000, 0x41);
    }
    const before = process.memoryUsage().arrayBuffers;
    const faults = await collected(format.decode(endless(), CONTEXT));
    expect(faults.map(({ fault }) => fault?.severity)).toContain('file');
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(40_000_000);
  });

  test('lets go of its source when the reader stops', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from('HDR2026-11-21       \n');
      } finally {
        closed = true;
      }
    }
    for await (const item of format.decode(source(), CONTEXT)) if (item.record !== undefined) break;
    expect(closed).toBe(true);
  });
});
