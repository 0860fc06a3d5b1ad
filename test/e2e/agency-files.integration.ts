import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { parseRecords } from './decoded-records.js';
import { Installation } from './installation.js';
import { SideBySide } from './side-by-side.js';

jest.setTimeout(600_000);

const AGENCY_FILES = join(import.meta.dirname, '../../libs/plugins/agency-aim/fixtures');
const PLACES = 2;

/** Where a trailer states the number of records, and where the money in them, if it does: first and last position. */
const PLACED = { recordCount: [85, 94], total: [95, 106] } as const;
const COUNTED = { recordCount: [5, 14] } as const;
const SUMMED = { ...COUNTED, total: [15, 26] } as const;

/** The kinds of files of agencies in the plugin's order, with a file of each and what its trailer states. */
const AGENCY_KINDS: readonly {
  readonly kind: string;
  readonly file: string;
  readonly states: Readonly<Record<string, readonly [first: number, last: number]>>;
}[] = [
  { kind: 'payments', file: 'CPAY202611210001.txt', states: SUMMED },
  { kind: 'placements', file: 'CPLC202611210001.txt', states: PLACED },
  { kind: 'recalls', file: 'CREC202611210001.txt', states: COUNTED },
  { kind: 'acknowledgements', file: 'AACK20261122.txt', states: SUMMED },
  { kind: 'agency-payments', file: 'APAY20261122.txt', states: SUMMED },
  { kind: 'statuses', file: 'ASTS20261122.txt', states: COUNTED },
  { kind: 'addresses', file: 'AUAD20261122.txt', states: COUNTED },
  { kind: 'phones', file: 'AUPH20261122.txt', states: COUNTED },
  { kind: 'objections', file: 'AOBJ20261122.txt', states: COUNTED },
  { kind: 'reconciliations', file: 'AREC20261122.txt', states: SUMMED },
  { kind: 'assets', file: 'AAST20261122.txt', states: COUNTED },
  { kind: 'bankruptcies', file: 'ABKR20261122.txt', states: COUNTED },
  { kind: 'deaths', file: 'ADEC20261122.txt', states: COUNTED },
  { kind: 'disputes', file: 'ADIS20261122.txt', states: COUNTED },
  { kind: 'complaints', file: 'ACMP20261122.txt', states: COUNTED },
  { kind: 'returns', file: 'ARTN20261122.txt', states: COUNTED },
];

/** Money that these agencies leave blank, by type of record: a file of ours has zeros there. */
const LEFT_BLANK: { readonly [type: string]: readonly string[] } = {
  AACK: ['lastPaymentAmount'],
  AREC: ['lastPaymentAmount'],
  AAST: ['value', 'lienValue'],
  APAY: [1, 2, 3, 4, 5, 6, 7, 8].map((bucket) => `bucket${bucket}`),
};

/**
 * Files with letters beyond ASCII, which this test would read from a process as other ones, and with a date that says that there is
 * none, which is written as blanks. The plugin's own tests write them again.
 */
const READ_ONLY_HERE: ReadonlySet<string> = new Set(['assets', 'deaths', 'complaints']);

const concord = new Installation();
const work = new SideBySide(PLACES);
afterAll(() => concord.remove());

describe("agencies' files", () => {
  const plugin = ['--plugin', 'agency-aim'];
  const read = (file: string) => readFileSync(join(AGENCY_FILES, file)).toString('latin1');
  /** Without the line feed at the end; blanks belong to the record. */
  const linesOf = (file: string) => read(file).replace(/\n$/, '').split('\n');
  const cases = AGENCY_KINDS.map(({ kind, file, states }) => ({
    ...{ kind, file },
    roundTrip: work.begin(() => roundTrip(kind, file)),
    tampered: work.begin(() => tampered(kind, file, states)),
  }));

  /** Decodes a file, encodes its records for the day of the file, and decodes these bytes if they are others. */
  async function roundTrip(kind: string, file: string) {
    const of = [...plugin, '--kind', kind];
    const decoded = await concord.run(['file', 'decode', join(AGENCY_FILES, file), ...of]);
    const date = /(\d{4})(\d{2})(\d{2})/.exec(file)!.slice(1).join('-');
    const encoded = await concord.run(['file', 'encode', ...of, '--date', date], { input: decoded.stdout });
    if (encoded.stdout === read(file)) return { decoded, encoded, again: decoded };
    const again = await concord.run(['file', 'decode', '-', ...of], { input: Buffer.from(encoded.stdout, 'latin1') });
    return { decoded, encoded, again };
  }

  /** Checks a file in which everything that the trailer states has another last digit. */
  async function tampered(kind: string, file: string, states: (typeof AGENCY_KINDS)[number]['states']) {
    const lines = linesOf(file);
    const trailer = [...lines.at(-1)!];
    const faults = Object.entries(states).map(([field, [first, last]]) => {
      trailer[last - 1] = String((Number(trailer[last - 1]) + 1) % 10);
      const value = String(
        Number(
          trailer
            .slice(first - 1, last)
            .join('')
            .replace('.', ''),
        ),
      );
      const where = { file: 'standard input', record: lines.length, field, position: `${first}-${last}` };
      return { severity: 'file', ...where, value, rule: 'total', message: expect.any(String) };
    });
    const input = Buffer.from([...lines.slice(0, -1), trailer.join(''), ''].join('\n'), 'latin1');
    const check = await concord.run(['file', 'check', '-', ...plugin, '--kind', kind, '--json'], { input });
    return { faults, check };
  }

  test.each(cases.filter(({ kind }) => !READ_ONLY_HERE.has(kind)))(
    '$kind: encoded again, $file is the same',
    async ({ file, ...begun }) => {
      const { decoded, encoded, again } = await begun.roundTrip;
      const sound = { code: 0, stderr: '' };
      expect([decoded, encoded, again]).toMatchObject([sound, sound, sound]);
      const records = parseRecords(decoded.stdout);
      expect(records).toHaveLength(linesOf(file).length);
      const zeros = records.map(({ recordType }) =>
        Object.fromEntries((LEFT_BLANK[String(recordType)] ?? []).map((field) => [field, 0])),
      );
      expect(parseRecords(again.stdout)).toEqual(records.map((record, index) => ({ ...zeros[index], ...record })));
      if (zeros.every((fields) => Object.keys(fields).length === 0)) expect(encoded.stdout).toBe(read(file));
    },
  );

  test.each(cases)(
    '$kind: a trailer of $file whose last digits are changed is a fault of the whole file',
    async (begun) => {
      const { faults, check } = await begun.tampered;
      expect(check.code).toBe(1);
      expect(parseRecords(check.stdout)).toEqual(faults);
    },
  );

  test('a wrong total is told in one line with record, field, position, value and rule', async () => {
    const input = read('AACK20261122.txt').replace('1744.56', '1744.57');
    const check = ['file', 'check', '-', ...plugin, '--kind', 'acknowledgements'];
    expect(await concord.run(check, { input })).toMatchObject({
      code: 1,
      stdout:
        'standard input: record 3: total: position 15-26: "174457": rule total: ' +
        'Total states 174457, the file has 174456\n',
    });
  });
});
