import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { StartedProcess } from '../support/processes.js';
import { lastWeekday } from './last-weekday.js';
import type { Api } from './api.js';
import { AgencyAccount, fileNumberOf } from './agency.js';
import { BureauAccount } from './bureau.js';
import { CONNECTORS, PLACEMENTS, connectorDays, expectWholeReport } from './day-report.js';
import type { DayReport } from './day-report.js';
import { Installation } from './installation.js';
import { expectRefusal } from './refusal.js';
import { peopleDecide } from './what-people-decide.js';

jest.setTimeout(600_000);

/** Next year, so that nothing falls due by the clock. June ends without a holiday of any of the offices. */
const YEAR = new Date().getUTCFullYear() + 1;
const DATE = `${YEAR}-06-09`;
/** The last business day of the month, which has a cutoff. */
const CUTOFF = lastWeekday(YEAR, 6);
const OFFICE = 'us-ca-berkeley';
const AGENCIES = ['harbor', 'summit'];

interface Listed {
  readonly id: string;
  readonly connector: string;
  readonly kind: string;
  readonly direction: string;
  readonly state: string;
  readonly records: number;
}

describe('commands beside a running instance', () => {
  const concord = new Installation();
  let api: Api;
  let instance: StartedProcess;

  beforeAll(async () => {
    ({ instance, api } = await concord.stay(DATE));
  });
  afterAll(() => concord.remove());

  test('the control socket is for its owner alone', () => {
    const socket = statSync(join(concord.data, 'control.sock'));
    expect(socket.isSocket()).toBe(true);
    expect(socket.mode & 0o777).toBe(0o600);
  });

  test('exchange list: both directions of every connector, and only what is asked for', async () => {
    const all = await concord.json<Listed[]>(['exchange', 'list']);
    const ofConnector = (id: string) =>
      all
        .filter(({ connector }) => connector === id)
        .map(({ direction, kind, state }) => `${direction} ${kind} ${state}`)
        .sort();
    for (const { id } of CONNECTORS) {
      expect([id, ...ofConnector(id)]).toEqual([id, 'in rejects applied', 'out tradelines answered']);
    }
    for (const { id } of PLACEMENTS) {
      const ofAgency = ofConnector(id);
      // On its first day there is nothing yet to be told or called back. What it says by itself comes as it happens.
      expect([id, ...ofAgency.filter((each) => each.startsWith('out'))]).toEqual([
        ...[id, 'out payments empty', 'out placements answered', 'out recalls empty'],
      ]);
      expect(ofAgency).toEqual(expect.arrayContaining(['in acknowledgements applied', 'in agency-payments applied']));
      expect(ofAgency.filter((each) => !/^(out .*|in [a-z-]+ applied)$/.test(each))).toEqual([]);
    }
    expect(new Set(all.map(({ connector }) => connector)).size).toBe(CONNECTORS.length + PLACEMENTS.length);
    const one = await concord.json<Listed[]>(['exchange', 'list', '--connector', `${OFFICE}-equifax`]);
    expect(one.map(({ direction, state }) => `${direction} ${state}`).sort()).toEqual(['in applied', 'out answered']);
    expect(await concord.json(['exchange', 'list', '--date', CUTOFF])).toEqual([]);
  });

  test('exchange show: every record of a file with its fate, without a word of its content', async () => {
    const connector = `${OFFICE}-experian`;
    const [out] = (await concord.json<Listed[]>(['exchange', 'list', '--connector', connector])).filter(
      ({ direction }) => direction === 'out',
    );
    type Shown = Listed & {
      recordList: { sequence: number; status: string; reference: string; code: string | null }[];
    };
    const shown = await concord.json<Shown>(['exchange', 'show', out!.id]);
    expect(shown).toMatchObject(out!);
    expect(shown.recordList).toHaveLength(out!.records);
    const refused = shown.recordList.filter(({ status }) => status === 'refused');
    const [arrival] = new BureauAccount(concord.data, 'experian', OFFICE).arrivals();
    expect(refused).toHaveLength(arrival!.refused);
    expect(refused.map(({ code }) => code)).toEqual(Array(arrival!.refused).fill('MADEUP'));
    expect(JSON.stringify(shown)).not.toMatch(/surname|address|socialSecurity/i);
  });

  test('import: bad rows are told with line and reason, good rows are in, and the same file again changes nothing', async () => {
    const file = concord.path('more debts.csv');
    const good = { delinquent_on: '2025-02-01', amount: '123.45' };
    const rows = [
      { ...good, source_reference: 'E2E-1', line1: '"12 Lampwick Ave, Rear"' },
      { ...good, source_reference: 'E2E-2', delinquent_on: '2025-02-31' },
      { ...good, source_reference: 'E2E-3', paid: '23.45', last_payment_on: '2025-03-03' },
      { ...good, source_reference: 'E2E-4', amount: '12.345', ssn: '900-12-345' },
    ];
    writeFileSync(file, intakeCsv(rows));

    const first = await concord.run(['import', file, '--jurisdiction', OFFICE, '--json']);
    expect(first.code).toBe(0);
    const summary = JSON.parse(first.stdout) as {
      faults: { line: number; column: string; value: string; reason: string }[];
    };
    expect(summary).toMatchObject({ rows: 4, registered: 2, unchanged: 0, faulty: 2, before: false });
    expect(summary.faults.map(({ line, column, value }) => ({ line, column, value }))).toEqual(
      expect.arrayContaining([
        { line: 3, column: 'delinquent_on', value: '2025-02-31' },
        { line: 5, column: 'amount', value: '12.345' },
        // What may identify a person is told by its length.
        { line: 5, column: 'ssn', value: '(10 characters)' },
      ]),
    );
    expect(summary.faults.filter(({ reason }) => reason.length < 5)).toEqual([]);

    const [debt] = await api.get<{ balanceMinor: number }[]>(`/debts?jurisdiction=${OFFICE}&sourceReference=E2E-3`);
    expect(debt).toMatchObject({ balanceMinor: 10_000 });
    expect(await api.get(`/debts?jurisdiction=${OFFICE}&sourceReference=E2E-2`)).toEqual([]);

    const again = await concord.json(['import', file, '--jurisdiction', OFFICE]);
    expect(again).toMatchObject({ rows: 4, registered: 0, unchanged: 2, faulty: 2, before: true });
    expect(again).toMatchObject({ faults: summary.faults });
    const told = await concord.run(['import', file, '--jurisdiction', OFFICE]);
    expect(told.stdout).toContain('nothing changed');
    expect(told.stdout).toMatch(/^line 3: delinquent_on "2025-02-31" ./m);
  });

  test('positions: what each bureau and the agency hold of a debt', async () => {
    const { tradelines } = new BureauAccount(concord.data, 'equifax', OFFICE).books();
    const agencies = new Map(
      AGENCIES.map((agency) => [agency, new AgencyAccount(concord.data, agency, OFFICE).books()]),
    );
    // Placed, and nothing since: what an agency did with a debt is not seen by a bureau before the next month.
    const holder = (number: number) =>
      AGENCIES.find((agency) => {
        const holding = agencies.get(agency)!.accounts[fileNumberOf({ number })];
        return holding?.state === 'open' && holding.history.length === 1;
      });
    const [account, number] = Object.keys(tradelines)
      .map((each) => [each, Number(each.replace('BERK', ''))] as const)
      .find(([, each]) => holder(each) !== undefined)!;
    const found = await concord.json<{ positions: { connector: string; known: string; reference: string }[] }>([
      ...['positions', '--subject', `${number}`],
    ]);
    const references = new Map([
      ...['equifax', 'experian', 'transunion'].map((bureau) => [bureau, account] as const),
      [holder(number)!, fileNumberOf({ number })],
    ]);
    expect(found.positions.map(({ connector, known, reference }) => ({ connector, known, reference }))).toEqual(
      [...references.keys()].sort().map((partner) => ({
        ...{ connector: `${OFFICE}-${partner}`, known: 'active', reference: references.get(partner) },
      })),
    );
  });

  describe('what people ask of connectors', () => {
    const connector = `${OFFICE}-experian`;
    const because = ['--reason', 'an end-to-end test'];

    test('connectors check: every step to the partner, and nothing is left there', async () => {
      const { code, stdout, stderr } = await concord.run(['connectors', 'check', connector, '--json']);
      expect(code).toBe(0);
      const { steps } = JSON.parse(stdout) as { steps: { step: string; ok: boolean }[] };
      expect(steps.filter(({ ok }) => !ok)).toEqual([]);
      expect(steps.map(({ step }) => step)).toEqual(
        expect.arrayContaining(['settings', 'name', 'port', 'host-key', 'login', 'list', 'write', 'remove']),
      );
      // Steps that take less than the watch are in the table only.
      expect(stderr).toMatch(/^[a-z-]+: ok: ./m);
    });

    test('connectors pause and on: at once, with who and why; off is refused while something is held', async () => {
      expect(await concord.json(['connectors', 'pause', connector, ...because])).toEqual({ mode: 'paused', was: 'on' });
      expectRefusal(await concord.run(['connectors', 'off', connector, ...because]), /positions stand or may stand/);
      expect(await concord.json(['connectors', 'on', connector, ...because])).toEqual({ mode: 'on', was: 'paused' });
      const shown = await concord.json<{ held: number; changes: object[] }>(['connectors', 'show', connector]);
      expect(shown.held).toBeGreaterThan(0);
      expect(shown.changes).toMatchObject([
        { was: 'paused', mode: 'on', actor: expect.stringMatching(/^cli:/), reason: because[1] },
        { was: 'on', mode: 'paused' },
      ]);
      const listed = await concord.run(['connectors', 'list']);
      expect(listed.stdout).toMatch(new RegExp(`${connector}.*\\bon\\b`));
    });

    test('exchange preview: the file as it would be, and no trace of it', async () => {
      const before = await concord.json<Listed[]>(['exchange', 'list']);
      const { code, stdout } = await concord.run(['exchange', 'preview', connector, '--date', CUTOFF]);
      expect(code).toBe(0);
      expect(stdout).toMatch(/^tradelines \S+: \d+ records, \d+ bytes$/m);
      expect(stdout).toContain('HEADER');
      expect(await concord.json<Listed[]>(['exchange', 'list'])).toEqual(before);
    });

    test('exchange list by state and direction; a file that was answered is not held any more', async () => {
      const answered = await concord.json<Listed[]>([
        'exchange',
        'list',
        '--state',
        'answered',
        '--connector',
        connector,
      ]);
      expect(answered).toMatchObject([{ direction: 'out', state: 'answered' }]);
      const { id } = answered[0]!;
      expectRefusal(await concord.run(['exchange', 'hold', id, ...because]), /./);
      const { files } = await concord.json<{ files: object[] }>(['exchange', 'resend', id, '--preview']);
      expect(files).toMatchObject([{ exchangeId: id }]);
    });

    test('quarantine and suspense are listed', async () => {
      expect(await concord.json(['quarantine', 'list'])).toEqual([]);
      expect(await concord.json(['suspense', 'list', '--jurisdiction', OFFICE])).toEqual(expect.any(Array));
    });
  });

  describe('what people decide', () => peopleDecide(concord, { office: OFFICE, date: DATE, api: () => api }));

  test.each([
    [['exchange', 'show', '00000000-0000-4000-8000-000000000000'], /^no exchange has the id 0{8}-.*$/],
    [['exchange', 'show', "x' or true --"], /^no exchange has the id x' or true --$/],
    [['exchange', 'release', 'nothing', '--reason', 'x'], /^no exchange has the id nothing$/],
    [['connectors', 'pause', 'nobody', '--reason', 'x'], /^there is no connector nobody$/],
    [['suspense', 'match', 'nothing', '--debt', '1'], /^nothing in suspense has the id nothing$/],
    [['positions', '--subject', '999999999'], /^no debt has the id or number 999999999$/],
    [['day', '--date', CUTOFF, '--jurisdiction', 'nowhere'], /^no jurisdiction has the id nowhere$/],
    [['day', '--date', `${YEAR}-06-08`], /^\d{4}-06-08 is before \d{4}-06-09, the last day that was run$/],
    [['day', '--date', '2001-01-02'], /^2001-01-02 is before \d{4}-06-09, the last day that was run$/],
    [['import', '/no/such/file.csv', '--jurisdiction', OFFICE], /^\/no\/such\/file\.csv can't be read: .*$/],
    [['import', '/no/such/file.csv', '--jurisdiction', 'nowhere'], /^no jurisdiction has the id nowhere$/],
  ])('%j is refused in one line with exit code 2', async (parameters, line) => {
    expectRefusal(await concord.run(parameters), line);
  });

  test('day --jurisdiction runs one office alone, over the socket', async () => {
    const arrivedAtAgencies = (office: string) =>
      AGENCIES.flatMap((agency) => new AgencyAccount(concord.data, agency, office).arrivals());
    const before = { own: arrivedAtAgencies('us-nm-las-cruces'), other: arrivedAtAgencies(OFFICE) };
    const report = await concord.json<DayReport>(['day', '--date', CUTOFF, '--jurisdiction', 'us-nm-las-cruces']);
    expect(report.jurisdictions.map(({ id }) => id)).toEqual(['us-nm-las-cruces']);
    expect(new BureauAccount(concord.data, 'equifax', 'us-nm-las-cruces').arrivals()).toHaveLength(2);
    expect(new BureauAccount(concord.data, 'equifax', OFFICE).arrivals()).toHaveLength(1);
    expect(arrivedAtAgencies('us-nm-las-cruces').length).toBeGreaterThan(before.own.length);
    expect(arrivedAtAgencies(OFFICE)).toEqual(before.other);
  });

  describe('a second start on the same folder', () => {
    test('is refused in one line with exit code 2', async () => {
      const { ended, report } = await concord.day(CUTOFF);
      expect(ended).toMatchObject({ code: 2, stdout: '' });
      expect(ended.stderr).toBe(`another Concord is running on ${concord.data}\n`);
      expect(report).toBeNull();
      expect(instance.isRunning).toBe(true);
    });

    test('leaves the running instance able to reach its partners', async () => {
      const { code, stdout } = await concord.run(['day', '--date', CUTOFF, '--json']);
      const report = JSON.parse(stdout) as DayReport;
      expect(code).toBe(0);
      expectWholeReport(report);
      expect(connectorDays(report).get(`${OFFICE}-equifax`)!.sent).toBeGreaterThan(0);
      expect(AGENCIES.some((agency) => connectorDays(report).get(`${OFFICE}-${agency}`)!.sent > 0)).toBe(true);
    });
  });

  describe('killed', () => {
    let database: number | null;

    beforeAll(async () => {
      database = concord.databasePid();
      await instance.end('SIGKILL');
    });

    test('it leaves its lock, its socket and its database server', () => {
      expect(existsSync(join(concord.data, 'lock'))).toBe(true);
      expect(existsSync(join(concord.data, 'control.sock'))).toBe(true);
      expect(database).not.toBeNull();
      expect(concord.databasePid()).toBe(database);
    });

    test('the next start goes on, with the same database server, and stops it at its end', async () => {
      const next = concord.begin(['start', '--once', '--date', CUTOFF]);
      await next.says(/Judging debts/, 120_000);
      expect(concord.databasePid()).toBe(database);
      expect(await next.ended).toMatchObject({ code: 0, signal: null });
      expect(readFileSync(join(concord.data, 'concord.log'), 'utf8')).toContain('the database was still running');
      expect(concord.databasePid()).toBeNull();
      expect(existsSync(join(concord.data, 'lock'))).toBe(false);
    });

    test.each([
      ['of a process that began at another time', JSON.stringify({ pid: process.pid, began: '1' })],
      ['that was never written', ''],
    ])('a lock %s is taken over', async (_, lock) => {
      writeFileSync(join(concord.data, 'lock'), lock);
      expect(await concord.json<Listed[]>(['exchange', 'list', '--connector', `${OFFICE}-equifax`])).toHaveLength(4);
      expect(existsSync(join(concord.data, 'lock'))).toBe(false);
    });
  });
});

/** Rows of one resident's debts as a spreadsheet saves them; the cells are written as they are given. */
function intakeCsv(rows: readonly Readonly<Record<string, string>>[]): string {
  const resident = {
    ...{ type: 'utility', arose_from_contract: 'true', incurred_on: '2025-01-02', debtor_kind: 'person' },
    ...{ debtor_reference: 'E2E-P', surname: 'Okonkwo', first_name: 'Ada', line1: '12 Lampwick Ave' },
    ...{ city: 'Berkeley', region: 'CA', postal_code: '94702', country: 'US', ssn: '' },
  };
  const columns = [
    ...['source_reference', 'amount', 'delinquent_on', 'paid', 'last_payment_on'],
    ...Object.keys(resident),
  ];
  const cells = rows.map((row) => columns.map((column) => ({ ...resident, ...row })[column] ?? ''));
  return [columns, ...cells].map((line) => `${line.join(',')}\r\n`).join('');
}
