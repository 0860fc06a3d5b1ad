import { describe, expect, test } from '@jest/globals';
import type { DecodedRecord, EncoderInput, FileFault, FileFormat, PartnerRecord } from '../../contract/files.js';
import { readSettingsFile } from '../../settings/read-settings-file.js';
import { collected, inPieces, joined } from '../../testing/byte-streams.js';
import { readAnyLayout } from '../mapping/read-any-layout.js';
import { suppliedOptions } from '../mapping/supply.js';
import { delimitedFormat } from './delimited-format.js';
import type { DelimitedLayout } from './delimited-layout.js';

const read = readAnyLayout(await readSettingsFile(new URL('./sample-delimited.yaml', import.meta.url)));
if (read.layout === undefined) throw new Error(JSON.stringify(read.faults));
const LAYOUT = read.layout as DelimitedLayout;
const CONTEXT = { file: 'sample.csv', date: '2026-11-21', fileSequence: 7, settings: { senderName: 'City; of "X"' } };
const format = delimitedFormat(LAYOUT, suppliedOptions(read.layout));

const ACCOUNT = {
  recordType: 'ACC',
  name: 'Müller; "Söhne"',
  status: 'A',
  nationalNumber: '012345678',
  amount: -123_456,
  units: 5,
  paidOn: '2026-02-28',
  changedAt: '2026-02-28T23:59:59',
  flag: '2',
  short: 'abcd',
};
const HEAD = 'HDR;2026-11-21;7;"City; of ""X"""';

async function encode(
  records: readonly EncoderInput[],
  told: [FileFault, number][] = [],
  of: FileFormat = format,
): Promise<Buffer> {
  return joined(of.encode(records, CONTEXT, (fault, input) => told.push([fault, input])));
}

async function decode(
  text: string | Uint8Array,
  of: FileFormat = format,
  piece = 7,
): Promise<{ records: PartnerRecord[]; faults: FileFault[]; numbers: number[] }> {
  const bytes = typeof text === 'string' ? Buffer.from(text, 'utf8') : text;
  const all: DecodedRecord[] = await collected(of.decode(inPieces(bytes, piece), CONTEXT));
  return {
    records: all.flatMap(({ record }) => (record === undefined ? [] : [record])),
    numbers: all.flatMap((item) => (item.record === undefined ? [] : [item.number])),
    faults: all.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}

const brief = (faults: readonly FileFault[]): unknown[] =>
  faults.map(({ severity, record, field, position, rule }) => [severity, record, field, position, rule]);

describe('writing', () => {
  test('puts every column where the table says', async () => {
    const bytes = await encode([ACCOUNT, { kind: 'N', text: '=1+1' }, { recordType: 'ACC', name: 'X' }]);
    expect(bytes.toString('utf8').split('\n')).toEqual([
      HEAD,
      'ACC;"Müller; ""Söhne""";A;012345678;-1234,56;;5;28/02/2026;20260228235959;2;abcd',
      'N;=1+1',
      'ACC;X;;;;;;01/01/1900;;1;',
      'TRL;5;1;1;-1234.51',
      '',
    ]);
  });

  test.each([
    [{ name: undefined }, 'required', 'name', 'column 2'],
    [{ name: '   ' }, 'required', 'name', 'column 2'],
    [{ name: 7 }, 'text', 'name', 'column 2'],
    [{ name: 'x'.repeat(21) }, 'length', 'name', 'column 2'],
    [{ name: 'a\u0007b' }, 'characters', 'name', 'column 2'],
    [{ name: 'a\nb' }, 'characters', 'name', 'column 2'],
    [{ name: 'lost \ud800' }, 'characters', 'name', 'column 2'],
    [{ status: 'C' }, 'code-list', 'status', 'column 3'],
    [{ nationalNumber: '12a' }, 'digits', 'nationalNumber', 'column 4'],
    [{ nationalNumber: '1234567890' }, 'length', 'nationalNumber', 'column 4'],
    [{ amount: 1.5 }, 'number', 'amount', 'column 5'],
    [{ amount: '12' }, 'number', 'amount', 'column 5'],
    [{ units: -1 }, 'number', 'units', 'column 7'],
    [{ paidOn: '2026-02-30' }, 'date', 'paidOn', 'column 8'],
    [{ changedAt: '2026-02-28' }, 'timestamp', 'changedAt', 'column 9'],
    [{ surname: 'x' }, 'unknown-field', 'surname', null],
  ])('leaves a record with %j out, and counts it nowhere', async (wrong, rule, field, position) => {
    const told: [FileFault, number][] = [];
    const bytes = await encode([ACCOUNT, { ...ACCOUNT, ...wrong }], told);
    expect(told.map(([fault, input]) => [fault.rule, fault.field, fault.position, fault.severity, input])).toEqual([
      [rule, field, position, 'record', 2],
    ]);
    expect(bytes).toEqual(await encode([ACCOUNT]));
  });

  test('records of a list stand or fall together', async () => {
    const told: [FileFault, number][] = [];
    const bytes = await encode([[ACCOUNT, ACCOUNT], [ACCOUNT, { ...ACCOUNT, amount: 0.1 }], ACCOUNT], told);
    expect(bytes).toEqual(await encode([ACCOUNT, ACCOUNT, ACCOUNT]));
    expect(told.map(([, input]) => input)).toEqual([2]);
    expect(await encode([[{ ...ACCOUNT, amount: 0.1 }]])).toEqual(await encode([]));
  });

  test('shows no identifier in a fault', async () => {
    const told: [FileFault, number][] = [];
    await encode([{ ...ACCOUNT, nationalNumber: '12345678X' }], told);
    expect(told.map(([{ value }]) => value)).toEqual(['(9 characters)']);
  });

  test('a header that can not be written leaves no file behind', async () => {
    const told: [FileFault, number][] = [];
    const bytes = await joined(
      format.encode([ACCOUNT], { file: 'x', date: 'yesterday' }, (fault, input) => told.push([fault, input])),
    );
    expect(bytes).toHaveLength(0);
    expect(told.map(([{ severity, field }]) => [severity, field])).toEqual([['file', 'fileDate']]);
  });

  test('waits for its reader', async () => {
    let made = 0;
    function* many(): Generator<PartnerRecord> {
      for (let i = 0; i < 1_000_000; i += 1) {
        made += 1;
        yield ACCOUNT;
      }
    }
    const stream = format.encode(many(), CONTEXT, () => undefined)[Symbol.asyncIterator]();
    await stream.next();
    expect(made).toBeLessThan(5_000);
    await stream.return?.();
  });
});

describe('reading', () => {
  const body = (...lines: string[]): string => [HEAD, ...lines, ''].join('\n');
  const account = (cells: Record<number, string>): string =>
    ['ACC', 'A', 'A', '012345678', '1,00', '', '5', '', '', '1', ''].map((cell, i) => cells[i + 1] ?? cell).join(';');

  test('gives back what was written, whatever the pieces and line ends', async () => {
    const written = (await encode([ACCOUNT, { kind: 'N', text: 'x' }])).toString('utf8');
    for (const text of [written, `\ufeff${written}`, written.replaceAll('\n', '\r\n'), written.trimEnd()]) {
      for (const piece of [1, 3, 10_000]) {
        const { records, faults, numbers } = await decode(text, format, piece);
        expect(faults).toEqual([]);
        expect(numbers).toEqual([1, 2, 3, 4]);
        expect(records.slice(1)).toEqual([
          ACCOUNT,
          { kind: 'N', text: 'x' },
          { recordType: 'TRL', records: 4, inA: 1, known: 1, sum: -123_451 },
        ]);
      }
    }
  });

  test.each([
    ['1.234,56', 123_456],
    ['-0,01', -1],
    ['-0,00', 0],
    ['1234567890123,45', 123_456_789_012_345],
    ['9.999.999.999.999,99', 999_999_999_999_999],
    ['"1,00"', 100],
    ['  1,00  ', 100],
    ['', undefined],
    ['1.00', 'number'],
    ['12.34,00', 'number'],
    ['1,0', 'number'],
    ['1,000', 'number'],
    ['+1,00', 'number'],
    ['1e3', 'number'],
    ['12345678901234,56', 'number'],
    ['１,00', 'number'],
  ])('reads the amount %s as %s', async (text, wanted) => {
    const { records, faults } = await decode(body(account({ 5: text })));
    if (typeof wanted === 'string') expect(brief(faults)[0]).toEqual(['record', 2, 'amount', 'column 5', wanted]);
    else expect(records[1]?.['amount']).toBe(wanted);
  });

  test.each([
    ['an unlisted code', account({ 3: 'Z' }), ['record', 2, 'status', 'column 3', 'code-list']],
    ['a day that does not exist', account({ 8: '30/02/2026' }), ['record', 2, 'paidOn', 'column 8', 'date']],
    ['a date of another length', account({ 8: '3/2/2026' }), ['record', 2, 'paidOn', 'column 8', 'date']],
    ['dropped zeros', account({ 4: '12345678' }), ['record', 2, 'nationalNumber', 'column 4', 'length']],
    ['a cell that is too long', account({ 2: 'x'.repeat(21) }), ['record', 2, 'name', 'column 2', 'length']],
    ['a blank required cell', account({ 2: '" "' }), ['record', 2, 'name', 'column 2', 'required']],
    ['a control character', account({ 2: 'a\u0007' }), ['record', 2, 'name', 'column 2', 'characters']],
    ['too few columns', 'ACC;A', ['record', 2, null, null, 'columns']],
    ['too many columns', account({ 11: 'x;y' }), ['record', 2, null, null, 'columns']],
    ['a quote inside a bare cell', account({ 2: 'a"b' }), ['record', 2, null, 'column 2', 'quote']],
    ['something after a quote', account({ 3: '"A"x' }), ['record', 2, null, 'column 3', 'quote']],
    ['a quote never closed', account({ 2: '"A' }), ['record', 2, null, 'column 2', 'quote']],
    ['a record that is too long', `N;${'x'.repeat(5_000)}`, ['record', 2, null, null, 'length']],
    ['a second header', HEAD, ['file', 2, null, null, 'header']],
    ['a wrong total', 'TRL;9;0;0;0.00', ['file', 2, 'records', 'column 2', 'total']],
    ['a wrong sum', 'TRL;2;0;0;0.01', ['file', 2, 'sum', 'column 5', 'total']],
    ['a trailer that is cut', 'TRL;2;0', ['file', 2, null, null, 'columns']],
  ])('finds %s', async (_name, line, wanted) => {
    expect(brief((await decode(body(line))).faults)).toContainEqual(wanted);
  });

  test.each([
    ['no header', 'N;x\n', ['file', 1, null, null, 'header']],
    ['no trailer', `${HEAD}\n`, ['file', null, null, null, 'truncated']],
    ['nothing', '', ['file', null, null, null, 'truncated']],
    ['a last record that is cut', `${HEAD}\nACC;A;A`, ['file', 2, null, null, 'truncated']],
    ['a record after the trailer', body('TRL;2;0;0;0.00', 'N;x'), ['file', 3, null, null, 'after-trailer']],
  ])('refuses a file with %s', async (_name, text, wanted) => {
    expect(brief((await decode(text)).faults)).toContainEqual(wanted);
  });

  test('a bad record harms only itself, and is counted', async () => {
    const lines = [account({ 2: '"A' }), account({ 2: 'B', 3: 'Z' }), account({ 2: 'C' }), account({ 2: 'D"' })];
    const { records, faults } = await decode(body(...lines, 'TRL;6;1;2;2.10'));
    expect(faults.map(({ severity, record }) => [severity, record])).toEqual([
      ['record', 2],
      ['record', 3],
      ['record', 5],
    ]);
    expect(records.map((record) => record['name'] ?? record['recordType'])).toEqual(['HDR', 'C', 'TRL']);
  });

  test('hides an identifier, and all cells of a record that can not be cut', async () => {
    const { faults } = await decode(body(account({ 4: '12345678X' }), account({ 2: '"A' })));
    expect(JSON.stringify(faults)).not.toMatch(/12345678X|012345678/);
    expect(faults[0]?.value).toBe('(9 characters)');
  });

  test('bytes that are no character of the set are found with their column', async () => {
    const bytes = Buffer.from(body(account({ 2: 'a?b' })), 'utf8');
    bytes[bytes.indexOf('?')] = 0xff;
    expect(brief((await decode(bytes)).faults)).toContainEqual(['record', 2, 'name', 'column 2', 'characters']);
  });

  test('a sum beyond exact numbers equals nothing that a trailer states', async () => {
    const huge = account({ 5: '9.999.999.999.999,99', 7: '' });
    const { faults } = await decode(body(...Array.from({ length: 12 }, () => huge), 'TRL;14;12;12;1'));
    expect(faults.map(({ rule }) => rule)).toEqual(['number']);
    expect((await decode(body(...Array.from({ length: 12 }, () => huge), 'TRL;14;12;12;9.99'))).faults[0]?.rule).toBe(
      'total',
    );
  });

  test('rules across fields are checked once each field is right', async () => {
    const checked = delimitedFormat(LAYOUT, {
      check: ({ name }) => (name === 'B' ? [{ field: 'name', rule: 'not-b', message: 'must not be B' }] : []),
    });
    const { faults } = await decode(body(account({ 2: 'B' }), account({ 2: 'B', 3: 'Z' })), checked);
    expect(brief(faults).slice(0, 2)).toEqual([
      ['record', 2, 'name', 'column 2', 'not-b'],
      ['record', 3, 'status', 'column 3', 'code-list'],
    ]);
  });

  test.each([
    ['a line', 0x41],
    ['a quoted cell', 0x22],
  ])('holds no more than a record of %s without end', async (_name, first) => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(first);
      for (let i = 0; i < 2_000; i += 1) yield Buffer.alloc(10_000, i % 2 === 0 ? 0x41 : 0x0a);
    }
    const before = process.memoryUsage().heapUsed;
    let faults = 0;
    for await (const item of format.decode(endless(), CONTEXT)) {
      faults += item.fault === undefined ? 0 : 1;
      if (faults > 50) break;
    }
    expect(faults).toBeGreaterThan(0);
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(60_000_000);
  });

  test('ends after more faults than a file of this layout would have', async () => {
    let taken = 0;
    async function* endless(): AsyncGenerator<Uint8Array> {
      for (; ; taken += 1) yield Buffer.from('?\n'.repeat(1_000));
    }
    let last: FileFault | undefined;
    for await (const { fault } of format.decode(endless(), CONTEXT)) last = fault;
    expect(last).toMatchObject({ severity: 'file', rule: 'faults' });
    expect(taken).toBeLessThan(110);
  });

  test('lets go of its source when the reader stops', async () => {
    let closed = false;
    async function* source(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.from(`${HEAD}\n`);
      } finally {
        closed = true;
      }
    }
    for await (const item of format.decode(source(), CONTEXT)) if (item.record !== undefined) break;
    expect(closed).toBe(true);
  });
});
