import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';
import type { Strategy } from './domain/strategy.js';

/**
 * The strategies that an office's configuration proposes: those of the process that was started last. One that was started
 * with an older configuration and still runs acts by the same, or the two would put each other's contents away for
 * ever, and what a person has put in force with them.
 */
export async function readProposal(
  on: Queryable,
  { id, strategies }: Pick<Jurisdiction, 'id' | 'strategies'>,
): Promise<readonly Strategy[]> {
  const [stored] = await rows<{ strategies: readonly Strategy[] | null }>(
    on,
    `select configuration->'strategies' as strategies from cases.jurisdiction where id = $1`,
    [id],
  );
  return stored?.strategies ?? strategies;
}
