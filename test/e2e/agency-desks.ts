import { AgencyAccount } from './agency.js';
import { PLACEMENTS } from './day-report.js';

/** What each agency has in its books, by connector. */
export function agencyDesks(data: string) {
  return PLACEMENTS.map(({ id, agency, office }) => {
    const account = new AgencyAccount(data, agency, office);
    return { id, office, arrivals: account.arrivals(), ...account.books() };
  });
}

/** Accounts, payments and notes in each agency's books, by connector: the same wherever the same day was run. */
export function atAgencies(data: string) {
  return agencyDesks(data).map(({ id, accounts, payments, notes }) => ({ id, accounts, payments, notes }));
}

/** What no agency may ever see: a breach of what is agreed, a file that it can't process, a debt that another has. */
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
