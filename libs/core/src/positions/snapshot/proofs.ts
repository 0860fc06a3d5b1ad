import type { EntityManager } from 'typeorm';
import { PROOF_KINDS } from '@concord/plugin-sdk';
import type { ProofSnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { groupBy } from '../grouping.js';

interface ProofRow {
  readonly debt_id: string;
  readonly kind: ProofSnapshot['kind'];
  readonly happened_on: string;
}

/**
 * Proofs on record of the kinds that the plugin contract has, whatever their dates. What else the office keeps is not told.
 *
 * @returns by debt, the oldest first
 */
export async function readProofs(
  manager: EntityManager,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ProofSnapshot[]>> {
  const found = await rows<ProofRow>(
    manager,
    `select debt_id, kind, happened_on from cases_v1.proof
     where debt_id = any($1) and kind = any($2) order by debt_id, happened_on, kind, id`,
    [debtIds, PROOF_KINDS],
  );
  const byDebt = groupBy(found, (row) => row.debt_id);
  return new Map(
    [...byDebt].map(([debtId, ofDebt]) => [debtId, ofDebt.map((row) => ({ kind: row.kind, on: row.happened_on }))]),
  );
}
