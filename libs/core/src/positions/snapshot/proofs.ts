import { PROOF_KINDS } from '@concord/plugin-sdk';
import type { ProofSnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { groupBy } from '../grouping.js';

interface ProofRow {
  readonly debt_id: string;
  readonly kind: ProofSnapshot['kind'];
  readonly happened_on: string;
  readonly subject: string | null;
  readonly method: string | null;
  readonly tracked: boolean;
  readonly outcome: ProofSnapshot['outcome'];
}

/**
 * Proofs on record, whatever their dates, by what rules look at: no references, numbers of carriers or documents.
 *
 * @returns by debt, the oldest first
 */
export async function readProofs(
  on: Queryable,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, readonly ProofSnapshot[]>> {
  const found = await rows<ProofRow>(
    on,
    `select debt_id, kind, happened_on, subject, method, tracked, outcome from cases_v1.proof
     where debt_id = any($1) and kind = any($2) order by debt_id, happened_on, kind, id`,
    [debtIds, PROOF_KINDS],
  );
  const byDebt = groupBy(found, (row) => row.debt_id);
  return new Map([...byDebt].map(([debtId, ofDebt]) => [debtId, ofDebt.map(proof)]));
}

/** What a proof does not say is left out. */
function proof({ kind, happened_on: on, subject, method, tracked, outcome }: ProofRow): ProofSnapshot {
  return {
    ...{ kind, on },
    ...(subject === null ? {} : { subject }),
    ...(method === null ? {} : { method }),
    ...(tracked ? { tracked } : {}),
    ...(outcome == null ? {} : { outcome }),
  };
}
