import { describe, expect, test } from '@jest/globals';
import { readSettingsFile } from '@concord/plugin-sdk';
import { collected, inPieces, joined } from '@concord/plugin-sdk/testing';
import { decodeRejects, rejectFormat } from './decode.js';
import { rejectMappingSchema } from './mapping.js';

const EXAMPLE = new URL('../../mappings/rejects.example.yaml', import.meta.url);
const mapping = rejectMappingSchema.parse(await readSettingsFile(EXAMPLE));

const number = (value: number): string => String(value).padStart(9, '0');
const header = (received: number, accepted: number, refused: number, result = 'A'): string =>
  `H20261122${'OURS.m2'.padEnd(60)}${number(received)}${number(accepted)}${number(refused)}${result}${''.padEnd(43)}`;
const detail = (line: number, account = 'CITY1'): string =>
  `D${number(line)}${account.padEnd(30)}${''.padEnd(30)}${'E1'.padEnd(6)}${'WRONG'.padEnd(60)}    `;
const trailer = (count: number): string => `T${number(count)}`.padEnd(140);

async function read(...lines: string[]) {
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''), 'latin1');
  const all = await collected(decodeRejects(mapping, inPieces(bytes, 50), { settings: {}, fileName: 'REJ.txt' }));
  return all.map((item) => ('fault' in item ? `${item.fault.severity}:${item.fault.rule}` : item.kind));
}

describe('a reject file', () => {
  test('refuses accounts and answers the file', async () => {
    expect(await read(header(3, 1, 2), detail(2), detail(3, 'CITY2'), trailer(2))).toEqual([
      'refused',
      'refused',
      'file-answered',
    ]);
  });

  test('that refuses nothing answers the file', async () => {
    expect(await read(header(3, 3, 0), trailer(0))).toEqual(['file-answered']);
  });

  test('that refuses the whole file needs no list of accounts', async () => {
    expect(await read(header(3, 0, 3, 'R'), trailer(0))).toEqual(['file-answered']);
  });

  test('can be written from records, its header among them', async () => {
    const records = [
      {
        recordType: 'H',
        createdDate: '2026-11-22',
        answeredFile: 'OURS.m2',
        recordsReceived: 3,
        recordsAccepted: 2,
        recordsRefused: 1,
        result: 'A',
      },
      { recordType: 'D', lineNumber: 2, accountNumber: 'CITY1', code: 'E1', message: 'WRONG' },
    ];
    const context = { file: 'REJ.txt', date: '2026-11-22' };
    const faults: unknown[] = [];
    const bytes = await joined(rejectFormat(mapping).encode(records, context, (fault) => faults.push(fault)));
    expect(faults).toEqual([]);
    expect(bytes.toString('latin1')).toBe(`${header(3, 2, 1)}\n${detail(2)}\n${trailer(1)}\n`);
  });

  test.each([
    ['counts that do not add up', [header(3, 2, 2), detail(2), detail(3), trailer(2)], 'file:total'],
    ['fewer refusals than the header states', [header(3, 1, 2), detail(2), trailer(1)], 'file:total'],
    ['fewer refusals than the trailer states', [header(3, 2, 1), detail(2), trailer(2)], 'file:total'],
    ['a result of no list', [header(1, 1, 0, 'X'), trailer(0)], 'file:code-list'],
    ['no trailer', [header(1, 1, 0)], 'file:truncated'],
    ['no header', [detail(2), trailer(1)], 'file:header'],
    // Everything not refused counts as accepted: a refusal that can't be read would turn into its opposite.
    ['a refusal without account', [header(3, 2, 1), detail(2, ''), trailer(1)], 'file:unread-refusal'],
    ['a refusal that was cut', [header(3, 2, 1), detail(2).slice(0, 90), trailer(1)], 'file:total'],
  ])('with %s answers nothing', async (_name, lines, fault) => {
    const found = await read(...lines);
    expect(found).toContain(fault);
    expect(found).not.toContain('file-answered');
  });
});

describe('a mapping', () => {
  test.each<[string, (changed: typeof mapping) => unknown, RegExp]>([
    [
      'a field that is not there',
      (m) => ({ ...m, meaning: { ...m.meaning, received: 'header.received' } }),
      /no field header.received/,
    ],
    [
      'a count outside the header',
      (m) => ({ ...m, meaning: { ...m.meaning, received: 'detail.lineNumber' } }),
      /not in the header/,
    ],
    ['no trailer', (m) => ({ ...m, layout: { ...m.layout, trailer: undefined } }), /trailer/],
    ['no word whether it is made up', (m) => ({ ...m, madeUp: undefined }), /./],
  ])('with %s is refused', (_name, change, message) => {
    const parsed = rejectMappingSchema.safeParse(change(mapping));
    expect(parsed.success).toBe(false);
    expect(parsed.error?.message).toMatch(message);
  });
});

describe('a reject file of separated columns', () => {
  const inColumns = (fields: readonly string[]) =>
    fields.map((name, index) => {
      const type = /Records|Line/.test(name) ? 'number' : 'text';
      return { name, column: index + 2, type, ...(name === 'Message' ? {} : { required: true }) };
    });
  const record = (name: string, value: string, fields: readonly object[]) => ({
    ...{ name, recognise: { column: 1, value } },
    fields: [{ name: 'Record Type', column: 1, type: 'constant', value }, ...fields],
  });
  const { reason: _reason, refusal, ...meaning } = mapping.meaning;
  const { field: _field, ...refusalInColumns } = refusal;
  const delimited = rejectMappingSchema.parse({
    ...{ madeUp: true, match: '*.csv' },
    meaning: { ...meaning, refusal: refusalInColumns },
    layout: {
      ...{ form: 'delimited', name: 'rejects-in-columns', characterSet: 'utf-8', separator: 'comma', lineEnd: 'lf' },
      ...{ quote: '"', maxRecordLength: 200 },
      header: record(
        'header',
        'H',
        inColumns(['Answered File', 'Records Received', 'Records Accepted', 'Records Refused', 'Result']),
      ),
      records: [record('detail', 'D', inColumns(['Line Number', 'Account Number', 'Code', 'Message']))],
      trailer: record('trailer', 'T', [
        { name: 'Detail Records', column: 2, type: 'number', required: true, total: { count: 'records' } },
      ]),
    },
  });
  const readColumns = (text: string) =>
    collected(decodeRejects(delimited, inPieces(Buffer.from(text), 7), { settings: {}, fileName: 'REJ.csv' }));

  test('says the same as one of fixed widths', async () => {
    const [refused, answered, ...others] = await readColumns(
      'H,OURS.m2,3,2,1,A\nD,2,CITY1,E1,"not a name, as it stands"\nT,1\n',
    );
    expect(others).toEqual([]);
    expect(refused).toMatchObject({ kind: 'refused', reference: 'CITY1', code: 'E1' });
    expect(refused).toMatchObject({ message: 'not a name, as it stands' });
    expect(answered).toMatchObject({ kind: 'file-answered' });
  });

  test('with a wrong total is refused whole, by its column', async () => {
    const [, fault] = await readColumns('H,OURS.m2,3,2,1,A\nD,2,CITY1,E1,\nT,2\n');
    expect(fault).toMatchObject({ fault: { severity: 'file', rule: 'total', position: 'column 2', record: 3 } });
  });
});
