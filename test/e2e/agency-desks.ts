import { AgencyAccount } from './agency.js';
import { OFFICES, PLACEMENTS } from './day-report.js';

/** What each agency has in its books, by connector. */
export function agencyDesks(data: string) {
  return PLACEMENTS.map(({ id, agency, office }) => {
    const account = new AgencyAccount(data, agency, office);
    return { id, office, arrivals: account.arrivals(), ...account.books() };
  });
}

/**
 * What the agencies of each office have in their books together, by file number: which of them gets which debt, and hence
 * how it numbers its payments, is another in every installation.
 */
export function atAgencies(data: string) {
  const desks = agencyDesks(data);
  return Object.keys(OFFICES).map((office) => {
    const ofOffice = desks.filter((desk) => desk.office === office);
    const accounts = ofOffice.flatMap((desk) => Object.entries(desk.accounts));
    const payments = ofOffice.flatMap((desk) => desk.payments);
    return {
      office,
      accounts: accounts
        .map(([fileNumber, { history, ...account }]) => ({
          ...{ fileNumber, ...account },
          history: history.map(({ on, what, amountMinor }) => ({ on, what, amountMinor })),
        }))
        .sort((one, other) => one.fileNumber.localeCompare(other.fileNumber)),
      payments: payments
        .map(({ fileNumber, amountMinor, reversed, remittedIn }) => ({
          ...{ fileNumber, amountMinor, reversed, remitted: remittedIn !== null },
        }))
        .sort((one, other) => one.fileNumber.localeCompare(other.fileNumber) || one.amountMinor - other.amountMinor),
    };
  });
}

/** What no agency may ever see: a breach of what is agreed, a file that it does not process, a debt that another has. */
export function agencyComplaints(data: string) {
  const desks = agencyDesks(data);
  const placed = desks.flatMap(({ office, accounts }) => Object.keys(accounts).map((number) => `${office} ${number}`));
  return {
    violations: desks.flatMap(({ violations }) => violations),
    unprocessed: desks.flatMap(({ id, arrivals }) =>
      arrivals.filter(({ result }) => result !== 'processed').map(({ name, result }) => `${id} ${name} ${result}`),
    ),
    twice: desks.flatMap(({ id, arrivals }) => repeated(arrivals.map(({ name }) => `${id} ${name}`))),
    atTwoAgencies: repeated(placed),
  };
}

export const NO_COMPLAINTS = { violations: [], unprocessed: [], twice: [], atTwoAgencies: [] };

function repeated(values: readonly string[]): string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}
