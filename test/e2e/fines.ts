import { expect } from '@jest/globals';
import { AgencyAccount, fileNumberOf } from './agency.js';
import type { Api, DebtView, PositionsView } from './api.js';
import { BureauAccount } from './bureau.js';
import { OFFICES } from './day-report.js';
import type { Installation } from './installation.js';

/** The office that refers its fines to bureaus and agencies alike; only agencies may have them. */
const OFFICE = 'us-il-chicago';
const PREFIX = 'CHIC';

/** At least: fines that the office has, debts that each bureau was told of, and fines that each agency has. */
const LEAST = { fines: 100, told: 200, placed: 20 };

type Fine = Omit<DebtView, 'parties'>;

/** Expects that no file to any bureau ever had a fine in it, and that every agency holds fines. */
export async function expectFinesAtAgenciesAlone(concord: Installation, api: Api, files: number): Promise<void> {
  const fines = await finesOf(api);
  expect(fines.length).toBeGreaterThan(LEAST.fines);
  const accounts = new Set(fines.map(({ number }) => `${PREFIX}${number}`));
  for (const bureau of OFFICES[OFFICE]!.bureaus) {
    const account = new BureauAccount(concord.data, bureau, OFFICE);
    const arrived = account.arrivals();
    expect(arrived).toHaveLength(files);
    const all = arrived.flatMap((arrival) => account.accountsIn(arrival));
    expect(all.length).toBeGreaterThan(LEAST.told);
    expect(all.filter((number) => accounts.has(number))).toEqual([]);
  }
  const fileNumbers = new Set(fines.map(fileNumberOf));
  for (const agency of OFFICES[OFFICE]!.agencies) {
    const placed = Object.keys(new AgencyAccount(concord.data, agency, OFFICE).books().accounts);
    expect(placed.filter((number) => fileNumbers.has(number)).length).toBeGreaterThan(LEAST.placed);
  }
}

/**
 * Expects that a fine that an agency holds says why no bureau does: by which rule, in words, and by which authority.
 *
 * @param delinquentBefore a date that makes it old enough for the bureaus' strategy on the first day
 */
export async function expectFineSaysWhy(concord: Installation, api: Api, delinquentBefore: string): Promise<void> {
  const holder = (debt: { readonly number: number }) =>
    OFFICES[OFFICE]!.agencies.find(
      (agency) => new AgencyAccount(concord.data, agency, OFFICE).holding(debt)?.state === 'open',
    );
  const fine = (await finesOf(api)).find(
    (each) =>
      each.type === 'ordinance-fine' &&
      each.aroseFromContract === false &&
      each.balanceMinor >= 10_000 &&
      each.delinquentOn !== null &&
      each.delinquentOn < delinquentBefore &&
      holder(each) !== undefined,
  )!;
  // By the debt's number and by its id.
  const found = await concord.json<PositionsView>(['positions', '--subject', `${fine.number}`]);
  expect(await concord.json(['positions', '--subject', fine.id])).toEqual(found);
  expect(found.positions).toMatchObject([
    { connector: `${OFFICE}-${holder(fine)}`, desired: 'active', known: 'active', knownMinor: fine.balanceMinor },
  ]);
  for (const bureau of OFFICES[OFFICE]!.bureaus) {
    expect(found.blocks).toContainEqual(
      expect.objectContaining({
        connector: `${OFFICE}-${bureau}`,
        rule: 'US-NCAP-01',
        outcome: 'withdraw',
        reason: expect.stringContaining('does not come from a contract'),
        citation: expect.stringContaining('NCAP'),
      }),
    );
  }
}

async function finesOf(api: Api): Promise<Fine[]> {
  return (await api.debts(OFFICE)).filter(({ type }) => type.endsWith('-fine'));
}
