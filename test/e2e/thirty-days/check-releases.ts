import type { DebtRecord } from './office-api.js';
import { BUREAU, connectorId } from './offices.js';
import type { Office } from './offices.js';

/** Releases that are owed past their last day. */
export interface LateReleases {
  /** At a bureau, where a release waits for the monthly file though a rule (US-BK-01) gives it one business day. */
  readonly waitingForBureau: readonly string[];
  /** All others: there must be none. */
  readonly late: readonly string[];
}

export function lateReleases(office: Office, records: readonly DebtRecord[], today: string): LateReleases {
  const overdue = records.flatMap(({ debt, positions }) =>
    positions
      .filter(
        ({ releaseOwedOn, releaseDueOn }) => releaseOwedOn !== null && releaseDueOn !== null && releaseDueOn < today,
      )
      .map(({ connector, releaseDueOn }) => ({
        connector,
        what: `${debt.sourceReference} ${connector} ${releaseDueOn}`,
      })),
  );
  const bureau = connectorId(office.id, BUREAU);
  const words = (atBureau: boolean) =>
    overdue.filter(({ connector }) => (connector === bureau) === atBureau).map(({ what }) => what);
  return { waitingForBureau: words(true), late: words(false) };
}
