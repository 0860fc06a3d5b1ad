import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { DecodedRecord, FileFault } from '../contract/files.js';
import { collected, inPieces, joined } from '../testing/byte-streams.js';
import { charactersOf, singleByteCharacters } from './character-set.js';
import { EBCDIC_SETS } from './ebcdic.js';
import { fileFormat } from './file-format.js';
import { readLayout } from './layout-schema.js';
import type { Delimiter, FileLayout } from './layout.js';

const CONTEXT = { file: 'set.txt', date: '2026-11-21' };

function layoutOf(characterSet: string, delimiter: Delimiter = 'lf', upperCase = false): FileLayout {
  return {
    name: 'set',
    characterSet,
    delimiter,
    upperCase,
    maxRecordLength: 16,
    records: [
      {
        name: 'line',
        length: 12,
        recognise: { start: 1, value: 'L[' },
        fields: [
          { name: 'Mark', start: 1, length: 2, type: 'constant', value: 'L[' },
          { name: 'Name', start: 3, length: 5, type: 'text' },
          { name: 'Code', start: 8, length: 1, type: 'text', codes: ['A', '!'] },
          { name: 'Number', start: 9, length: 4, type: 'number' },
        ],
        segments: {
          identifierLength: 1,
          types: [
            {
              identifier: 'S',
              length: 2,
              fields: [
                { name: 'Segment', start: 1, length: 1, type: 'constant', value: 'S' },
                { name: 'Letter', start: 2, length: 1, type: 'text' },
              ],
            },
          ],
        },
      },
    ],
  };
}

async function encode(layout: FileLayout, records: readonly Record<string, unknown>[], faults: FileFault[] = []) {
  return joined(fileFormat(layout).encode(records, CONTEXT, (fault) => faults.push(fault)));
}

async function decode(layout: FileLayout, bytes: Uint8Array, piece = 5): Promise<DecodedRecord[]> {
  return collected(fileFormat(layout).decode(inPieces(bytes, piece), CONTEXT));
}

const LINE = { mark: 'L[', name: 'Zoë', code: '!', number: 42, segments: [{ segment: 'S', letter: 'é' }] };

describe('a record in a set', () => {
  // The second bytes are the bracket, the eighth ones the exclamation mark: where EBCDIC pages differ.
  test.each<[string, Delimiter, string]>([
    ['latin1', 'lf', '4c5b 5a6feb2020 21 30303432 53e9 0a'],
    ['windows-1252', 'crlf', '4c5b 5a6feb2020 21 30303432 53e9 0d0a'],
    ['cp850', 'lf', '4c5b 5a6f892020 21 30303432 5382 0a'],
    ['cp437', 'none', '4c5b 5a6f892020 21 30303432 5382'],
    ['cp037', 'none', 'd3ba e996534040 5a f0f0f4f2 e251'],
    ['cp500', 'nel', 'd34a e996534040 4f f0f0f4f2 e251 15'],
    ['cp1047', 'lf', 'd3ad e996534040 5a f0f0f4f2 e251 25'],
    ['CP1140', 'crlf', 'd3ba e996534040 5a f0f0f4f2 e251 0d25'],
  ])('of %s, ended by %s', async (set, delimiter, wanted) => {
    const layout = layoutOf(set, delimiter);
    const bytes = await encode(layout, [LINE, LINE]);
    const line = wanted.replaceAll(' ', '');
    expect(bytes.toString('hex')).toBe(line + line);
    if (delimiter === 'none') return;
    for (const piece of [1, 100]) {
      expect((await decode(layout, bytes, piece)).map(({ record }) => record)).toEqual([LINE, LINE]);
    }
  });

  test('in EBCDIC is read whatever line end it has', async () => {
    const written = layoutOf('cp037', 'lf');
    const bytes = await encode(written, [LINE, LINE]);
    for (const end of ['15', '25', '0d25', '1515']) {
      const other = Buffer.from(bytes.toString('hex').replaceAll('e25125', `e251${end}`), 'hex');
      for (const { record } of await decode(written, other)) expect(record).toEqual(LINE);
    }
  });

  test('keeps the capital of a letter beyond Latin-1, and the sign of the euro', async () => {
    const layout = layoutOf('windows-1252', 'lf', true);
    const bytes = await encode(layout, [{ mark: 'L[', name: 'œ€ÿß' }]);
    expect(bytes.subarray(2, 7).toString('hex')).toBe('8c809fdf20');
    expect((await decode(layout, bytes))[0]?.record?.['name']).toBe('Œ€Ÿß');
  });

  test('tries the letter without accents, and then is at fault', async () => {
    const faults: FileFault[] = [];
    const layout = layoutOf('cp037');
    const bytes = await encode(
      layout,
      [
        { mark: 'L[', name: 'Šár' },
        { mark: 'L[', name: 'Łód' },
      ],
      faults,
    );
    expect((await decode(layout, bytes)).map(({ record }) => record?.['name'])).toEqual(['Sar']);
    expect(faults.map(({ rule, field, position }) => [rule, field, position])).toEqual([['characters', 'name', '3-7']]);
  });

  test.each([
    ['ascii', 3, 0xe9, 'name', '3-7'],
    ['iso-8859-1', 3, 0x85, 'name', '3-7'],
    ['windows-1252', 13, 0x81, 's.letter', '14'],
    ['cp037', 13, 0x3f, 's.letter', '14'],
    ['cp037', 4, 0x00, 'name', '3-7'],
  ])('of %s with no character at %i is at fault', async (set, at, byte, field, position) => {
    const layout = layoutOf(set);
    const bytes = await encode(layout, [{ ...LINE, name: 'Zoe', segments: [{ segment: 'S', letter: 'e' }] }]);
    bytes[at] = byte;
    const [line] = await decode(layout, bytes);
    expect(line?.fault).toMatchObject({ severity: 'record', record: 1, field, position, rule: 'characters' });
  });

  test('of any set gives back what was written', async () => {
    const sets = [...EBCDIC_SETS, 'windows-1252', 'iso-8859-15', 'cp850', 'cp437', 'koi8-r', 'ascii'];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...sets), fc.nat(255), fc.nat(255), async (set, one, other) => {
        const { characters } = singleByteCharacters(set);
        const { readable, fromFile } = charactersOf(set, false, 'lf');
        const isRead = (byte: number): boolean => readable[fromFile === null ? byte : fromFile[byte]!] === 1;
        fc.pre(isRead(one) && isRead(other));
        const name = `x${characters!.charAt(one)}${characters!.charAt(other)}x`;
        const [line] = await decode(layoutOf(set), await encode(layoutOf(set), [{ mark: 'L[', name }]));
        expect(line?.record?.['name']).toBe(name);
      }),
    );
  });
});

describe('the EBCDIC sets', () => {
  test.each([
    ['cp037', 'A1{}[]^|¬¢!'],
    ['cp500', 'A1{}[]^|¬¢!'],
    ['cp1047', 'A1{}[]^|¬¢!'],
  ])('%s has its own places for signs', (set, text) => {
    const wanted = {
      cp037: 'c1f1c0d0babbb04f5f4a5a',
      cp500: 'c1f1c0d04a5a5fbbbab04f',
      cp1047: 'c1f1c0d0adbd5f4fb04a5a',
    }[set];
    const { characters } = singleByteCharacters(set);
    expect(Buffer.from([...text].map((sign) => characters!.indexOf(sign))).toString('hex')).toBe(wanted);
  });

  test.each(EBCDIC_SETS)('%s has 256 characters, each printable one once', (set) => {
    const characters = [...singleByteCharacters(set).characters!];
    expect(characters).toHaveLength(256);
    const printable = characters.filter((character) => character !== '\ufffd');
    expect(new Set(printable).size).toBe(printable.length);
  });
});

test.each([
  ['utf8', /several bytes/],
  ['utf-16le', /several bytes/],
  ['shift_jis', /several bytes/],
  ['big5', /several bytes/],
  ['base64', /several bytes/],
  ['cp9999', /no character set/],
])('%s is refused', (set, message) => {
  expect(readLayout(layoutOf(set)).faults).toContainEqual({
    path: ['characterSet'],
    message: expect.stringMatching(message),
  });
});

test('a line end that the set does not have is refused', () => {
  expect(readLayout(layoutOf('windows-1252', 'nel')).faults?.[0]?.path).toEqual(['delimiter']);
});
