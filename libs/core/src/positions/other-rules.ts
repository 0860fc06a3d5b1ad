import type { EntityManager } from 'typeorm';
import type { Connector } from '../connectors/connector.js';
import { rows } from '../database/sql.js';
import { Refusal } from '../platform/errors.js';

/**
 * Refuses to judge by rules or numbers that a process which was started later has replaced: what it marked to be judged would be
 * judged by the earlier ones, and stand so.
 *
 * To be asked once a batch is claimed. A start marks debts and says by what they are judged in one transaction: either that is
 * committed and seen here, or it waits for this batch and marks it again.
 *
 * @throws Refusal `rules-replaced`
 */
export async function refuseOtherRules(manager: EntityManager, { id, judgedBy }: Connector): Promise<void> {
  if (judgedBy === null) return;
  const [row] = await rows<{ judged_by: string | null }>(
    manager,
    'select judged_by from exchange.connector where id = $1',
    [id],
  );
  const current = row?.judged_by ?? null;
  if (current === null || current === judgedBy) return;
  throw new Refusal(
    'rules-replaced',
    `the debts of ${id} are judged by other rules or numbers than this process was started with: start it again`,
  );
}
