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

/** The offices of the demonstration, with their currencies and the bureaus that they report to. */
export const OFFICES = {
  'ca-nl': { currency: 'CAD', bureaus: [] },
  'gb-hillingdon': { currency: 'GBP', bureaus: [] },
  'us-ca-berkeley': { currency: 'USD', bureaus: ['equifax', 'experian', 'transunion'] },
  'us-il-chicago': { currency: 'USD', bureaus: ['equifax', 'experian', 'transunion'] },
  'us-nm-las-cruces': { currency: 'USD', bureaus: ['equifax', 'transunion'] },
} as const;

/** Every connector of the demonstration. */
export const CONNECTORS = Object.entries(OFFICES).flatMap(([office, { bureaus }]) =>
  bureaus.map((bureau) => ({ id: `${office}-${bureau}`, office, bureau })),
);

/** Expects the contract's shape, no field less and none more, for all offices. */
export function expectWholeReport(report: DayReport | null): asserts report is DayReport {
  const count: unknown = expect.any(Number);
  expect(report).toEqual({
    date: expect.stringMatching(/^\d{4}-\d{2}-\d{2}$/),
    jurisdictions: Object.entries(OFFICES).map(([id, { currency, bureaus }]) => ({
      id,
      currency,
      conserved: expect.any(Boolean),
      connectors: bureaus.map((bureau) => ({
        id: `${id}-${bureau}`,
        plugin: 'metro2',
        family: 'credit-bureau',
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

/** The offices whose money does not add up. */
export function unconserved(report: DayReport): string[] {
  return report.jurisdictions.filter(({ conserved }) => !conserved).map(({ id }) => id);
}
