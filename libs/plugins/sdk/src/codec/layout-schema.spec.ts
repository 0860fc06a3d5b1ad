import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { keyOfName } from './field-key.js';
import { fileLayoutSchema, readLayout } from './layout-schema.js';

interface Table {
  [key: string]: unknown;
  records: { fields: Record<string, unknown>[]; [key: string]: unknown }[];
}

function table(): Table {
  return {
    name: 'sample',
    characterSet: 'latin1',
    delimiter: 'crlf',
    maxRecordLength: 10,
    records: [
      {
        name: 'line',
        length: 10,
        recognise: 'otherwise',
        fields: [
          { name: 'Kind', start: 1, length: 1, type: 'text', codes: ['A', 'B'] },
          { name: 'Paid On', start: 2, length: 8, type: 'date', pattern: 'CCYYMMDD' },
          { name: 'Rest', start: 10, length: 1, type: 'filler' },
        ],
      },
    ],
  };
}

function changed(change: (layout: Table) => void): Table {
  const layout = table();
  change(layout);
  return layout;
}

const field = (layout: Table, index: number): Record<string, unknown> => layout.records[0]!.fields[index]!;

describe('a mapping', () => {
  test('is read as a layout', () => {
    expect(readLayout(table()).layout).toEqual(table());
  });

  test.each<[string, (layout: Table) => void, string, RegExp]>([
    ['a gap', (layout) => (field(layout, 1)['start'] = 3), 'records.0.fields.1', /gap after position 1/],
    ['an overlap', (layout) => (field(layout, 2)['start'] = 9), 'records.0.fields.2', /overlaps position 9/],
    [
      'fields that end early',
      (layout) => layout.records[0]!.fields.pop(),
      'records.0.fields',
      /end at 9, the record at 10/,
    ],
    [
      'a name used twice',
      (layout) => (field(layout, 1)['name'] = 'KIND'),
      'records.0.fields.1',
      /key kind is used twice/,
    ],
    [
      'an unreadable date pattern',
      (layout) => (field(layout, 1)['pattern'] = 'CCYYMMXX'),
      'records.0.fields.1',
      /pattern/,
    ],
    [
      'a pattern of another length',
      (layout) => (field(layout, 1)['pattern'] = 'CCYY-MM-DD'),
      'records.0.fields.1',
      /10 characters in 8/,
    ],
    [
      'a code that does not fit',
      (layout) => (field(layout, 0)['codes'] = ['AB']),
      'records.0.fields.0',
      /can't carry "AB"/,
    ],
    ['an unknown type', (layout) => (field(layout, 0)['type'] = 'string'), 'records.0.fields.0.type', /./],
    ['a misspelled property', (layout) => (field(layout, 0)['requierd'] = true), 'records.0.fields.0', /requierd/],
    [
      'a record longer than the longest',
      (layout) => (layout['maxRecordLength'] = 9),
      'records.0.length',
      /maxRecordLength/,
    ],
    ['no records', (layout) => (layout.records = []), 'records', /./],
    [
      'a mark without its field',
      (layout) => (layout.records[0]!['recognise'] = { start: 2, value: 'D' }),
      'records.0.recognise',
      /constant field "D" at 2/,
    ],
    [
      'a total of a field that is not there',
      (layout) => {
        layout['trailer'] = {
          name: 'trailer',
          length: 10,
          recognise: { start: 1, value: 'T' },
          fields: [
            { name: 'Type', start: 1, length: 1, type: 'constant', value: 'T' },
            { name: 'Sum', start: 2, length: 9, type: 'number', total: { count: 'sum', places: ['line.amount'] } },
          ],
        };
      },
      'trailer.fields.1.total',
      /no field line.amount/,
    ],
    [
      'a point without decimals',
      (layout) => Object.assign(field(layout, 0), { type: 'money', decimals: 0, point: true, codes: undefined }),
      'records.0.fields.0',
      /no decimals|digits/,
    ],
    [
      'a date for none that it does not name',
      (layout) => (field(layout, 1)['writeNone'] = true),
      'records.0.fields.1',
      /does not say which/,
    ],
  ])('with %s is refused, with the path', (_name, change, path, message) => {
    const { faults } = readLayout(changed(change));
    expect(faults).toContainEqual({
      path: path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)),
      message: expect.stringMatching(message),
    });
  });

  test('has a JSON Schema for the form of the administrator', () => {
    expect(JSON.stringify(z.toJSONSchema(fileLayoutSchema))).toContain('maxRecordLength');
  });
});

test.each([
  ['ECOA Code', 'ecoaCode'],
  ['Total Status Code DF', 'totalStatusCodeDf'],
  ['Total Consumer Segments J1', 'totalConsumerSegmentsJ1'],
  ['Social Security Number', 'socialSecurityNumber'],
  ['Date of 1st Payment (net)', 'dateOf1stPaymentNet'],
])('the key of %s is %s', (name, key) => {
  expect(keyOfName(name)).toBe(key);
});
