import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { checkMapping, type MappingCheckOptions } from './check-mapping.js';

const EXAMPLES = new URL('../../../../../libs/plugins/', import.meta.url).pathname;
const METRO2 = join(EXAMPLES, 'metro2/mappings/rejects.example.yaml');

const CSV = `# A partner's list of payments.
payments:
  form: delimited
  name: payments
  characterSet: utf-8
  separator: semicolon
  lineEnd: lf
  maxRecordLength: 400
  heading: {}
  records:
    - name: payment
      recognise: otherwise
      fields:
        - { name: Account, column: 1, type: text, required: true }
        - { name: SSN, column: 2, type: digits, length: 9, sensitive: true }
        - { name: Amount, column: 3, type: money, decimals: 2, point: comma }
        - { name: Paid On, column: 4, type: date, pattern: DD/MM/YYYY }
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'concord-mapping-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

async function check(path: string, options: Partial<MappingCheckOptions> = {}) {
  const printed: string[] = [];
  const noted: string[] = [];
  const output = { print: (text: string) => printed.push(text), note: (line: string) => noted.push(line) };
  const code = await checkMapping(path, { records: 20, ...options }, output);
  return { code, printed: printed.join('\n').replaceAll(folder, ''), noted: noted.join('\n').replaceAll(folder, '') };
}

describe('mapping check', () => {
  test.each(['metro2/mappings/rejects', 'agency-aim/mappings/debtor', 'agency-aim/mappings/trailers'])(
    'finds %s.example.yaml right',
    async (name) => {
      const { code, printed, noted } = await check(join(EXAMPLES, `${name}.example.yaml`));
      expect([code, printed]).toEqual([0, '']);
      expect(noted).toMatch(/no faults/);
    },
  );

  test('says every fault of a shape with its line and column', async () => {
    const wrong = CSV.replace('  characterSet: utf-8\n', '')
      .replace('required: true', 'requierd: yes')
      .replace('decimals: 2', 'decimals: 9')
      .replace('type: date', 'type: dat')
      .replace('recognise: otherwise', 'recognise: { column: one }');
    const { code, printed } = await check(await file('shape.yaml', wrong));
    expect(code).toBe(1);
    expect(printed.split('\n')).toEqual([
      '/shape.yaml:2:1: payments.characterSet: is missing',
      '/shape.yaml:11:7: payments.records[0].recognise.value: is missing',
      '/shape.yaml:11:20: payments.records[0].recognise.column: must be a number',
      expect.stringMatching(
        /^\/shape.yaml:13:51: .*fields\[0\]\.requierd: "requierd" is no property that may stand here$/,
      ),
      expect.stringMatching(/^\/shape.yaml:15:51: .*fields\[2\]\.decimals: must be at most 4$/),
      expect.stringMatching(/^\/shape.yaml:16:39: .*fields\[3\]\.type: must be "text" or "digits" or /),
    ]);
  });

  test('says faults of meaning, of either form', async () => {
    const wrong = CSV.replace('column: 3', 'column: 5').replace('DD/MM/YYYY', 'DD/MM');
    const { printed } = await check(await file('meaning.yaml', wrong));
    expect(printed).toMatch(/:16:27: .*Amount is column 5, and the table is at column 3/);
    expect(printed).toMatch(/:17:11: .*Paid On has a pattern that can't be read/);
    const fixed = `layout:
  name: x
  characterSet: ascii
  delimiter: lf
  maxRecordLength: 5
  records:
    - name: line
      length: 5
      recognise: otherwise
      fields:
        - { name: A, start: 1, length: 2, type: text }
        - { name: B, start: 4, length: 2, type: text }
`;
    expect((await check(await file('fixed.yaml', fixed))).printed).toMatch(/^\/fixed.yaml:12:11: .*leaves a gap/);
  });

  test.each([
    ['a: [1', /:1:\d+: not YAML/],
    ['a: 1\na: 2\nrecords: []\nform: delimited', /:2:1: not YAML: Map keys must be unique/],
    ['form: csv\nrecords: []\n', /:1:1: form: must be "delimited"/],
  ])('says what is wrong with %j', async (text, wanted) => {
    const { code, printed } = await check(await file('bad.yaml', text));
    expect([code, printed]).toEqual([1, expect.stringMatching(wanted)]);
  });

  test.each([
    ['nothing.yaml', null],
    ['empty.yaml', ''],
    ['other.yaml', 'a: 1'],
    ['binary.yaml', Uint8Array.of(0xff, 0xfe, 0)],
  ])('refuses %s', async (name, content) => {
    const path = content === null ? join(folder, name) : await file(name, content);
    await expect(check(path)).rejects.toMatchObject({ name: 'Refusal' });
  });

  test('an alias that unfolds without end is refused', async () => {
    const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)];
    const { code, printed } = await check(await file('bomb.yaml', bomb.join('\n')));
    expect([code, printed]).toEqual([1, expect.stringMatching(/alias/i)]);
  });
});

describe('a sample', () => {
  test('is cut into fields, with its faults beneath and no identifier', async () => {
    const sample = await file(
      's.csv',
      'Account;SSN;Amount;Paid On\n A 1;123456789;1,50;01/02/2026\nB;12345678X;1.50;\n"C;1;1\n',
    );
    const { code, printed, noted } = await check(await file('m.yaml', CSV), { sample });
    expect(code).toBe(1);
    expect(printed).not.toMatch(/123456789|12345678X/);
    expect(printed).toMatch(/Record 1: heading/);
    expect(printed).toMatch(/account +│ column 1 +│ ·A·1 +│ "A 1"/);
    expect(printed).toMatch(/ssn +│ column 2 +│ \(9 characters\) +│ \(hidden\)/);
    expect(printed).toMatch(/amount +│ column 3 +│ 1,50 +│ 150/);
    expect(printed).toMatch(/paidOn +│ column 4 +│ 01\/02\/2026 +│ "2026-02-01"/);
    expect(printed).toMatch(
      /FAULT amount, column 3: Amount must be an amount with a decimal comma.*"1\.50".*\[number\]/,
    );
    expect(printed).toMatch(
      /Record 4: payment[^]*"x;9;9[^]*FAULT column 1: A quote is opened and not closed \[quote\]/,
    );
    expect(noted).toMatch(/4 records, 2 with faults/);
  });

  test('without its heading shows nothing of the person whose record stands there', async () => {
    const sample = await file('headless.csv', 'A1;123456789;1,50;01/02/2026\n');
    const { code, printed } = await check(await file('m.yaml', CSV), { sample });
    expect(code).toBe(1);
    expect(printed).toMatch(/999999999[^]*FAULT column 1: The heading must name column 1 "Account"/);
    expect(printed).not.toMatch(/123456789/);
  });

  test('of fixed widths is cut, too', async () => {
    const lines = ['H20261121placements.txt', 'D000000001A1', 'T000000001'].map((line) => line.padEnd(140));
    lines[0] = `H20261121${'placements.txt'.padEnd(60)}${'000000001'.repeat(3)}A`.padEnd(140);
    lines[1] = `D000000001${'A1'.padEnd(60)}R01   a message`.padEnd(140);
    const sample = await file('s.rej', `${lines.join('\n')}\n`);
    const { code, printed } = await check(METRO2, { sample });
    expect(code).toBe(0);
    expect(printed).toMatch(/lineNumber +│ 2-10 +│ 000000001 +│ 1 /);
    expect(printed).toMatch(/Record 3: trailer/);
    const cut = await file('cut.rej', `${lines[0]}\n${lines[1].slice(0, 30)}\n`);
    const short = await check(METRO2, { sample: cut });
    expect(short.code).toBe(1);
    expect(short.printed).toMatch(
      /Record 2: detail[^]*1-30[^]*FAULT A detail record has 140 bytes[^]*The file:\n.*without its trailer/,
    );
  });

  test('shows so many records and counts the others', async () => {
    const sample = await file('many.csv', `Account;SSN;Amount;Paid On\n${'A;;1,00;\n'.repeat(500)}B;;x;\n`);
    const { code, printed, noted } = await check(await file('m.yaml', CSV), { sample, records: 3 });
    expect(code).toBe(1);
    expect(printed.match(/^Record \d+/gm)).toEqual(['Record 1', 'Record 2', 'Record 3']);
    expect(noted).toMatch(/502 records, the first 3 shown \(--records shows more\), 1 with faults/);
  });

  test('that is hostile leaves the terminal alone', async () => {
    const nasty = '\u001b[2J\u0007\u009b31m\u202eevil\u200b\u00a0\u2028';
    const lines = [`${nasty};1;1,00;`, ';'.repeat(380), 'x'.repeat(100_000), `"${nasty}`, '\ud800;'.repeat(50)];
    const sample = await file('evil.csv', `Account;SSN;Amount;Paid On\n${lines.join('\n')}`);
    for (const json of [false, true]) {
      const { code, printed, noted } = await check(await file('m.yaml', CSV), { sample, json });
      expect(code).toBe(1);
      expect(printed + noted).not.toMatch(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/u);
      expect(printed.length).toBeLessThan(200_000);
    }
  });

  test('as JSON says the same', async () => {
    const sample = await file('s.csv', 'Account;SSN;Amount;Paid On\nB;12345678X;1.50;\n');
    const { printed } = await check(await file('m.yaml', CSV), { sample, json: true });
    expect(printed).not.toMatch(/12345678X/);
    expect(JSON.parse(printed)).toMatchObject({
      layouts: [{ key: 'payments', form: 'delimited', name: 'payments' }],
      faults: [],
      sample: {
        read: 2,
        faulty: 1,
        records: [
          { type: 'heading' },
          {
            type: 'payment',
            fields: [{ key: 'account', raw: 'B', value: 'B' }, { hidden: true }, { raw: '1.50' }, {}],
          },
        ],
      },
    });
  });

  test('needs to be told which of several layouts it is of', async () => {
    const two = await file('two.yaml', CSV + CSV.replace('payments:\n', 'others:\n'));
    const sample = await file('s.csv', 'Account;SSN;Amount;Paid On\nA;;;\n');
    await expect(check(two, { sample })).rejects.toThrow(/--key.*payments, others/);
    expect((await check(two, { sample, key: 'others' })).code).toBe(0);
    const records = join(EXAMPLES, 'agency-aim/mappings/debtor.example.yaml');
    await expect(check(records, { sample })).rejects.toThrow(/no whole layout/);
  });

  test('is not read by a mapping with faults', async () => {
    const { code, noted } = await check(await file('f.yaml', CSV.replace('column: 3', 'column: 5')), {
      sample: '/nowhere',
    });
    expect([code, noted]).toEqual([1, expect.stringMatching(/must be right first/)]);
  });
});
