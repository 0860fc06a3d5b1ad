import type { AgencyLoads } from './agency-loads.js';

/** What one agency gets of the debts that a strategy refers to one of several. */
export interface AgencyShare {
  readonly connector: string;
  /** Positive integer weight beside those of the others: 60 and 40 are the same as 3 and 2. */
  readonly share: number;
  /** Most referrals in force at the connector, whoever made them; left out where there is no limit. */
  readonly capacity?: number | undefined;
}

/**
 * Who gets a strategy's next debt: of the agencies with room, the one that holds the fewest of the strategy's referrals
 * for its share; among equals the one that is named first. Null where none has room.
 *
 * While all have room and keep what they got, no agency is ever a whole debt above its share; of two, none is a whole
 * debt below it either.
 */
export function chooseAgency(strategyId: string, oneOf: readonly AgencyShare[], loads: AgencyLoads): string | null {
  let best: AgencyShare | null = null;
  for (const agency of oneOf) {
    if (!loads.hasRoom(agency.connector, agency.capacity)) continue;
    if (best === null || isBehind(agency, best)) best = agency;
  }
  return best?.connector ?? null;

  // Quotients compared as products: whole numbers, so that equal is equal.
  function isBehind(one: AgencyShare, other: AgencyShare): boolean {
    return (
      loads.madeBy(strategyId, one.connector) * other.share < loads.madeBy(strategyId, other.connector) * one.share
    );
  }
}
