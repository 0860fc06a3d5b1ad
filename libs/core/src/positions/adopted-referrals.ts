import type { EntityManager } from 'typeorm';
import type { DebtSnapshot, IsoDate } from '@concord/plugin-sdk';
import type { Connector } from '../connectors/connector.js';
import { rows } from '../database/sql.js';
import { exclusiveGroup } from '../rules/domain/exclusive-acts.js';
import type { StoredPosition } from './position-store.js';

/**
 * What a partner held before Concord is taken over here first, and the referral that it stands on is made by the case core
 * when it hears of it. Until then it counts as referred, or what was just taken over would be called back for want of a
 * referral; everything else that is in its way is judged as ever. Where anybody was ever referred the debt, the case core
 * has spoken.
 *
 * @param positions the locked positions by debt
 * @returns by debt, the referral that is expected, made on the day of the adoption
 */
export async function expectedReferrals(
  manager: EntityManager,
  connector: Connector,
  debts: readonly DebtSnapshot[],
  positions: ReadonlyMap<string, readonly StoredPosition[]>,
): Promise<ReadonlyMap<string, NonNullable<DebtSnapshot['referral']>>> {
  const adopted = new Map<string, { readonly id: string; readonly on: IsoDate }>();
  for (const { debt, referral, endedReferral } of debts) {
    if (referral !== null || endedReferral !== null) continue;
    for (const { id, known, adoptedOn } of positions.get(debt.id) ?? []) {
      if (adoptedOn !== null && known !== null) adopted.set(debt.id, { id, on: adoptedOn });
    }
  }
  if (adopted.size === 0) return new Map();
  const spoken = await rows<{ debt_id: string }>(
    manager,
    `select distinct debt_id from cases_v1.referral
     where debt_id = any($1) and (connector_id = $2 or (act = $3 and $4))`,
    [[...adopted.keys()], connector.id, connector.act, exclusiveGroup(connector.act) !== null],
  );
  for (const { debt_id } of spoken) adopted.delete(debt_id);
  return new Map(
    [...adopted].map(([debtId, { id, on }]) => [debtId, { id, madeOn: on, capMinor: null, expiresOn: null }]),
  );
}
