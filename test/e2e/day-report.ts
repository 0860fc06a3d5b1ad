import { expect } from '@jest/globals';

/** The day's report as scripts read it: written down here anew, so that a change of the contract is noticed. */
export interface DayReport {
  readonly date: string;
  readonly jurisdictions: readonly {
    readonly id: string;
    readonly currency: string;
    readonly conserved: boolean;
    readonly connectors: readonly ConnectorDay[];
  }[];
}

export interface ConnectorDay {
  readonly id: string;
  readonly plugin: string;
  readonly family: string;
  readonly sent: number;
  readonly accepted: number;
  readonly refused: number;
  readonly blocked: number;
  readonly postedMinor: number;
  readonly releasesOwed: number;
  readonly releasesDone: number;
}

interface OfficeOfDemonstration {
  readonly currency: string;
  readonly bureaus: readonly string[];
  readonly agencies: readonly string[];
}

const AGENCIES = ['harbor', 'summit'];

/** The offices of the demonstration, with their currencies, the bureaus that they report to, and their agencies. */
export const OFFICES: { readonly [id: string]: OfficeOfDemonstration } = {
  'ca-nl': { currency: 'CAD', bureaus: [], agencies: [] },
  'gb-hillingdon': { currency: 'GBP', bureaus: [], agencies: [] },
  'us-ca-berkeley': { currency: 'USD', bureaus: ['equifax', 'experian', 'transunion'], agencies: AGENCIES },
  'us-il-chicago': { currency: 'USD', bureaus: ['equifax', 'experian', 'transunion'], agencies: AGENCIES },
  'us-nm-las-cruces': { currency: 'USD', bureaus: ['equifax', 'transunion'], agencies: AGENCIES },
};

/** Every agency's connector of the demonstration. */
export const PLACEMENTS = Object.entries(OFFICES).flatMap(([office, { agencies }]) =>
  agencies.map((agency) => ({ id: `${office}-${agency}`, office, agency })),
);

/** Every bureau's connector of the demonstration. */
export const CONNECTORS = Object.entries(OFFICES).flatMap(([office, { bureaus }]) =>
  bureaus.map((bureau) => ({ id: `${office}-${bureau}`, office, bureau })),
);

/** Expects the contract's shape, no field less and none more, for all offices. */
export function expectWholeReport(report: DayReport | null): asserts report is DayReport {
  const count: unknown = expect.any(Number);
  expect(report).toEqual({
    date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    jurisdictions: Object.entries(OFFICES).map(([id, { currency, bureaus, agencies }]) => ({
      id,
      currency,
      conserved: expect.any(Boolean),
      connectors: [...bureaus, ...agencies].sort().map((partner) => ({
        id: `${id}-${partner}`,
        plugin: agencies.includes(partner) ? 'agency-aim' : 'metro2',
        family: agencies.includes(partner) ? 'collection-agency' : 'credit-bureau',
        sent: count,
        accepted: count,
        refused: count,
        blocked: count,
        postedMinor: count,
        releasesOwed: count,
        releasesDone: count,
      })),
    })),
  });
}

/** The connectors of all offices by id. */
export function connectorDays(report: DayReport): ReadonlyMap<string, ConnectorDay> {
  return new Map(report.jurisdictions.flatMap(({ connectors }) => connectors.map((day) => [day.id, day])));
}

/** What is counted of one connector, or of several together. */
type Counts = Omit<ConnectorDay, 'id' | 'plugin' | 'family'>;

/**
 * The report with the agencies of each office counted together: which of them gets which debt follows the debts'
 * numbers, and these are others where an intake was interrupted.
 */
export function agenciesTogether({ date, jurisdictions }: DayReport) {
  return {
    date,
    jurisdictions: jurisdictions.map(({ connectors, ...office }) => {
      const atAgencies = connectors.filter(({ family }) => family === 'collection-agency');
      return {
        ...office,
        bureaus: connectors.filter(({ family }) => family !== 'collection-agency'),
        agencies: { ids: atAgencies.map(({ id }) => id), ...summed(atAgencies) },
      };
    }),
  };
}

function summed(days: readonly ConnectorDay[]): Counts {
  const sum = (count: keyof Counts) => days.reduce((total, day) => total + day[count], 0);
  return {
    sent: sum('sent'),
    accepted: sum('accepted'),
    refused: sum('refused'),
    blocked: sum('blocked'),
    postedMinor: sum('postedMinor'),
    releasesOwed: sum('releasesOwed'),
    releasesDone: sum('releasesDone'),
  };
}

/** The offices whose money does not add up. */
export function unconserved(report: DayReport): string[] {
  return report.jurisdictions.filter(({ conserved }) => !conserved).map(({ id }) => id);
}
