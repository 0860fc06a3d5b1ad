import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault, PartnerRecord } from '../../contract/files.js';
import { collected, inPieces, joined } from '../../testing/byte-streams.js';
import { checkDelimitedLayout } from './delimited-check.js';
import { delimitedFormat } from './delimited-format.js';
import type { DelimitedField, DelimitedLayout } from './delimited-layout.js';

const CONTEXT = { file: 'forms.csv', date: '2026-11-21' };

const FIELDS: readonly DelimitedField[] = [
  { name: 'Name', column: 1, type: 'text', required: true },
  { name: 'Note', column: 2, type: 'text', lines: true },
  { name: 'Number', column: 3, type: 'digits', length: 6, pad: '0' },
  { name: 'Count', column: 4, type: 'number', signed: true },
  { name: 'Amount', column: 5, type: 'money', decimals: 2, point: true, signed: true },
  { name: 'Paid On', column: 6, type: 'date', pattern: 'CCYY-MM-DD' },
];

function layout(change: Partial<DelimitedLayout> = {}, fields = FIELDS): DelimitedLayout {
  return {
    form: 'delimited',
    name: 'forms',
    characterSet: 'utf-8',
    separator: 'comma',
    lineEnd: 'lf',
    maxRecordLength: 2_000,
    records: [{ name: 'line', recognise: 'otherwise', fields }],
    ...change,
  };
}

async function encode(of: DelimitedLayout, records: readonly PartnerRecord[], faults: FileFault[] = []) {
  return joined(delimitedFormat(of).encode(records, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(of: DelimitedLayout, bytes: Uint8Array | string, piece = 10_000) {
  const source = inPieces(typeof bytes === 'string' ? Buffer.from(bytes) : bytes, piece);
  const all: DecodedRecord[] = await collected(delimitedFormat(of).decode(source, CONTEXT));
  return {
    records: all.flatMap(({ record }) => (record === undefined ? [] : [record])),
    faults: all.flatMap(({ fault }) => (fault === undefined ? [] : [fault])),
  };
}

const brief = (faults: readonly FileFault[]): unknown[] =>
  faults.map(({ severity, record, position, rule }) => [severity, record, position, rule]);

/** Layouts of every syntax that can carry any text, and of every kind of character set. */
const anySyntax = fc.record({
  separator: fc.constantFrom('comma', 'semicolon', 'tab', 'pipe', '~'),
  quote: fc.constantFrom('"', "'"),
  quoting: fc.constantFrom<'needed' | 'always'>('needed', 'always'),
  escape: fc.constantFrom<'double' | 'backslash'>('double', 'backslash'),
  lineEnd: fc.constantFrom<'lf' | 'crlf'>('lf', 'crlf'),
  heading: fc.constantFrom(undefined, {}, { anyOrder: true }),
  set: fc.constantFrom(
    { characterSet: 'utf-8' },
    { characterSet: 'utf-8', byteOrderMark: true },
    { characterSet: 'utf-16' },
    { characterSet: 'utf-16be', byteOrderMark: true },
    { characterSet: 'utf-16le' },
  ),
});

const text = fc
  .oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({ unit: fc.constantFrom('"', "'", '\\', ',', ';', '~', '|', '\n', ' ', 'a'), maxLength: 12 }),
  )
  .map((value) => value.replace(/(?!\n)[\p{Cc}\ufeff\ufffd]/gu, '').replace(/^ +| +$/g, ''));
const day = fc
  .date({ min: new Date('0100-01-01T00:00:00Z'), max: new Date('9999-12-31T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const record = fc.record(
  {
    name: text.map((value) => `x${value.replaceAll('\n', '')}x`),
    note: text.map((value) => value || 'n'),
    number: fc.nat(999_999).map((number) => String(number).padStart(6, '0')),
    count: fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
    amount: fc.integer({ min: -999_999_999_999_999, max: 999_999_999_999_999 }),
    paidOn: day,
  },
  { requiredKeys: ['name'] },
);

describe('any record', () => {
  test('comes back as it was, in every syntax, from pieces of any size', async () => {
    await fc.assert(
      fc.asyncProperty(
        anySyntax,
        fc.array(record, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 50 }),
        async ({ set, heading, ...syntax }, records, piece) => {
          const of = layout({ ...syntax, ...set, ...(heading === undefined ? {} : { heading }) });
          const faults: FileFault[] = [];
          const bytes = await encode(of, records, faults);
          expect(faults).toEqual([]);
          const read = await decode(of, bytes, piece);
          expect(read.faults).toEqual([]);
          expect(read.records).toEqual(records);
        },
      ),
      { numRuns: 300 },
    );
  });

  test.each(['cp037', 'cp1140', 'windows-1252', 'cp850', 'shift_jis'])(
    'of %s comes back as it was',
    async (characterSet) => {
      const of = layout({
        characterSet,
        lineEnd: characterSet.startsWith('cp1') || characterSet === 'cp037' ? 'nel' : 'lf',
      });
      const records = [{ name: 'O"NEIL, A', note: 'one\ntwo', count: -5, amount: -100, paidOn: '2026-02-28' }];
      const bytes = await encode(of, records);
      expect((await decode(of, bytes, 3)).records).toEqual(records);
      if (characterSet === 'cp037') expect([...bytes.subarray(0, 3), bytes.at(-1)]).toEqual([0x7f, 0xd6, 0x7f, 0x15]);
    },
  );

  test('loses its accents where the set has none, and is refused where no letter stands for it', async () => {
    const faults: FileFault[] = [];
    const bytes = await encode(layout({ characterSet: 'ascii' }), [{ name: 'Núñez' }, { name: '東京' }], faults);
    expect(bytes.toString()).toBe('Nunez,,,,,\n');
    expect(faults.map(({ rule, record: at }) => [rule, at])).toEqual([['characters', 2]]);
  });
});

describe('quotes', () => {
  test.each([
    ['"a" , "b, c" ,1', ['a', 'b, c', '1']],
    ['"","",', ['', '', '']],
    ['"a""b",\'c\',', ['a"b', "'c'", '']],
    ['""""""', ['""']],
  ])('cut %s', async (line, wanted) => {
    const columns: DelimitedField[] = wanted.map((_cell, i) => ({
      name: `c${i}`,
      key: `c${i}`,
      column: i + 1,
      type: 'text',
    }));
    const { records } = await decode(layout({}, columns), `${line}\n`);
    expect(Object.values(records[0]!)).toEqual(wanted.filter((cell) => cell !== ''));
  });

  test('are ordinary characters where the partner has none', async () => {
    const of = layout({ quote: 'none', separator: 'pipe' });
    const faults: FileFault[] = [];
    const bytes = await encode(of, [{ name: '5" pipe' }, { name: 'a|b' }, { name: 'a', note: 'b\nc' }], faults);
    expect(bytes.toString()).toBe('5" pipe|||||\n');
    expect(faults.map(({ rule, field }) => [rule, field])).toEqual([
      ['separator', 'name'],
      ['separator', 'note'],
    ]);
    expect((await decode(of, bytes)).records).toEqual([{ name: '5" pipe' }]);
  });

  test('are not needed where a backslash escapes', async () => {
    const of = layout({ quoting: 'never', escape: 'backslash' });
    const records = [{ name: 'a,b"c\\d' }];
    const bytes = await encode(of, records);
    expect(bytes.toString()).toBe('a\\,b\\"c\\\\d,,,,,\n');
    expect((await decode(of, bytes)).records).toEqual(records);
    expect(brief((await decode(of, 'a,b,1,1,1.00,\\\n')).faults)).toEqual([['record', 1, 'column 6', 'quote']]);
  });

  test('show an only cell that is empty', async () => {
    const of = layout({}, [{ name: 'Only', column: 1, type: 'text' }]);
    const bytes = await encode(of, [{}, { only: 'x' }]);
    expect(bytes.toString()).toBe('""\nx\n');
    expect((await decode(of, bytes)).records).toEqual([{}, { only: 'x' }]);
    expect(checkDelimitedLayout({ ...of, quote: 'none' }).map(({ message }) => message)).toEqual([
      expect.stringContaining('empty line'),
    ]);
  });

  test('that never close make the rest of a file with cells over lines unreadable', async () => {
    async function* endless(): AsyncGenerator<Uint8Array> {
      yield Buffer.from('a,"b');
      for (let i = 0; i < 5_000; i += 1) yield Buffer.from('x\n'.repeat(1_000));
    }
    const all = await collected(delimitedFormat(layout()).decode(endless(), CONTEXT));
    expect(brief(all.map(({ fault }) => fault!))).toEqual([['file', 1, null, 'quote']]);
    expect(brief((await decode(layout(), 'a,"b\n')).faults)).toEqual([['file', 1, null, 'truncated']]);
  });

  test('of many cells on one line do not exhaust the stack', async () => {
    const line = '"a",'.repeat(8_000);
    const { faults } = await decode(layout({ maxRecordLength: 32_768 }), `${line}\n`);
    expect(faults.map(({ rule }) => rule)).toEqual(['columns']);
  });
});

describe('a heading', () => {
  const headed = layout({ heading: { anyOrder: true } });
  const said = 'Name,Note,Number,Count,Amount,Paid On';

  test('names the columns, in whatever order they stand', async () => {
    const { records, faults } = await decode(
      headed,
      'amount,NAME,Count,Note,"Paid On",Number\n-1.05,Ann,3,,,000007\nx,,,,,\n',
    );
    expect(records).toEqual([{ name: 'Ann', number: '000007', count: 3, amount: -105 }]);
    expect(brief(faults)).toEqual([
      ['record', 3, 'column 2', 'required'],
      ['record', 3, 'column 1', 'number'],
    ]);
  });

  test.each([
    ['another order', layout({ heading: {} }), 'Note,Name,Number,Count,Amount,Paid On', 'column 1'],
    ['a missing column', headed, 'Name,Note,Number,Count,Amount', null],
    ['an unknown column', headed, `${said},Extra`, 'column 7'],
    ['a column named twice', headed, `${said},Name`, 'column 1'],
    ['no heading', headed, 'Ann,,,,,', null],
  ])('with %s refuses the file', async (_name, of, line, position) => {
    const { records, faults } = await decode(of, `${line}\nAnn,,,,,\n`);
    expect(records).toEqual([]);
    expect(brief(faults)).toEqual([['file', 1, position, 'heading']]);
  });

  test('may leave out optional columns, and have more where the table is open', async () => {
    const of = layout({
      heading: { anyOrder: true },
      records: [{ ...headed.records[0]!, leastColumns: 1, openEnd: true }],
    });
    const { records, faults } = await decode(of, 'Extra,Amount,Name\n1,2.00,Ann\n1,,Bob,more\n1,2.00\n');
    expect(records).toEqual([{ name: 'Ann', amount: 200 }, { name: 'Bob' }]);
    expect(brief(faults)).toEqual([['record', 4, null, 'columns']]);
  });
});

test('columns at the end may be left out, and may follow, where the table says so', async () => {
  const of = layout({
    records: [{ name: 'line', recognise: 'otherwise', fields: FIELDS, leastColumns: 1, openEnd: true }],
  });
  const { records, faults } = await decode(of, 'Ann\nBob,,,,,,more\u0007,than\n');
  expect(faults).toEqual([]);
  expect(records).toEqual([{ name: 'Ann' }, { name: 'Bob' }]);
});

test.each<[string, Partial<Extract<DelimitedField, { type: 'money' }>>, string, number | null]>([
  ['fewer decimals', { point: true, fewerDecimals: true }, '12.5', 1_250],
  ['no decimals', { point: true, fewerDecimals: true }, '12', 1_200],
  ['a point and nothing behind it', { point: true, fewerDecimals: true }, '12.', null],
  ['blanks that do not break', { point: 'comma', thousands: 'blank' }, '1\u00a0234\u202f567,00', 123_456_700],
  ['apostrophes', { point: true, thousands: 'apostrophe' }, "1'234.00", 123_400],
  ['groups of two', { point: true, thousands: 'apostrophe' }, "12'34.00", null],
  ['zeros in front', { point: true, pad: '0', length: 10 }, '0000012.34', 1_234],
])('an amount with %s', async (_name, change, cell, wanted) => {
  const money: DelimitedField = { name: 'Amount', column: 1, type: 'money', decimals: 2, ...change };
  const of = layout({ separator: 'tab' }, [money]);
  const { records } = await decode(of, `${cell}\n`);
  expect(records[0]?.['amount'] ?? null).toBe(wanted);
  if (wanted !== null) expect((await decode(of, await encode(of, [{ amount: wanted }]))).records).toEqual(records);
});

test('hostile bytes give faults or records, and never anything else', async () => {
  const of = layout({
    heading: {},
    trailer: {
      name: 'end',
      recognise: { column: 1, value: 'T' },
      fields: [{ name: 'T', column: 1, type: 'constant', value: 'T' }],
    },
  });
  await fc.assert(
    fc.asyncProperty(
      fc.uint8Array({ maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('"', ',', '\n', '\\', 'T', '1'), maxLength: 80 }),
      async (bytes, tail) => {
        const all = Buffer.concat([Buffer.from('Name,Note,Number,Count,Amount,Paid On\n'), Buffer.from(tail), bytes]);
        const { faults, records } = await decode(of, all, 11);
        expect(faults.length + records.length).toBeGreaterThan(0);
        for (const fault of faults) expect(fault.value ?? '').toMatch(/^[ -~\u00a0-\uffff]{0,80}$/);
      },
    ),
    { numRuns: 300 },
  );
});
