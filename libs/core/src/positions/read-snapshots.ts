import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Queryable } from '../database/sql.js';
import { readDebts } from './snapshot/debts.js';
import { readItemisations } from './snapshot/itemisations.js';
import { EMPTY_LEDGER, readLedgers } from './snapshot/ledgers.js';
import { readParties } from './snapshot/parties.js';
import { readProofs } from './snapshot/proofs.js';
import { NEVER_REFERRED, readReferrals } from './snapshot/referrals.js';
import { readStops } from './snapshot/stops.js';

/** No connector has this id: to read debts about which it does not matter who was asked to act. */
export const NO_CONNECTOR = '';

/**
 * Reads debts as rules and plugins see them, for a whole batch in one query a kind of fact. The case's version is read
 * first: if anything changes meanwhile, the version is too old, and the position is judged again before it is released.
 *
 * @param connectorId whose referrals count
 * @param date the day of judgement, by which a referral that nobody withdrew may have ended
 */
export async function readSnapshots(
  on: Queryable,
  connectorId: string,
  debtIds: readonly string[],
  date: IsoDate | null = null,
): Promise<DebtSnapshot[]> {
  const debts = await readDebts(on, debtIds);
  const itemised = debts.filter(({ itemisedOn }) => itemisedOn !== null).map(({ debt }) => debt.id);
  const parties = await readParties(on, debtIds);
  const ledgers = await readLedgers(on, debtIds);
  const itemisations = await readItemisations(on, itemised);
  const stops = await readStops(on, debtIds);
  const proofs = await readProofs(on, debtIds);
  const referrals = await readReferrals(on, connectorId, debtIds, date);
  return debts.map(({ caseId, caseVersion, jurisdiction, debt }): DebtSnapshot => {
    const { referral, endedReferral } = referrals.get(debt.id) ?? NEVER_REFERRED;
    return {
      caseId,
      caseVersion,
      jurisdiction,
      debt,
      itemisation: itemisations.get(debt.id) ?? null,
      parties: parties.get(debt.id) ?? [],
      ledger: ledgers.get(debt.id) ?? EMPTY_LEDGER,
      stops: stops.get(debt.id) ?? [],
      proofs: proofs.get(debt.id) ?? [],
      referral,
      endedReferral,
    };
  });
}
