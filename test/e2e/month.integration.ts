import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { StartedProcess } from '../support/processes.js';
import { quietAgencies } from './agency.js';
import type { AgencyAccount } from './agency.js';
import type { Api, PositionsView } from './api.js';
import type { BureauAccount } from './bureau.js';
import { connectorDays, expectWholeReport, unconserved } from './day-report.js';
import type { ConnectorDay, DayReport } from './day-report.js';
import { expectFineSaysWhy, expectFinesAtAgenciesAlone } from './fines.js';
import { Installation } from './installation.js';
import { lastWeekday } from './last-weekday.js';
import { EVENTS, RECALLED, RECALLS, REDUCTION_MINOR, SevenDebtors } from './seven-debtors.js';
import type { Event } from './seven-debtors.js';

jest.setTimeout(600_000);

const OFFICE = 'us-nm-las-cruces';
const BUREAUS = ['equifax', 'transunion'] as const;
const AGENCIES = ['harbor', 'summit'] as const;

/** Next year, so that no wall clock comes near; September and October end without a holiday of any of the offices. */
const YEAR = new Date().getUTCFullYear() + 1;
const FIRST_DAY = `${YEAR}-09-08`;
/** A business day on which no bureau has a cutoff; agencies have one every business day. */
const MID_SEPTEMBER = `${YEAR}-09-15`;
const END_OF_SEPTEMBER = lastWeekday(YEAR, 9);
const END_OF_OCTOBER = lastWeekday(YEAR, 10);

describe('three months of an office, its bureaus and its agencies', () => {
  const concord = new Installation();
  const seven = new SevenDebtors(concord.data, { id: OFFICE, prefix: 'LASC', bureaus: BUREAUS, agencies: AGENCIES });
  let api: Api;
  let instance: StartedProcess;
  let disputeId: string;
  const reports = new Map<string, DayReport>();

  const positions = (subject: number) => concord.json<PositionsView>(['positions', '--subject', `${subject}`]);
  const daysOf = (partners: readonly string[], report: DayReport): ConnectorDay[] =>
    partners.map((partner) => connectorDays(report).get(`${OFFICE}-${partner}`)!);
  const arrivedAt = (partners: ReadonlyMap<string, BureauAccount | AgencyAccount>) =>
    [...partners.values()].map((partner) => partner.arrivals());

  /** At its agency; a settlement is a payment and the rest let go, each told with the day on which it happened. */
  const recalledSince = (event: (typeof RECALLED)[number]) => [
    `${FIRST_DAY} placed`,
    ...Array<string>(event === 'paid' ? 1 : event === 'settled' ? 2 : 0).fill(`${FIRST_DAY} told lowered`),
    `${MID_SEPTEMBER} recalled`,
  ];
  const partnersOf = (event: Event) => [...BUREAUS, ...seven.agenciesOf(event)].sort();

  /** The day over the socket of the running instance. */
  async function day(date: string): Promise<DayReport> {
    const report = await concord.json<DayReport>(['day', '--date', date]);
    expectWholeReport(report);
    reports.set(date, report);
    return report;
  }

  beforeAll(async () => {
    // Nobody but this test changes the seven debts.
    quietAgencies(concord.data, AGENCIES);
    ({ instance, api } = await concord.stay(FIRST_DAY));
    await seven.choose(api);
  });
  afterAll(() => concord.remove());

  test('the first day runs in the future, and every chosen tradeline is an open collection at both bureaus', () => {
    for (const bureau of BUREAUS) {
      for (const event of EVENTS) {
        const tradeline = { status: '93', paid: false, currentBalance: seven.wholeDollars(event) };
        expect(seven.held(bureau, event)).toMatchObject(tradeline);
        expect(seven.told(bureau, event)).toMatchObject([{ date: FIRST_DAY, complianceConditionCode: '' }]);
      }
    }
  });

  test('and every one of the seven debts is placed with one agency, with all that is owed', () => {
    for (const event of EVENTS) {
      const { balanceMinor } = seven.debt(event);
      expect(seven.placed(event)).toMatchObject({ state: 'open', placedMinor: balanceMinor, balanceMinor });
      expect(seven.placed(event).told).toEqual({});
      expect(seven.happened(event)).toEqual([`${FIRST_DAY} placed`]);
      expect(seven.agenciesOf(event)).toHaveLength(1);
    }
  });

  test('the cases change', async () => {
    const changed = await seven.change(api);
    ({ disputeId } = changed);
    expect(changed.stops.map(({ placed }) => placed)).toEqual([true, true, true]);
    expect([changed.paid.balanceMinor, changed.settled.balanceMinor]).toEqual([0, 0]);
    expect(changed.reduced.balanceMinor).toBe(seven.debt('reduced').balanceMinor - REDUCTION_MINOR);
    expect(changed.referrals.map(({ act }) => act).sort()).toEqual(['place', 'report', 'report']);
  });

  test('the first day again sends nothing, and owes a release for each of the seven', async () => {
    const before = [arrivedAt(seven.bureaus), arrivedAt(seven.agencies)];
    const report = await day(FIRST_DAY);
    expect(daysOf(BUREAUS, report)).toEqual(
      BUREAUS.map(() => expect.objectContaining({ releasesOwed: EVENTS.length, releasesDone: 0 })),
    );
    // An agency keeps what was withdrawn from the bureaus alone.
    const atAgencies = daysOf(AGENCIES, report);
    expect(atAgencies.reduce((sum, { releasesOwed }) => sum + releasesOwed, 0)).toBe(EVENTS.length - 1);
    expect(atAgencies.map(({ releasesDone }) => releasesDone)).toEqual([0, 0]);
    expect([arrivedAt(seven.bureaus), arrivedAt(seven.agencies)]).toEqual(before);
    const withdrawn = await positions(seven.debt('withdrawn').number);
    const owed = (partner: string) => (partner === seven.agenciesOf('withdrawn')[0] ? null : FIRST_DAY);
    expect(withdrawn.positions).toMatchObject(
      partnersOf('withdrawn').map((partner) => ({
        ...{ connector: `${OFFICE}-${partner}`, known: 'active', releaseOwedOn: owed(partner) },
      })),
    );
  });

  test('a day without a cutoff of the bureaus sends them nothing', async () => {
    const report = await day(MID_SEPTEMBER);
    expect(daysOf(BUREAUS, report)).toEqual(BUREAUS.map(() => expect.objectContaining({ sent: 0, releasesDone: 0 })));
    expect(arrivedAt(seven.bureaus).map(({ length }) => length)).toEqual([1, 1]);
  });

  describe('at the agencies, whose cutoff is every day', () => {
    test.each(RECALLED)('what is %s was told what it is owed less, and then recalled for good', (event) => {
      const recall = { reason: RECALLS[event], objectUntil: null };
      const balanceMinor = event === 'paid' || event === 'settled' ? 0 : seven.debt(event).balanceMinor;
      expect(seven.placed(event)).toMatchObject({ state: 'recalled', recall, balanceMinor });
      expect(seven.happened(event)).toEqual(recalledSince(event));
    });

    test('what is withdrawn from the bureaus alone stays, and what is owed less is told once', () => {
      const stays = { state: 'open', recall: null };
      const [withdrawn, reduced] = [seven.debt('withdrawn').balanceMinor, seven.debt('reduced').balanceMinor];
      expect(seven.placed('withdrawn')).toMatchObject({ ...stays, balanceMinor: withdrawn });
      expect(seven.placed('withdrawn').told).toEqual({});
      expect(seven.placed('reduced')).toMatchObject({ ...stays, balanceMinor: reduced - REDUCTION_MINOR });
      expect(Object.values(seven.placed('reduced').told)).toEqual([REDUCTION_MINOR]);
    });

    test('every release that was owed there is done', async () => {
      const days = daysOf(AGENCIES, reports.get(MID_SEPTEMBER)!);
      expect(days.reduce((sum, { releasesDone }) => sum + releasesDone, 0)).toBeGreaterThanOrEqual(EVENTS.length - 1);
      expect(days.map(({ releasesOwed }) => releasesOwed)).toEqual(days.map(({ releasesDone }) => releasesDone));
      for (const event of RECALLED) {
        const found = await positions(seven.debt(event).number);
        const connector = `${OFFICE}-${seven.agenciesOf(event)[0]}`;
        expect(found.positions.filter((position) => position.connector === connector)).toMatchObject([
          { desired: 'absent', known: 'absent', knownMinor: 0, releaseOwedOn: null },
        ]);
      }
    });

    test('every file is processed by whom it was sent to', () => {
      for (const [partner, account] of [...seven.bureaus, ...seven.agencies]) {
        const results = account.arrivals().map(({ result }) => result);
        expect({ partner, results }).toEqual({ partner, results: results.map(() => 'processed') });
      }
    });
  });

  describe('on the last business day of the month', () => {
    beforeAll(async () => void (await day(END_OF_SEPTEMBER)));

    test('every bureau gets its second file, and the counts agree', () => {
      for (const bureau of BUREAUS) {
        const [, second, ...more] = seven.bureaus.get(bureau)!.arrivals();
        const { sent, accepted, refused } = connectorDays(reports.get(END_OF_SEPTEMBER)!).get(`${OFFICE}-${bureau}`)!;
        expect(more).toEqual([]);
        expect(second).toMatchObject({ result: 'processed', records: sent, accepted, refused });
      }
      expect(unconserved(reports.get(END_OF_SEPTEMBER)!)).toEqual([]);
    });

    test.each(BUREAUS)('%s is told each change in its own words', (bureau) => {
      const last = (event: Event) => seven.told(bureau, event).at(-1);
      const mark = { complianceConditionCode: '', consumerInformationIndicator: '', specialComment: '' };
      const ended = { ...mark, date: END_OF_SEPTEMBER, currentBalance: 0 };
      const standing = { ...mark, date: END_OF_SEPTEMBER, status: '93' };
      expect(Object.fromEntries(EVENTS.map((event) => [event, last(event)]))).toMatchObject({
        disputed: { ...standing, complianceConditionCode: 'XB', currentBalance: seven.wholeDollars('disputed') },
        bankrupt: { ...standing, consumerInformationIndicator: 'D', currentBalance: seven.wholeDollars('bankrupt') },
        paid: { ...ended, status: '62' },
        settled: { ...ended, status: '62', specialComment: 'AU' },
        withdrawn: { ...ended, status: 'DA' },
        reduced: {
          ...standing,
          currentBalance: Math.floor((seven.debt('reduced').balanceMinor - REDUCTION_MINOR) / 100),
        },
        deceased: { ...ended, status: 'DA' },
      });
    });

    test.each(BUREAUS)('%s holds what it should, and nothing of what had to go', (bureau) => {
      expect(seven.held(bureau, 'withdrawn')).toBeUndefined();
      expect(seven.held(bureau, 'deceased')).toBeUndefined();
      expect(seven.held(bureau, 'paid')).toMatchObject({ paid: true, currentBalance: 0 });
      expect(seven.held(bureau, 'settled')).toMatchObject({ paid: true, currentBalance: 0 });
      expect(seven.held(bureau, 'disputed')).toMatchObject({ paid: false, complianceConditionCode: 'XB' });
      expect(seven.held(bureau, 'bankrupt')).toMatchObject({ paid: false, consumerInformationIndicator: 'D' });
    });

    test('no release is left over: what was owed is done, and nothing is owed for the seven', async () => {
      for (const { releasesOwed, releasesDone } of daysOf(BUREAUS, reports.get(END_OF_SEPTEMBER)!)) {
        expect(releasesDone).toBeGreaterThanOrEqual(EVENTS.length);
        expect(releasesOwed).toBe(releasesDone);
      }
      const found = await positions(seven.debt('settled').number);
      expect(
        found.positions.map(({ connector, known, releaseOwedOn }) => ({ connector, known, releaseOwedOn })),
      ).toEqual(
        partnersOf('settled').map((partner) => ({
          ...{ connector: `${OFFICE}-${partner}`, known: 'absent', releaseOwedOn: null },
        })),
      );
    });
  });

  describe('the month after the dispute is over', () => {
    beforeAll(async () => {
      expect(await api.post(`/stops/${disputeId}/lift`, {})).toEqual({ lifted: true });
      await day(END_OF_OCTOBER);
    });

    test.each(BUREAUS)('%s is told once that the dispute is over', (bureau) => {
      expect(
        seven.told(bureau, 'disputed').map((each) => [each.date, each.status, each.complianceConditionCode]),
      ).toEqual([
        [FIRST_DAY, '93', ''],
        [END_OF_SEPTEMBER, '93', 'XB'],
        [END_OF_OCTOBER, '93', 'XR'],
      ]);
      expect(seven.held(bureau, 'disputed')).toMatchObject({ status: '93', complianceConditionCode: '' });
    });

    test.each(BUREAUS)('%s is told again of what stands, and never again of what ended', (bureau) => {
      const lengths = EVENTS.map((event) => [event, seven.told(bureau, event).length]);
      expect(Object.fromEntries(lengths)).toEqual({
        ...{ disputed: 3, bankrupt: 3, reduced: 3 },
        ...{ paid: 2, settled: 2, withdrawn: 2, deceased: 2 },
      });
      expect(seven.told(bureau, 'bankrupt').at(-1)).toMatchObject({ status: '93', consumerInformationIndicator: 'D' });
    });

    test('its agency is given the disputed debt anew, and nothing that ended', () => {
      const { balanceMinor } = seven.debt('disputed');
      const anew = { state: 'open', recall: null, placedMinor: balanceMinor, balanceMinor };
      expect(seven.placed('disputed')).toMatchObject(anew);
      for (const event of RECALLED) {
        const since = event === 'disputed' ? [`${END_OF_OCTOBER} placed`] : [];
        expect([event, ...seven.happened(event)]).toEqual([event, ...recalledSince(event), ...since]);
        expect(seven.agenciesOf(event)).toHaveLength(1);
      }
      expect(seven.placed('withdrawn').state).toBe('open');
      expect(Object.values(seven.placed('reduced').told)).toEqual([REDUCTION_MINOR]);
    });

    test('no agency had anything to object to, and none is said to have sent money', () => {
      for (const account of seven.agencies.values()) {
        expect(account.books()).toMatchObject({ violations: [], notes: [], payments: [] });
      }
      for (const days of [...reports.values()].map((report) => daysOf(AGENCIES, report))) {
        expect(days.map(({ postedMinor }) => postedMinor)).toEqual([0, 0]);
        expect(days.map(({ accepted, refused }) => accepted + refused)).toEqual(days.map(({ sent }) => sent));
      }
    });

    test('the releases of September are not counted again, and the money adds up', () => {
      const report = reports.get(END_OF_OCTOBER)!;
      expect(unconserved(report)).toEqual([]);
      const september = daysOf(BUREAUS, reports.get(END_OF_SEPTEMBER)!);
      for (const [index, { releasesOwed, releasesDone }] of daysOf(BUREAUS, report).entries()) {
        expect(releasesOwed).toBe(releasesDone);
        expect(releasesDone).toBeLessThan(september[index]!.releasesDone);
      }
    });

    test('the same day again reports the same', async () => {
      const before = reports.get(END_OF_OCTOBER);
      expect(await day(END_OF_OCTOBER)).toEqual(before);
    });
  });

  test('no fine was ever told to any bureau, and agencies have many', () =>
    expectFinesAtAgenciesAlone(concord, api, 3));

  test('a fine with an agency says which rule keeps it from the bureaus, why, and by which authority', () =>
    expectFineSaysWhy(concord, api, `${YEAR}-01-01`));

  test('the instance ends well when it is told to, and stops its database', async () => {
    expect(await instance.end('SIGTERM')).toMatchObject({ code: 0, signal: null });
    expect(concord.databasePid()).toBeNull();
  });
});
