import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { z } from 'zod';
import { joined } from '../../testing/byte-streams.js';
import type {
  DelimitedConstantField,
  DelimitedDateField,
  DelimitedDigitsField,
  DelimitedField,
  DelimitedFillerField,
  DelimitedLayout,
  DelimitedMoneyField,
  DelimitedNumberField,
  DelimitedRecord,
  DelimitedTextField,
  DelimitedTimestampField,
  DelimitedTotal,
} from '../delimited/delimited-layout.js';
import { delimitedLayoutSchema, type SayableDelimitedLayout } from '../delimited/delimited-schema.js';
import { fileFormat } from '../file-format.js';
import type { FileLayout } from '../layout.js';
import type { SuppliedLayout } from './any-layout.js';
import { readAnyLayout, readRecord, type supplySchema } from './read-any-layout.js';
import type { FileFacts } from './supply.js';
import type { Supply } from './supplied.js';

/** The same shape with everything changeable, as a schema infers it. */
type Changeable<T> = T extends readonly (infer Item)[]
  ? Changeable<Item>[]
  : T extends object
    ? { -readonly [Key in keyof T]: Changeable<T[Key]> }
    : T;
type Same<One, Other> = (<T>() => T extends One ? 1 : 2) extends <T>() => T extends Other ? 1 : 2 ? true : false;

/** Fails to compile where YAML can say less, or more, than the types: a property, a value, or whether it is needed. */
const YAML_SAYS_LAYOUTS: Same<Changeable<DelimitedLayout>, Changeable<SayableDelimitedLayout>> = true;
const YAML_SAYS_SUPPLY: Same<Changeable<Supply>, Changeable<z.input<typeof supplySchema>>> = true;

/** Every property that the types have, none left out: a new one must be written here, and then be sayable. */
type Everything<T> = Required<T>;
const place = { name: 'A', key: 'a', required: true, sensitive: true, length: 9 };
const TEXT: Omit<Everything<DelimitedTextField>, 'column'> = {
  ...place,
  type: 'text',
  truncate: true,
  lines: true,
  codes: ['A', 'B'],
  default: 'A',
};
const DIGITS: Omit<Everything<DelimitedDigitsField>, 'column'> = {
  ...place,
  type: 'digits',
  codes: ['000000001'],
  zeroIsBlank: true,
  pad: '0',
  default: '000000001',
};
const NUMBER: Omit<Everything<DelimitedNumberField>, 'column' | 'total'> = {
  ...place,
  type: 'number',
  signed: true,
  pad: '0',
  thousands: 'comma',
  default: 1,
};
const MONEY: Omit<Everything<DelimitedMoneyField>, 'column' | 'total'> = {
  ...place,
  type: 'money',
  decimals: 2,
  point: 'comma',
  fewerDecimals: true,
  signed: true,
  pad: '0',
  thousands: 'blank',
};
const DATE: Omit<Everything<DelimitedDateField>, 'column'> = {
  ...place,
  length: 10,
  type: 'date',
  pattern: 'CCYY-MM-DD',
  none: '1900-01-01',
  writeNone: true,
};
const TIMESTAMP: Omit<Everything<DelimitedTimestampField>, 'column'> = {
  ...place,
  length: 19,
  type: 'timestamp',
  pattern: 'CCYY-MM-DDThh:mm:ss',
};
const CONSTANT: Omit<Everything<DelimitedConstantField>, 'column'> = { ...place, type: 'constant', value: 'T' };
const FILLER: Omit<Everything<DelimitedFillerField>, 'column'> = { ...place, required: false, type: 'filler' };
const TOTALS: readonly DelimitedTotal[] = [
  { count: 'records', records: ['line'], plus: 2 },
  { count: 'equal', places: ['line.k1'], value: 'A' },
  { count: 'filled', places: ['line.k2'], ignore: ['x'] },
  { count: 'sum', places: ['line.k4'] },
];

function numbered(fields: readonly object[]): DelimitedRecord['fields'] {
  return fields.map((field, i) => ({ ...field, name: `N${i}`, key: `k${i}`, column: i + 1 }) as DelimitedField);
}

const LINE: Everything<DelimitedRecord> = {
  name: 'line',
  recognise: { column: 1, value: 'T' },
  fields: numbered([CONSTANT, TEXT, DIGITS, NUMBER, MONEY, DATE, TIMESTAMP, FILLER]),
  leastColumns: 8,
  openEnd: true,
};
const ENDS = (total: boolean): DelimitedRecord => ({
  name: total ? 'trailer' : 'header',
  recognise: { column: 1, value: total ? 'E' : 'H' },
  fields: numbered([
    { type: 'constant', value: total ? 'E' : 'H' },
    ...(total
      ? TOTALS.map((rule) => ({ type: 'money', decimals: 2, signed: true, total: rule }))
      : [
          { type: 'date', pattern: 'CCYYMMDD' },
          { type: 'text' },
          { type: 'digits' },
          { type: 'number' },
          { type: 'text' },
          { type: 'timestamp', pattern: 'CCYYMMDDhhmmss' },
        ]),
  ]),
});
const EVERYTHING: Everything<DelimitedLayout> & { supply: Everything<Supply> } = {
  form: 'delimited',
  name: 'everything',
  characterSet: 'utf-8',
  byteOrderMark: true,
  separator: 'semicolon',
  quote: "'",
  quoting: 'always',
  escape: 'backslash',
  lineEnd: 'crlf',
  maxRecordLength: 500,
  upperCase: true,
  heading: { anyOrder: false },
  header: ENDS(false),
  records: [LINE],
  trailer: { ...ENDS(true), fields: [...ENDS(true).fields, { name: 'Sent By', column: 6, type: 'text' }] },
  supply: {
    header: {
      k1: 'file-date',
      k2: { setting: 'sender' },
      k3: { created: 'hhmm' },
      k4: 'file-sequence',
      k5: 'file-name',
      k6: 'created-at',
    },
    trailer: { sentBy: { date: 'YYDDD' } },
  },
};

describe('YAML', () => {
  test('says whatever the TypeScript types can', () => {
    expect([YAML_SAYS_LAYOUTS, YAML_SAYS_SUPPLY]).toEqual([true, true]);
    const read = readAnyLayout(parse(stringify(EVERYTHING)));
    expect(read.faults).toBeUndefined();
    expect(read.layout).toEqual(EVERYTHING);
  });

  test('of any part left out says the same', () => {
    const optional = ['byteOrderMark', 'quote', 'quoting', 'escape', 'upperCase', 'heading', 'supply'] as const;
    fc.assert(
      fc.property(fc.subarray([...optional]), (left) => {
        const said = Object.fromEntries(Object.entries(EVERYTHING).filter(([key]) => !left.includes(key as 'quote')));
        expect(readAnyLayout(parse(stringify(said))).layout).toEqual(said);
      }),
      { numRuns: 30 },
    );
  });

  test('has a JSON Schema for the form of the administrator', () => {
    expect(JSON.stringify(z.toJSONSchema(delimitedLayoutSchema))).toContain('separator');
  });
});

describe('a mapping with', () => {
  const changed = (change: object): SuppliedLayout => ({ ...EVERYTHING, ...change });
  const line = (change: object): object => ({ records: [{ ...LINE, ...change }] });
  const field = (index: number, change: object): object =>
    line({ fields: LINE.fields.map((one, i) => (i === index ? { ...one, ...change } : one)) });

  test.each<[string, object, string, RegExp]>([
    ['an unknown character set', { characterSet: 'utf-9' }, 'characterSet', /no character set utf-9/],
    ['a mark of a set without one', { characterSet: 'cp850' }, 'byteOrderMark', /no byte order mark/],
    ['a separator of two characters', { separator: '||' }, 'separator', /must be comma/],
    ['a letter as separator', { separator: 'x' }, 'separator', /must be comma/],
    ['a blank as separator', { separator: ' ' }, 'separator', /must be comma/],
    ['the separator as quote', { quote: ';' }, 'quote', /is the separator/],
    ['quotes and no quote character', { quote: 'none' }, 'quoting', /no quote character/],
    ['a line end of another family', { lineEnd: 'nel' }, 'lineEnd', /of EBCDIC/],
    ['a gap between columns', field(2, { column: 4 }), 'records.0.fields.2.column', /is column 4/],
    ['a key used twice', field(2, { key: 'k1' }), 'records.0.fields.2', /k1 is used twice/],
    ['zeros up to no length', field(2, { length: undefined }), 'records.0.fields.2', /has no length/],
    [
      'a code that does not fit',
      field(1, { codes: ['TOO LONG A CODE'], default: undefined }),
      'records.0.fields.1',
      /can't carry/,
    ],
    ['a default that is no code', field(1, { default: 'C' }), 'records.0.fields.1', /not in its code list/],
    ['one sign for two things', field(4, { thousands: 'comma' }), 'records.0.fields.4', /same sign/],
    ['an unreadable pattern', field(5, { pattern: 'CCYY' }), 'records.0.fields.5', /can't be read/],
    ['a required column that may be left out', line({ leastColumns: 6 }), 'records.0.fields.6', /is needed/],
    [
      'a mark without its column',
      line({ recognise: { column: 2, value: 'T' } }),
      'records.0.recognise',
      /constant field/,
    ],
    ['a heading of no order and a mark', { heading: { anyOrder: true } }, 'heading.anyOrder', /must be otherwise/],
    ['a heading of several types', { records: [LINE, { ...LINE, name: 'other' }] }, 'heading', /several/],
    ['a column of two names', field(2, { name: 'n1' }), 'records.0.fields.2.name', /names two columns/],
    [
      'a total of a text',
      {
        trailer: {
          ...ENDS(true),
          fields: ENDS(true).fields.map((one) =>
            'total' in one && one.total?.count === 'sum'
              ? { ...one, total: { count: 'sum', places: ['line.k1'] } }
              : one,
          ),
        },
        supply: undefined,
      },
      'trailer.fields.4.total',
      /not a number/,
    ],
    ['a supply of no field', { supply: { header: { nope: 'file-date' } } }, 'supply.header.nope', /no field nope/],
    [
      'a supply of another type',
      { supply: { header: { k2: 'file-date' } } },
      'supply.header.k2',
      /must be of type date/,
    ],
    ['a supply of a constant', { supply: { header: { k0: { setting: 'x' } } } }, 'supply.header.k0', /takes no value/],
    ['a supply of a total', { supply: { trailer: { k1: { setting: 'x' } } } }, 'supply.trailer.k1', /is counted/],
    ['an unknown supply', { supply: { header: { k1: 'today' } } }, 'supply.header.k1', /must be "file-date" or/],
  ])('%s is refused, with the path', (_name, change, path, message) => {
    expect(readAnyLayout(changed(change)).faults).toContainEqual({
      path: path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      message: expect.stringMatching(message),
    });
  });

  test.each([null, 'text', [], 7])('%j in its place is refused', (value) => {
    expect(readAnyLayout(value).faults).toHaveLength(1);
  });

  test('only a record for a plugin layout is checked alone', () => {
    const record = {
      name: 'r',
      length: 4,
      recognise: 'otherwise',
      fields: [{ name: 'A', start: 2, length: 3, type: 'text' }],
    };
    expect(readRecord(record).faults?.[0]).toMatchObject({
      path: ['fields', 0],
      message: expect.stringMatching(/position 0/),
    });
  });
});

describe('what is supplied', () => {
  const FACTS: FileFacts = {
    file: 'out.txt',
    date: '2026-02-01',
    createdAt: '2026-11-22T04:05:06',
    fileSequence: 12,
    settings: { sender: 'City' },
  };
  const FIXED: FileLayout & { supply: Supply } = {
    name: 'fixed',
    characterSet: 'ascii',
    delimiter: 'lf',
    maxRecordLength: 40,
    header: {
      name: 'header',
      length: 32,
      recognise: { start: 1, value: 'H' },
      fields: [
        { name: 'H', start: 1, length: 1, type: 'constant', value: 'H' },
        { name: 'Date', start: 2, length: 8, type: 'date', pattern: 'CCYYMMDD', required: true },
        { name: 'Time', start: 10, length: 4, type: 'digits' },
        { name: 'Number', start: 14, length: 4, type: 'number', required: true },
        { name: 'Sender', start: 18, length: 10, type: 'text' },
        { name: 'Day', start: 28, length: 5, type: 'digits' },
      ],
    },
    records: [
      { name: 'line', length: 1, recognise: 'otherwise', fields: [{ name: 'A', start: 1, length: 1, type: 'text' }] },
    ],
    supply: {
      header: {
        date: 'created-at',
        time: { created: 'hhmm' },
        number: 'file-sequence',
        sender: { setting: 'sender' },
        day: { date: 'YYDDD' },
      },
    },
  };

  async function encode(facts: FileFacts, given = {}): Promise<string> {
    const read = readAnyLayout(parse(stringify(FIXED)));
    if (read.layout === undefined) throw new Error(JSON.stringify(read.faults));
    const faults: string[] = [];
    const bytes = await joined(
      fileFormat(read.layout, given).encode([{ a: 'X' }], facts, ({ field, rule }) => faults.push(`${field}: ${rule}`)),
    );
    return `${bytes.toString('latin1')}${faults.join()}`;
  }

  test('stands in the header of fixed widths, too', async () => {
    expect(await encode(FACTS)).toBe('H2026112204050012City      26032\nX\n');
  });

  test('gives way to what a plugin puts there', async () => {
    expect(await encode(FACTS, { header: () => ({ sender: 'Other' }) })).toContain('0012Other     26032');
  });

  test('that is not known leaves its field blank, and a required one faulty', async () => {
    expect(await encode({ file: 'x', date: '2026-02-01' })).toBe('date: required,number: required');
  });
});
