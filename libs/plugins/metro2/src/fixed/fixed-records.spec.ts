import { describe, expect, test } from '@jest/globals';
import { debtOf, guarantor, person, spouse } from '../samples/debts.js';
import { changeOf, decoded, settingsOf, written } from '../samples/tradeline-file.js';

const RESERVED = { J1: 2, J2: 1, K1: 1 };
const settings = settingsOf({ fixedRecords: RESERVED });
const variable = settingsOf();
const LENGTH = 426 + 2 * 100 + 200 + 34;

const changes = [
  changeOf(settings, debtOf({ parties: [person(), guarantor] })),
  changeOf(settings, debtOf({ number: '000000000022', parties: [person(), spouse] }), { sequence: 2 }),
  changeOf(settings, { ...debtOf({ number: '000000000023' }), referral: null }, { sequence: 3 }),
];
const file = async () => (await written(settings, changes)).bytes;
const lines = async () => (await file()).toString('latin1').split('\n');
const faultsIn = async (bytes: Buffer | string) => {
  const read = await decoded(settings, Buffer.from(bytes as string, 'latin1'));
  return read.flatMap(({ fault }) => (fault === undefined ? [] : [fault]));
};

describe('records of one length', () => {
  test('are written', async () => {
    const [header, first, second, third, trailer, end] = await lines();
    for (const line of [header, first, second, third, trailer]) {
      expect(line).toHaveLength(LENGTH);
      expect(line!.slice(0, 4)).toBe('0860');
    }
    expect(end).toBe('');
    expect(header!.slice(426).trim() + trailer!.slice(426).trim()).toBe('');
    const unusedJ1 = 'J1'.padEnd(100);
    expect(first!.slice(426, 626)).toBe(unusedJ1 + unusedJ1);
    expect(first!.slice(626, 655)).toBe(`J2 ${'LEE'.padEnd(25)}B`);
    expect(second!.slice(426, 458)).toBe(`J1 ${"NUNEZ-O'HARA".padEnd(25)}ANN `);
    expect(second!.slice(526, 826)).toBe(unusedJ1 + 'J2'.padEnd(200));
    expect(second!.slice(826)).toBe('K1CITY OF SPRINGFIELD           04');
  });

  test('count only the segments that are used', async () => {
    const trailer = (await decoded(settings, await file())).at(-1)!.record;
    expect(trailer).toMatchObject({
      totalBaseRecords: 3,
      totalConsumerSegmentsJ1: 1,
      totalConsumerSegmentsJ2: 1,
      totalOriginalCreditorSegments: 3,
    });
  });

  test('say the same as records of their own length', async () => {
    const own = await decoded(variable, (await written(variable, changes)).bytes);
    const stripped = (records: typeof own) =>
      records.map((read) => ({ ...read, record: { ...read.record, recordDescriptorWord: 0 } }));
    for (const size of [1, 1_000]) expect(stripped(await decoded(settings, await file(), size))).toEqual(stripped(own));
    for (const { record } of await decoded(settings, await file()))
      expect(record?.['recordDescriptorWord']).toBe(LENGTH);
    const crlf = (await file()).toString('latin1').replaceAll('\n', '\r\n');
    expect(stripped(await decoded(settings, Buffer.from(crlf, 'latin1')))).toEqual(stripped(own));
  });
});

describe('what is refused', () => {
  test('more segments than are reserved: that record alone', async () => {
    const three = debtOf({ parties: [person(), spouse, { ...spouse, id: 'p4' }, { ...spouse, id: 'p5' }] });
    const { bytes, setAside } = await written(settings, [changeOf(settings, three), { ...changes[1]!, sequence: 2 }]);
    expect(setAside.map(({ sequence, fault }) => [sequence, fault.rule])).toEqual([[1, 'reserved-segments']]);
    expect(await faultsIn(bytes.toString('latin1'))).toEqual([]);
  });

  test('a fault in a segment is told at its place in the fixed record, on writing and on reading', async () => {
    const creditor = { originalCreditor: { name: 'Works', classification: '99' } };
    const { setAside } = await written(settings, [changeOf(settings, debtOf({ debt: creditor }))]);
    expect(setAside[0]?.fault).toMatchObject({ field: 'k1.creditorClassification', position: '859-860' });
    const [header, first, ...rest] = await lines();
    const broken = [header, `${first!.slice(0, -2)}99`, ...rest].join('\n');
    expect((await faultsIn(broken))[0]).toMatchObject({
      field: 'k1.creditorClassification',
      position: '859-860',
      record: 2,
    });
  });

  test.each<[string, (line: string) => string, string]>([
    ['a shorter record', (line) => line.slice(0, -1), '1-4'],
    ['a longer record', (line) => `${line} `, '1-4'],
    ['a record of its own length', (line) => `0460${line.slice(4, 426)}${line.slice(-34)}`, '1-4'],
    ['a descriptor word of another length', (line) => `0460${line.slice(4)}`, '1-4'],
    ['another segment than the reserved one', (line) => `${line.slice(0, 526)}K2${line.slice(528)}`, '527-528'],
  ])('%s harms only itself, and its place is told', async (_name, change, position) => {
    const [header, first, second, ...rest] = await lines();
    const faults = await faultsIn([header, change(first!), second, ...rest].join('\n'));
    const [fault] = faults;
    expect(fault).toMatchObject({ severity: 'record', record: 2, rule: 'fixed-record', position });
    expect(faults.filter(({ record }) => record === 2)).toHaveLength(1);
  });

  test('a header or trailer of another length: the whole file', async () => {
    const [header, ...rest] = await lines();
    expect((await faultsIn([header!.slice(0, 426), ...rest].join('\n')))[0]).toMatchObject({
      severity: 'file',
      record: 1,
    });
    const whole = (await file()).toString('latin1');
    expect((await faultsIn(whole.slice(0, -40)))[0]).toMatchObject({ severity: 'file', record: 5 });
  });

  test('a file cut anywhere, and a line without end', async () => {
    const whole = (await file()).toString('latin1');
    for (let at = 0; at < whole.length - 1; at += 97) {
      const faults = await faultsIn(whole.slice(0, at));
      expect(faults.some(({ severity }) => severity === 'file')).toBe(true);
    }
    const endless = await faultsIn(`${whole}${'A'.repeat(500_000)}`);
    expect(endless.some(({ severity }) => severity === 'file')).toBe(true);
  });
});

test.each([
  ['packed records', { form: 'packed', fixedRecords: RESERVED }],
  ['blocks', { recordsPerBlock: 2, fixedRecords: RESERVED }],
  ['two creditors', { fixedRecords: { K1: 2 } }],
  ['a segment of no list', { fixedRecords: { J3: 1 } }],
])('refuses settings: fixed records with %s', (_name, changed) => {
  expect(() => settingsOf(changed)).toThrow();
});
