import { describe, expect, test } from '@jest/globals';
import { ALLOWED, DATE, debtOf, guarantor, PAID, person, spouse } from './samples/debts.js';
import { changeOf, decoded, encoded, settingsOf, written } from './samples/tradeline-file.js';
import plugin from './index.js';
import type { Metro2Settings } from './settings.js';

const character = settingsOf();
const blocked = settingsOf({ recordsPerBlock: 2 });
const packed = settingsOf({ form: 'packed' });
const packedBlocked = settingsOf({ form: 'packed', recordsPerBlock: 3 });

const DEBTS = [
  debtOf({ parties: [person(), spouse, guarantor] }),
  debtOf({ number: '000000000022', ledger: PAID }),
  { ...debtOf({ number: '000000000023' }), referral: null },
  debtOf({ number: '000000000024', parties: [person({ telephone: null })] }),
];
const changes = (settings: Metro2Settings) =>
  DEBTS.map((debt, index) => changeOf(settings, debt, { sequence: index + 1 }));

const file = async (settings: Metro2Settings): Promise<Buffer> => {
  const { bytes, setAside } = await written(settings, changes(settings));
  expect(setAside).toEqual([]);
  return bytes;
};

describe.each<[string, Metro2Settings, blocks: number]>([
  ['in blocks', blocked, 3],
  ['packed', packed, 6],
  ['packed, in blocks', packedBlocked, 2],
])('a file %s', (_name, settings, blocks) => {
  test('says the same as one in character form, and counts its blocks', async () => {
    const stripped = (read: Awaited<ReturnType<typeof decoded>>) =>
      read.map((one) => ({ ...one, record: { ...one.record, recordDescriptorWord: 0, blockCount: 0 } }));
    const own = stripped(await decoded(character, await file(character)));
    const bytes = await file(settings);
    for (const size of [1, 7, 1_000]) {
      const read = await decoded(settings, bytes, size);
      expect(stripped(read)).toEqual(own);
      expect(read.at(-1)?.record).toMatchObject({ blockCount: blocks, totalBaseRecords: 4 });
    }
  });
});

/** Bytes `first` to `last` of a record, 1-based as the tables print them. */
const hex = (record: Buffer, first: number, last: number): string => record.toString('hex', first - 1, last);

describe('packed fields', () => {
  test('stand where the table says, two digits a byte and the sign', async () => {
    const bytes = await file(packed);
    const header = bytes.subarray(0, 366);
    expect(hex(header, 1, 4)).toBe('016e0000');
    expect(header.toString('latin1', 4, 10)).toBe('HEADER');
    expect(header.toString('latin1', 47, 63)).toBe('1121202611212026');
    const base = bytes.subarray(366);
    // 366 and the segments J1, J2 and K1.
    expect(hex(base, 1, 4)).toBe('02bc0000');
    expect(base.toString('latin1', 14, 34)).toBe('CITYCOLL01'.padEnd(20));
    expect(hex(base, 70, 74)).toBe('006012026f');
    expect(hex(base, 80, 84)).toBe('000001234f');
    expect(base.toString('latin1', 98, 100)).toBe('93');
    expect(hex(base, 130, 134)).toBe('000001244f');
    expect(hex(base, 249, 253)).toBe('212345678f');
    expect(hex(base, 254, 258)).toBe('002291980f');
    expect(hex(base, 259, 264)).toBe('02175550123f');
    expect(base.toString('latin1', 366, 395)).toBe(`J1 ${"NUNEZ-O'HARA".padEnd(25)}A`);
    const trailer = bytes.subarray(-366);
    expect(trailer.toString('latin1', 4, 11)).toBe('TRAILER');
    expect(hex(trailer, 12, 16)).toBe('000000004f');
    expect(hex(trailer, 37, 41)).toBe('000000006f');
    expect(hex(trailer, 187, 191)).toBe('000000005f');
  });

  test('a time stamp, and an unknown telephone number', async () => {
    const { bytes } = await encoded(packed, [
      { ...(await decoded(character, await file(character)))[4]!.record, timeStamp: '2026-11-21T10:20:30' },
    ]);
    const base = bytes.subarray(366);
    expect(hex(base, 6, 13)).toBe('011212026102030f');
    expect(hex(base, 259, 264)).toBe('00000000000f');
    expect((await decoded(packed, bytes))[1]!.record).toMatchObject({ timeStamp: '2026-11-21T10:20:30' });
  });
});

describe('blocks', () => {
  test('one record a block: the word is that of the record and four', async () => {
    const bytes = await file(settingsOf({ recordsPerBlock: 1 }));
    expect(bytes.toString('latin1', 0, 8)).toBe('04300426');
    expect(bytes.toString('latin1', 430, 438)).toBe('07640760');
    const trailer = (await decoded(blocked, bytes)).at(-1)!.record;
    expect(trailer).toMatchObject({ blockCount: 6, totalBaseRecords: 4 });
  });

  test('several records a block share its word, in digits or in binary', async () => {
    const inDigits = await file(blocked);
    expect(inDigits.toString('latin1', 0, 8)).toBe('11900426');
    expect(inDigits.toString('latin1', 1_190, 1_198)).toBe('09240460');
    const inBinary = await file(packedBlocked);
    expect(inBinary.toString('hex', 0, 8)).toBe('05be0000016e0000');
  });

  test('a block is full before its word is', async () => {
    const settings = settingsOf({ recordsPerBlock: 100 });
    const many = Array.from({ length: 30 }, (_none, index) =>
      changeOf(settings, debtOf({ number: String(index).padStart(12, '0') }), { sequence: index + 1 }),
    );
    const { bytes } = await written(settings, many);
    const trailer = (await decoded(settings, bytes)).at(-1)!;
    expect(trailer.record).toMatchObject({ totalBaseRecords: 30, blockCount: 2 });
    expect(Number(bytes.toString('latin1', 0, 4))).toBeLessThanOrEqual(9_999);
  });
});

test('a fault in a packed field names it, its place, and no identifier', async () => {
  const bytes = await file(packed);
  bytes[366 + 248] = 0xab;
  const faults = (await decoded(packed, bytes)).flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
  expect(faults[0]).toMatchObject({ field: 'socialSecurityNumber', position: '249-253', record: 2 });
  expect(JSON.stringify(faults)).not.toContain('12345678');
});

test('the form changes nothing of what is wanted', () => {
  const wanted = (settings: Metro2Settings) =>
    plugin.position!.desire(DEBTS[0]!, { settings, date: DATE, decision: ALLOWED });
  expect(wanted(packedBlocked)).toEqual(wanted(character));
});
