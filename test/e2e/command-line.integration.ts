import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { parseRecords } from './decoded-records.js';
import type { DecodedRecord } from './decoded-records.js';
import { Installation } from './installation.js';
import { expectRefusal } from './refusal.js';
import { SideBySide } from './side-by-side.js';

jest.setTimeout(600_000);

const SAMPLE = join(import.meta.dirname, '../../libs/plugins/metro2/fixtures/tradelines.m2');
const ACKNOWLEDGEMENTS = join(import.meta.dirname, '../../libs/plugins/agency-aim/fixtures/AACK20261122.txt');
/** Kinds of files of agencies, in the plugin's order. */
const AGENCY_KINDS = [
  ...['payments', 'placements', 'recalls', 'acknowledgements', 'agency-payments', 'statuses', 'addresses', 'phones'],
  ...['objections', 'reconciliations', 'assets', 'bankruptcies', 'deaths', 'disputes', 'complaints', 'returns'],
];

const PLACES = 2;

const concord = new Installation();
const work = new SideBySide(PLACES);
afterAll(() => concord.remove());

const REFUSED: readonly (readonly [parameters: readonly string[], line: RegExp, environment?: NodeJS.ProcessEnv])[] = [
  [['start', '--unknown'], /unknown option '--unknown'/],
  [['nonsense'], /unknown command 'nonsense'/],
  [['exchange', 'nonsense'], /unknown command 'nonsense'/],
  [['start', '--once', '--date', '2026-02-30'], /'2026-02-30' is invalid.*YYYY-MM-DD/],
  [['day', '--date', '20261120'], /'20261120' is invalid/],
  [['import', 'debts.csv'], /'--jurisdiction <id>' not specified/],
  [['positions'], /'--subject <id>' not specified/],
  [['exchange', 'show'], /missing required argument 'id'/],
  [['exchange', 'list', '--state', 'lost'], /^--state lost: there are choosing, held, /],
  [['exchange', 'list', '--limit', '0'], /'0' is invalid.*from 1 up/],
  [['exchange', 'hold', 'x'], /'--reason <text>' not specified/],
  [['exchange', 'resend', 'x'], /'--reason <text>' not specified; --preview needs none/],
  [
    ['exchange', 'decide', 'x', 'perhaps', '--reason', 'y'],
    /'perhaps' is invalid.*apply, dismiss, arrived, not-arrived/,
  ],
  [['quarantine', 'mend', 'x', '1', '--reason', 'y', '--finding', '/no/such.json'], /^\/no\/such\.json is not a file/],
  [['suspense', 'match', 'x'], /'--debt <number>' not specified/],
  [['interest', 'accrue'], /'--jurisdiction <id>' not specified/],
  [['interest', 'accrue', '--jurisdiction', 'x', '--through', '2026-02-30'], /'2026-02-30' is invalid/],
  [['reports', 'run', 'ageing'], /'--jurisdiction <id>' not specified/],
  [['reports', 'run', 'ageing', '--jurisdiction', 'x', '--format', 'pdf'], /'pdf' is invalid.*table, json, csv, xlsx/],
  [['intake', 'take', 'x.csv', '--jurisdiction', 'x'], /'--system <id>' not specified/],
  [['intake', 'accept', 'x', '--reason', 'y'], /'x' is invalid.*must be an id/],
  [['gl', 'postings', '--jurisdiction', 'x'], /'--date <date>' not specified/],
  [['connectors', 'pause', 'x'], /'--reason <text>' not specified/],
  [['file', 'check', SAMPLE], /'--plugin <id>' not specified/],
  [['file', 'check', SAMPLE, '--plugin', 'nonsense'], /no plugin is called nonsense; there are: metro2, agency-aim$/],
  [['file', 'check', SAMPLE, '--plugin', 'metro2', '--kind', 'nonsense'], /there are: tradelines, rejects$/],
  [
    ['file', 'check', ACKNOWLEDGEMENTS, '--plugin', 'agency-aim', '--kind', 'rejects'],
    new RegExp(`no files of kind rejects; there are: ${AGENCY_KINDS.join(', ')}$`),
  ],
  [
    ['file', 'decode', ACKNOWLEDGEMENTS, '--plugin', 'agency-aim', '--kind', 'AACK'],
    /no files of kind AACK; there are: /,
  ],
  [['file', 'encode', '--plugin', 'agency-aim', '--kind', 'nonsense'], /no files of kind nonsense; there are: /],
  [['file', 'check', SAMPLE, '--plugin', 'metro2', '--settings', '/no/such.yaml'], /^\/no\/such\.yaml: /],
  [['file', 'decode', '/no/such/file', '--plugin', 'metro2'], /^\/no\/such\/file is not a file that can be read$/],
  [['file', 'decode', '/tmp', '--plugin', 'metro2'], /^\/tmp is not a file that can be read$/],
  [['exchange', 'list'], /^PORT: /, { PORT: 'http' }],
  [['exchange', 'list'], /^LOG_LEVEL: /, { LOG_LEVEL: 'loud' }],
  [['exchange', 'list'], /^KAFKA_BROKERS is set but DATABASE_URL is not/, { KAFKA_BROKERS: '127.0.0.1:9092' }],
  [
    ['exchange', 'list'],
    /^KAFKA_BROKERS: must be host:port/,
    { KAFKA_BROKERS: '127.0.0.1', DATABASE_URL: 'postgres://none' },
  ],
];

describe('what can not be done as asked is told in one line, with exit code 2 and nothing on standard output', () => {
  const outcomes = REFUSED.map(([parameters, line, environment = {}]) => ({
    said: `concord ${parameters.map((each) => each.replace(SAMPLE, 'FILE').replace(ACKNOWLEDGEMENTS, 'FILE')).join(' ')} ${JSON.stringify(environment)}`,
    line,
    ended: work.begin(() => concord.run(parameters, { environment })),
  }));

  test.each(outcomes)('$said', async ({ line, ended }) => expectRefusal(await ended, line));

  test('and nothing was opened for it', async () => {
    await Promise.all(outcomes.map(({ ended }) => ended));
    expect(existsSync(concord.data)).toBe(false);
  });
});

test('help is no fault', async () => {
  const { code, stdout, stderr } = await concord.run(['--help']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const command of [
    'start',
    'import',
    'day',
    'plugins',
    'file',
    'mapping',
    'exchange',
    'positions',
    'quarantine',
    'suspense',
    'interest',
    'intake',
    'gl',
    'connectors',
  ]) {
    expect(stdout).toMatch(new RegExp(`^ {2}${command}\\b`, 'm'));
  }
});

test('plugins list --json has the shape that scripts rely on', async () => {
  expect(await concord.json(['plugins', 'list'])).toEqual([
    {
      id: 'metro2',
      family: 'credit-bureau',
      title: expect.stringContaining('Metro 2'),
      acts: ['report'],
      requests: [],
      fileKinds: ['tradelines', 'rejects'],
    },
    {
      id: 'agency-aim',
      family: 'collection-agency',
      title: expect.stringContaining('AIM'),
      acts: ['place'],
      requests: [],
      fileKinds: AGENCY_KINDS,
    },
  ]);
});

describe("bureaus' files", () => {
  const plugin = ['--plugin', 'metro2'];
  const files = { encoded: '', tampered: '' };
  let records: unknown[];
  let encoded: Buffer;

  const tradelines = (all: DecodedRecord[]) => all.filter((each) => 'consumerAccountNumber' in each);

  beforeAll(async () => {
    const { stdout } = await concord.run(['file', 'decode', SAMPLE, ...plugin]);
    records = tradelines(parseRecords(stdout));
    const input = records.map((record) => `${JSON.stringify(record)}\n`).join('');
    const made = await concord.run(['file', 'encode', ...plugin, '--date', '2026-11-20'], { input });
    expect(made).toMatchObject({ code: 0, stderr: '' });
    encoded = Buffer.from(made.stdout, 'latin1');
    files.encoded = concord.path('encoded.m2');
    writeFileSync(files.encoded, encoded);
  });

  test('what was encoded has no faults, from a file and from standard input', async () => {
    expect(records.length).toBeGreaterThan(3);
    const check = await concord.run(['file', 'check', files.encoded, ...plugin]);
    expect(check).toMatchObject({ code: 0, stdout: '' });
    expect(await concord.run(['file', 'check', '-', ...plugin], { input: encoded })).toMatchObject({
      ...{ code: 0, stdout: '', stderr: 'standard input: no faults\n' },
    });
  });

  test('and decodes to the same records, from a file and from standard input', async () => {
    const fromFile = await concord.run(['file', 'decode', files.encoded, ...plugin]);
    expect(fromFile).toMatchObject({ code: 0, stderr: '' });
    const [header, ...rest] = parseRecords(fromFile.stdout);
    expect(header).toMatchObject({ recordIdentifier: 'HEADER', dateCreated: '2026-11-20' });
    expect(rest.at(-1)).toMatchObject({ recordIdentifier: 'TRAILER', totalBaseRecords: records.length });
    expect(rest.slice(0, -1)).toEqual(records);
    const fromInput = await concord.run(['file', 'decode', '-', ...plugin], { input: readFileSync(files.encoded) });
    expect(fromInput).toEqual(fromFile);
  });

  describe('one digit of a total changed', () => {
    /** Total Status Code 93: positions 219 to 227 of the trailer, which is the last record. */
    const POSITION = '219-227';
    const stated = () => encoded.subarray(trailer() + 218, trailer() + 227).toString('latin1');
    const trailer = () => encoded.lastIndexOf('TRAILER') - 4;
    let wrong: string;

    beforeAll(() => {
      const tampered = Buffer.from(encoded);
      const last = trailer() + 226;
      tampered[last] = tampered[last] === 0x39 ? 0x30 : tampered[last]! + 1;
      files.tampered = concord.path('tampered.m2');
      writeFileSync(files.tampered, tampered);
      wrong = String(Number(tampered.subarray(trailer() + 218, trailer() + 227).toString('latin1')));
    });

    test('check ends with 1 and names record, field, position, value and rule in one line', async () => {
      const { code, stdout } = await concord.run(['file', 'check', files.tampered, ...plugin]);
      expect(code).toBe(1);
      expect(stdout.trimEnd().split('\n')).toEqual([
        `tampered.m2: record ${records.length + 2}: totalStatusCode93: position ${POSITION}: "${wrong}": rule total: ` +
          `Total Status Code 93 states ${wrong}, the file has ${Number(stated())}`,
      ]);
    });

    test('check --json has them one by one', async () => {
      const { code, stdout } = await concord.run(['file', 'check', files.tampered, ...plugin, '--json']);
      expect(code).toBe(1);
      expect(parseRecords(stdout)).toEqual([
        {
          severity: 'file',
          file: 'tampered.m2',
          record: records.length + 2,
          field: 'totalStatusCode93',
          position: POSITION,
          value: wrong,
          rule: 'total',
          message: expect.any(String),
        },
      ]);
    });

    test('decode ends with 1, with the fault beside what it could read', async () => {
      const { code, stdout, stderr } = await concord.run(['file', 'decode', files.tampered, ...plugin]);
      expect(code).toBe(1);
      expect(tradelines(parseRecords(stdout))).toEqual(records);
      expect(stderr).toContain(`position ${POSITION}`);
    });
  });

  test('what can not be encoded is told by its line, and the rest is encoded', async () => {
    const [first] = records as DecodedRecord[];
    const bad = { ...first, consumerAccountNumber: 'X2', accountStatus: 'ZZ' };
    const input = `${JSON.stringify(first)}\n${JSON.stringify(bad)}\n`;
    const made = await concord.run(['file', 'encode', ...plugin, '--date', '2026-11-20'], { input });
    expect(made.code).toBe(1);
    expect(made.stderr).toMatch(/^line 2: .*accountStatus.*"ZZ"/m);
    const check = await concord.run(['file', 'check', '-', ...plugin], { input: made.stdout });
    expect(check.code).toBe(0);
  });
});
