import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { StartedProcess } from '../support/processes.js';
import type { Api, DebtView } from './api.js';
import { BureauAccount } from './bureau.js';
import type { Told } from './bureau.js';
import { connectorDays, expectWholeReport, unconserved } from './day-report.js';
import type { ConnectorDay, DayReport } from './day-report.js';
import { Installation } from './installation.js';
import { lastWeekday } from './last-weekday.js';
import { plainDebts } from './plain-debts.js';

jest.setTimeout(120_000);

const OFFICE = 'us-nm-las-cruces';
const BUREAUS = ['equifax', 'transunion'] as const;

/** Next year, so that no wall clock comes near; September and October end without a holiday of any of the offices. */
const YEAR = new Date().getUTCFullYear() + 1;
const FIRST_DAY = `${YEAR}-09-08`;
const END_OF_SEPTEMBER = lastWeekday(YEAR, 9);
const END_OF_OCTOBER = lastWeekday(YEAR, 10);

/** What happens to seven debtors between the first file and the second. */
const EVENTS = ['disputed', 'bankrupt', 'paid', 'settled', 'withdrawn', 'reduced', 'deceased'] as const;
type Event = (typeof EVENTS)[number];

interface PositionView {
  readonly connector: string;
  readonly desired: string;
  readonly known: string;
  readonly knownMinor: number;
  readonly releaseOwedOn: string | null;
}

interface BlockView {
  readonly connector: string;
  readonly rule: string;
  readonly outcome: string;
  readonly reason: string;
  readonly citation: string;
}

interface PositionsView {
  readonly positions: readonly PositionView[];
  readonly blocks: readonly BlockView[];
}

describe('three months of an office and its bureaus', () => {
  const concord = new Installation();
  const books = new Map(BUREAUS.map((bureau) => [bureau, new BureauAccount(concord.data, bureau, OFFICE)]));
  let api: Api;
  let instance: StartedProcess;
  let debts: ReadonlyMap<Event, DebtView>;
  let disputeId: string;
  const reports = new Map<string, DayReport>();

  const accountOf = (event: Event) => `LASC${debts.get(event)!.number}`;
  const told = (bureau: (typeof BUREAUS)[number], event: Event): readonly Told[] =>
    books.get(bureau)!.books().history[accountOf(event)] ?? [];
  const held = (bureau: (typeof BUREAUS)[number], event: Event) =>
    books.get(bureau)!.books().tradelines[accountOf(event)];
  const positions = (subject: number) => concord.json<PositionsView>(['positions', '--subject', `${subject}`]);
  const officeDays = (report: DayReport): ConnectorDay[] =>
    BUREAUS.map((bureau) => connectorDays(report).get(`${OFFICE}-${bureau}`)!);

  /** The day over the socket of the running instance. */
  async function day(date: string): Promise<DayReport> {
    const report = await concord.json<DayReport>(['day', '--date', date]);
    expectWholeReport(report);
    reports.set(date, report);
    return report;
  }

  beforeAll(async () => {
    ({ instance, api } = await concord.stay(FIRST_DAY));
    const plain = await plainDebts(api, { office: OFFICE, prefix: 'LASC', books: [...books.values()] }, EVENTS.length);
    debts = new Map(EVENTS.map((event, index) => [event, plain[index]!]));
  });
  afterAll(() => concord.remove());

  test('the first day runs in the future, and every chosen tradeline is an open collection at both bureaus', () => {
    for (const bureau of BUREAUS) {
      for (const event of EVENTS) {
        const balance = Math.floor(debts.get(event)!.balanceMinor / 100);
        expect(held(bureau, event)).toMatchObject({ status: '93', paid: false, currentBalance: balance });
        expect(told(bureau, event)).toMatchObject([{ date: FIRST_DAY, complianceConditionCode: '' }]);
      }
    }
  });

  test('the cases change', async () => {
    const idempotencyKey = 'e2e';
    const of = (event: Event) => debts.get(event)!;
    const source = 'end-to-end test';
    const stop = (kind: string, subject: { kind: string; id: string }, details = {}) =>
      api.post<{ stopId: string; placed: boolean }>('/stops', { kind, subject, details, source, idempotencyKey });
    const pay = (event: Event, amountMinor: number, more = {}) =>
      api.post<{ balanceMinor: number }>('/payments', {
        ...{ debtId: of(event).id, amountMinor, currency: 'USD', idempotencyKey, ...more },
      });
    const debtorOf = (event: Event) => of(event).parties.find(({ role }) => role === 'debtor')!.id;

    const dispute = await stop('dispute', { kind: 'debt', id: of('disputed').id });
    expect(dispute.placed).toBe(true);
    disputeId = dispute.stopId;
    await stop('insolvency', { kind: 'party', id: debtorOf('bankrupt') }, { chapter: '13' });
    await stop('deceased', { kind: 'party', id: debtorOf('deceased') });
    expect((await pay('paid', of('paid').balanceMinor)).balanceMinor).toBe(0);
    const half = Math.floor(of('settled').balanceMinor / 2);
    expect((await pay('settled', half, { settles: true })).balanceMinor).toBe(0);
    expect((await pay('reduced', 1050)).balanceMinor).toBe(of('reduced').balanceMinor - 1050);
    const referrals = await api.get<{ id: string }[]>(`/referrals?debt=${of('withdrawn').id}`);
    expect(referrals).toHaveLength(BUREAUS.length);
    for (const { id } of referrals) await api.post(`/referrals/${id}/withdraw`, { reason: 'referred by mistake' });
  });

  test('the first day again sends nothing, and owes a release for each of the seven', async () => {
    const before = books.get('equifax')!.arrivals();
    const report = await day(FIRST_DAY);
    expect(officeDays(report)).toEqual(
      BUREAUS.map(() => expect.objectContaining({ releasesOwed: EVENTS.length, releasesDone: 0 })),
    );
    expect(books.get('equifax')!.arrivals()).toEqual(before);
    const [position] = (await positions(debts.get('withdrawn')!.number)).positions;
    expect(position).toMatchObject({ known: 'active', releaseOwedOn: FIRST_DAY });
  });

  test('a day without a cutoff sends nothing', async () => {
    const report = await day(`${YEAR}-09-15`);
    expect(officeDays(report)).toEqual(BUREAUS.map(() => expect.objectContaining({ sent: 0, releasesDone: 0 })));
    expect(books.get('transunion')!.arrivals()).toHaveLength(1);
  });

  describe('on the last business day of the month', () => {
    beforeAll(async () => void (await day(END_OF_SEPTEMBER)));

    test('every bureau gets its second file, and the counts agree', () => {
      for (const bureau of BUREAUS) {
        const [, second, ...more] = books.get(bureau)!.arrivals();
        const { sent, accepted, refused } = connectorDays(reports.get(END_OF_SEPTEMBER)!).get(`${OFFICE}-${bureau}`)!;
        expect(more).toEqual([]);
        expect(second).toMatchObject({ result: 'processed', records: sent, accepted, refused });
      }
      expect(unconserved(reports.get(END_OF_SEPTEMBER)!)).toEqual([]);
    });

    test.each(BUREAUS)('%s is told each change in its own words', (bureau) => {
      const last = (event: Event) => told(bureau, event).at(-1);
      const mark = { complianceConditionCode: '', consumerInformationIndicator: '', specialComment: '' };
      const wholeDollars = (event: Event) => Math.floor(debts.get(event)!.balanceMinor / 100);
      const ended = { ...mark, date: END_OF_SEPTEMBER, currentBalance: 0 };
      const standing = { ...mark, date: END_OF_SEPTEMBER, status: '93' };
      expect(Object.fromEntries(EVENTS.map((event) => [event, last(event)]))).toMatchObject({
        disputed: { ...standing, complianceConditionCode: 'XB', currentBalance: wholeDollars('disputed') },
        bankrupt: { ...standing, consumerInformationIndicator: 'D', currentBalance: wholeDollars('bankrupt') },
        paid: { ...ended, status: '62' },
        settled: { ...ended, status: '62', specialComment: 'AU' },
        withdrawn: { ...ended, status: 'DA' },
        reduced: { ...standing, currentBalance: Math.floor((debts.get('reduced')!.balanceMinor - 1050) / 100) },
        deceased: { ...ended, status: 'DA' },
      });
    });

    test.each(BUREAUS)('%s holds what it should, and nothing of what had to go', (bureau) => {
      expect(held(bureau, 'withdrawn')).toBeUndefined();
      expect(held(bureau, 'deceased')).toBeUndefined();
      expect(held(bureau, 'paid')).toMatchObject({ paid: true, currentBalance: 0 });
      expect(held(bureau, 'settled')).toMatchObject({ paid: true, currentBalance: 0 });
      expect(held(bureau, 'disputed')).toMatchObject({ paid: false, complianceConditionCode: 'XB' });
      expect(held(bureau, 'bankrupt')).toMatchObject({ paid: false, consumerInformationIndicator: 'D' });
    });

    test('no release is left over: what was owed is done, and nothing is owed for the seven', async () => {
      for (const { releasesOwed, releasesDone } of officeDays(reports.get(END_OF_SEPTEMBER)!)) {
        expect(releasesDone).toBeGreaterThanOrEqual(EVENTS.length);
        expect(releasesOwed).toBe(releasesDone);
      }
      const found = await positions(debts.get('settled')!.number);
      expect(
        found.positions.map(({ connector, known, releaseOwedOn }) => ({ connector, known, releaseOwedOn })),
      ).toEqual(BUREAUS.map((bureau) => ({ connector: `${OFFICE}-${bureau}`, known: 'absent', releaseOwedOn: null })));
    });
  });

  describe('the month after the dispute is over', () => {
    beforeAll(async () => {
      expect(await api.post(`/stops/${disputeId}/lift`, {})).toEqual({ lifted: true });
      await day(END_OF_OCTOBER);
    });

    test.each(BUREAUS)('%s is told once that the dispute is over', (bureau) => {
      expect(told(bureau, 'disputed').map((each) => [each.date, each.status, each.complianceConditionCode])).toEqual([
        [FIRST_DAY, '93', ''],
        [END_OF_SEPTEMBER, '93', 'XB'],
        [END_OF_OCTOBER, '93', 'XR'],
      ]);
      expect(held(bureau, 'disputed')).toMatchObject({ status: '93', complianceConditionCode: '' });
    });

    test.each(BUREAUS)('%s is told again of what stands, and never again of what ended', (bureau) => {
      const lengths = EVENTS.map((event) => [event, told(bureau, event).length]);
      expect(Object.fromEntries(lengths)).toEqual({
        ...{ disputed: 3, bankrupt: 3, reduced: 3 },
        ...{ paid: 2, settled: 2, withdrawn: 2, deceased: 2 },
      });
      expect(told(bureau, 'bankrupt').at(-1)).toMatchObject({ status: '93', consumerInformationIndicator: 'D' });
    });

    test('the releases of September are not counted again, and the money adds up', () => {
      const report = reports.get(END_OF_OCTOBER)!;
      expect(unconserved(report)).toEqual([]);
      const september = officeDays(reports.get(END_OF_SEPTEMBER)!);
      for (const [index, { releasesOwed, releasesDone }] of officeDays(report).entries()) {
        expect(releasesOwed).toBe(releasesDone);
        expect(releasesDone).toBeLessThan(september[index]!.releasesDone);
      }
    });

    test('the same day again reports the same', async () => {
      const before = reports.get(END_OF_OCTOBER);
      expect(await day(END_OF_OCTOBER)).toEqual(before);
    });
  });

  describe('fines', () => {
    test('no fine was ever told to any bureau', async () => {
      const chicago = await api.debts('us-il-chicago');
      const fines = chicago.filter(({ type }) => type.endsWith('-fine'));
      expect(fines.length).toBeGreaterThan(100);
      const accounts = new Set(fines.map(({ number }) => `CHIC${number}`));
      for (const bureau of ['equifax', 'experian', 'transunion']) {
        const account = new BureauAccount(concord.data, bureau, 'us-il-chicago');
        const arrived = account.arrivals();
        expect(arrived).toHaveLength(3);
        const all = arrived.flatMap((arrival) => account.accountsIn(arrival));
        expect(all.length).toBeGreaterThan(200);
        expect(all.filter((number) => accounts.has(number))).toEqual([]);
      }
    });

    test('a referred fine says which rule keeps it away, why, and by which authority', async () => {
      const chicago = await api.debts('us-il-chicago');
      const fine = chicago.find(
        ({ type, aroseFromContract, balanceMinor, delinquentOn }) =>
          type === 'ordinance-fine' &&
          aroseFromContract === false &&
          balanceMinor >= 10_000 &&
          delinquentOn !== null &&
          delinquentOn < `${YEAR}-01-01`,
      )!;
      // By the debt's number and by its id.
      const found = await positions(fine.number);
      expect(await concord.json(['positions', '--subject', fine.id])).toEqual(found);
      expect(found.positions).toEqual([]);
      for (const bureau of ['equifax', 'experian', 'transunion']) {
        expect(found.blocks).toContainEqual(
          expect.objectContaining({
            connector: `us-il-chicago-${bureau}`,
            rule: 'US-NCAP-01',
            outcome: 'withdraw',
            reason: expect.stringContaining('does not come from a contract'),
            citation: expect.stringContaining('NCAP'),
          }),
        );
      }
    });
  });

  test('the instance ends well when it is told to, and stops its database', async () => {
    expect(await instance.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
    expect(concord.databasePid()).toBeNull();
  });
});
