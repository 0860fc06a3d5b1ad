import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, jest } from '@jest/globals';
import { AgencyAccount } from './agency.js';
import { BureauAccount } from './bureau.js';
import type { DayReport } from './day-report.js';
import { CONNECTORS, PLACEMENTS, connectorDays, expectWholeReport, unconserved } from './day-report.js';
import { Installation } from './installation.js';
import { disclosedIn, personalData } from './personal-data.js';

jest.setTimeout(600_000);

describe('concord start --once on a new data folder', () => {
  const concord = new Installation();
  let first: Awaited<ReturnType<Installation['day']>>;
  let report: DayReport;

  beforeAll(async () => {
    // The log must stay clean even where it says the most.
    first = await concord.day(null, { environment: { LOG_LEVEL: 'trace' } });
    report = first.report!;
  });
  afterAll(() => concord.remove());

  const at = (connector: (typeof CONNECTORS)[number]) =>
    new BureauAccount(concord.data, connector.bureau, connector.office);

  const atBureau = (connector: (typeof CONNECTORS)[number]) => [
    at(connector).arrivals(),
    at(connector).inbox(),
    at(connector).books(),
  ];
  const atAgency = ({ agency, office }: (typeof PLACEMENTS)[number]) => {
    const account = new AgencyAccount(concord.data, agency, office);
    return [account.arrivals(), account.books()];
  };

  test('runs one day and ends well, with a table on standard output and the steps beside it', () => {
    expect(first.ended).toMatchObject({ code: 0, signal: null });
    expect(first.ended.stdout.split('\n')[0]).toBe(`Business day ${report.date}`);
    expect(first.ended.stdout).toContain('us-il-chicago: the money adds up');
    expect(first.ended.stdout).not.toContain('Judging debts');
    expect(first.ended.stderr).toContain('Judging debts');
  });

  test('writes the report in the shape that scripts rely on, for five offices', () => {
    expectWholeReport(report);
    expect(unconserved(report)).toEqual([]);
    const numbers = [...connectorDays(report).values()].flatMap((day) =>
      Object.values(day).filter((value) => typeof value === 'number'),
    );
    expect(numbers.filter((value) => !Number.isSafeInteger(value) || value < 0)).toEqual([]);
  });

  test('runs a day that is a working day everywhere and not in the future', () => {
    const weekday = new Date(`${report.date}T00:00:00Z`).getUTCDay();
    expect([1, 2, 3, 4, 5]).toContain(weekday);
    expect(report.date <= new Date().toISOString().slice(0, 10)).toBe(true);
  });

  test.each(CONNECTORS)('$id: the report says what the bureau received, took and refused', (connector) => {
    const { sent, accepted, refused, postedMinor } = connectorDays(report).get(connector.id)!;
    const account = at(connector);
    const arrivals = account.arrivals();
    expect(arrivals).toEqual([expect.objectContaining({ result: 'processed', records: sent, accepted, refused })]);
    const told = account.accountsIn(arrivals[0]!);
    expect(told).toHaveLength(sent);
    expect(new Set(told).size).toBe(sent);
    const { tradelines, history } = account.books();
    expect(Object.keys(tradelines)).toHaveLength(accepted);
    expect(Object.values(history).map((items) => items.length)).toEqual(Array(accepted).fill(1));
    expect(accepted + refused).toBe(sent);
    expect(sent).toBeGreaterThan(50);
    expect(postedMinor).toBe(0);
  });

  test.each(PLACEMENTS)('$id: the report says what the agency took, refused and remitted', ({ id, agency, office }) => {
    const { sent, accepted, refused, postedMinor } = connectorDays(report).get(id)!;
    const account = new AgencyAccount(concord.data, agency, office);
    const { accounts, payments, violations } = account.books();
    expect(violations).toEqual([]);
    expect(account.arrivals().filter(({ result }) => result !== 'processed')).toEqual([]);
    const states = Object.values(accounts).map(({ state }) => state);
    expect({ sent, refused }).toEqual({
      sent: states.length,
      refused: states.filter((state) => state === 'refused').length,
    });
    expect(accepted + refused).toBe(sent);
    expect(postedMinor).toBe(payments.reduce((sum, { amountMinor }) => sum + amountMinor, 0));
    expect(postedMinor).toBeGreaterThan(0);
  });

  test('the simulated bureaus refuse something, so that refusals are part of every run', () => {
    expect([...connectorDays(report).values()].some(({ refused }) => refused > 0)).toBe(true);
  });

  test('no log has anything about a person in it', () => {
    const personal = personalData(concord.data);
    expect(personal.size).toBeGreaterThan(3000);
    const log = readFileSync(join(concord.data, 'concord.log'), 'utf8');
    expect(log).toContain('us-il-chicago-equifax');
    // Where personal data is, the search finds it.
    const [arrival] = at(CONNECTORS[0]!).arrivals();
    const file = at(CONNECTORS[0]!).received(arrival!).toString('latin1');
    expect(disclosedIn(file, personal).length).toBeGreaterThan(100);
    expect(disclosedIn(log, personal)).toEqual([]);
    expect(disclosedIn(readFileSync(join(concord.data, 'postgres/server.log'), 'utf8'), personal)).toEqual([]);
    expect(disclosedIn(first.ended.stdout + first.ended.stderr, personal)).toEqual([]);
  });

  test('leaves nothing running and no lock behind', () => {
    expect(concord.databasePid()).toBeNull();
    expect(existsSync(join(concord.data, 'lock'))).toBe(false);
  });

  test('the same command again writes the same report and sends nothing', async () => {
    const before = CONNECTORS.map(atBureau);
    const placed = PLACEMENTS.map(atAgency);
    const again = await concord.day(null);
    expect(again.ended.code).toBe(0);
    expect(again.report).toEqual(report);
    expect(CONNECTORS.map(atBureau)).toEqual(before);
    expect(PLACEMENTS.map(atAgency)).toEqual(placed);
  });

  test('--date before the last day is refused with exit code 2, and nothing is sent or reported', async () => {
    const before = [CONNECTORS.map(atBureau), PLACEMENTS.map(atAgency)];
    const earlier = new Date(Date.parse(report.date) - 86_400_000).toISOString().slice(0, 10);
    const refused = await concord.day(earlier);
    expect(refused.ended).toMatchObject({ code: 2, stdout: '' });
    const line = `${earlier} is before ${report.date}, the last day that was run`;
    expect(refused.ended.stderr.split('\n').slice(-2)).toEqual([line, '']);
    expect(refused.report).toBeNull();
    expect([CONNECTORS.map(atBureau), PLACEMENTS.map(atAgency)]).toEqual(before);
    expect(concord.databasePid()).toBeNull();
  });
});
