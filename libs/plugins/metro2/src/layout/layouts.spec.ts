import { describe, expect, test } from '@jest/globals';
import { checkLayout, type FieldLayout, type FileLayout } from '@concord/plugin-sdk/codec';
import { settingsOf } from '../samples/tradeline-file.js';
import { layoutOf } from './layout-of.js';

const CANADA = { country: 'CA' };
const PACKED = { form: 'packed' };
const BLOCKED = { recordsPerBlock: 10 };

const LAYOUTS: readonly [string, FileLayout, frame: number][] = [
  ['character', layoutOf(settingsOf()), 426],
  ['blocked', layoutOf(settingsOf(BLOCKED)), 426],
  ['packed', layoutOf(settingsOf(PACKED)), 366],
  ['packed and blocked', layoutOf(settingsOf({ ...PACKED, ...BLOCKED })), 366],
  ['Canadian', layoutOf(settingsOf(CANADA)), 426],
  ['Canadian and blocked', layoutOf(settingsOf({ ...CANADA, ...BLOCKED })), 426],
];

const SEGMENT_LENGTHS = { J1: 100, J2: 200, K1: 34, K2: 34, K3: 40, K4: 30, L1: 54, N1: 146 };

/** The bytes that the fields of a table cover, or where two of them meet wrongly. */
function covered(fields: readonly FieldLayout[]): number | string {
  let next = 1;
  for (const { name, start, length } of fields) {
    if (start !== next) return `${name} starts at ${start}, not ${next}`;
    next = start + length;
  }
  return next - 1;
}

describe.each(LAYOUTS)('the %s tables', (_name, layout, frame) => {
  test('pass the check of layouts', () => expect(checkLayout(layout)).toEqual([]));

  test('fill header, base record and trailer without gap or overlap', () => {
    const parts = [layout.header, ...layout.records, layout.trailer].map((part) => part!);
    expect(parts.map(({ name, length, fields }) => [name, length, covered(fields)])).toEqual([
      ['header', frame, frame],
      ['base', frame, frame],
      ['trailer', frame, frame],
    ]);
  });

  test('fill every segment, in the order of the format', () => {
    const types = layout.records[0]!.segments!.types;
    expect(types.map(({ identifier, length, fields }) => [identifier, length, covered(fields)])).toEqual(
      Object.entries(SEGMENT_LENGTHS).map(([identifier, length]) => [identifier, length, length]),
    );
  });
});

const repeats = (layout: FileLayout): string[] =>
  layout.records[0]!.segments!.types.filter(({ most }) => most === undefined).map(({ identifier }) => identifier);

test('only consumers repeat; in Canada everything but the change of a number does', () => {
  expect(repeats(layoutOf(settingsOf()))).toEqual(['J1', 'J2']);
  expect(repeats(layoutOf(settingsOf(CANADA)))).toEqual(['J1', 'J2', 'K1', 'K2', 'K3', 'K4', 'N1']);
});

const place = (layout: FileLayout, name: string): readonly [number, number] | undefined => {
  const field = layout.records[0]!.fields.find((candidate) => candidate.name === name);
  return field && [field.start, field.length];
};

test('the Canadian base record has currency and transaction type where the other has interest and nothing', () => {
  const canadian = layoutOf(settingsOf(CANADA));
  expect(place(canadian, 'Currency Type Code')).toEqual([214, 17]);
  expect(place(canadian, 'Consumer Transaction Type')).toEqual([231, 1]);
  expect(place(canadian, 'Interest Type Indicator')).toBeUndefined();
  expect(place(canadian, 'Surname')).toEqual(place(layoutOf(settingsOf()), 'Surname'));
});

test('only numbers and dates of the packed base record and trailer are packed', () => {
  const packed = layoutOf(settingsOf(PACKED));
  const bytes = (fields: readonly FieldLayout[]) =>
    Object.fromEntries(
      fields.flatMap((field) =>
        'encoding' in field && field.encoding === 'packed' ? [[field.name, field.length]] : [],
      ),
    );
  expect(bytes(packed.header!.fields)).toEqual({});
  expect(bytes(packed.records[0]!.fields)).toMatchObject({
    'Time Stamp': 8,
    'Date Opened': 5,
    'Current Balance': 5,
    'Social Security Number': 5,
    'Telephone Number': 6,
  });
  expect(Object.keys(bytes(packed.records[0]!.fields))).toHaveLength(16);
  expect(Object.values(bytes(packed.trailer!.fields))).toEqual(Array.from({ length: 43 }, () => 5));
});
