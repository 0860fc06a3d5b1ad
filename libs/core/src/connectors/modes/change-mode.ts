import type { DataSource, EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import { lookAtReferrals } from '../../positions/looks.js';
import type { ConnectorMode } from '../connector-entry.js';
import { readUnfinished } from './unfinished.js';

/** Who changes a connector's mode, and why. */
export interface ModeDecision {
  readonly actor: string;
  readonly reason: string;
  readonly correlationId: string;
  readonly at: Date;
}

/** Who turns a connector off that was told to retire and is done. */
const BY_ITSELF = 'concord';

/**
 * Changes a connector's mode at once: files that are still being chosen are chosen anew under it. Every debt that was ever
 * referred to the connector is judged again, because what it should hold depends on the mode. The mode that it has already is
 * no change.
 *
 * @returns the mode that it had
 * @throws Refusal `connector-unknown`; `connector-still-holds` or `connector-files-open` where nobody would go on telling the
 *   partner what has to be released
 */
export async function changeMode(
  exchange: DataSource,
  connectorId: string,
  mode: ConnectorMode,
  decision: ModeDecision,
): Promise<ConnectorMode> {
  return exchange.transaction(async (manager) => {
    const was = await lockMode(manager, connectorId);
    if (was === mode) return was;
    if (mode === 'off' || mode === 'shadow') await refuseWhileHolding(manager, connectorId, mode);
    await writeMode(manager, connectorId, was, mode, decision);
    if (mode !== 'off') await lookAtReferrals(manager, connectorId);
    return was;
  });
}

/**
 * Turns a retiring connector off once its partner holds nothing any more, nothing is on its way and no answer is waited for.
 *
 * @returns whether it is off now
 */
export async function turnOffRetired(
  exchange: DataSource,
  connectorId: string,
  by: Pick<ModeDecision, 'correlationId' | 'at'>,
): Promise<boolean> {
  return exchange.transaction(async (manager) => {
    if ((await lockMode(manager, connectorId)) !== 'retiring') return false;
    const { held, files, unanswered } = await readUnfinished(manager, connectorId);
    if (held + files + unanswered > 0) return false;
    const reason = 'it was retiring, and its partner holds nothing any more';
    await writeMode(manager, connectorId, 'retiring', 'off', { ...by, actor: BY_ITSELF, reason });
    return true;
  });
}

/** Others may go on referring to the connector meanwhile: only its mode is held fast. */
async function lockMode(manager: EntityManager, connectorId: string): Promise<ConnectorMode> {
  const [found] = await rows<{ mode: ConnectorMode }>(
    manager,
    'select mode from exchange.connector where id = $1 for no key update',
    [connectorId],
  );
  if (!found) throw new Refusal('connector-unknown', `there is no connector ${connectorId}`);
  return found.mode;
}

async function refuseWhileHolding(manager: EntityManager, connectorId: string, mode: 'off' | 'shadow'): Promise<void> {
  const { held, files } = await readUnfinished(manager, connectorId);
  if (held > 0) {
    const standing = held === 1 ? '1 position stands or may stand' : `${held} positions stand or may stand`;
    throw new Refusal(
      'connector-still-holds',
      `${standing} at the partner of ${connectorId}, and ${mode === 'off' ? 'a connector that is off' : 'shadow'} tells it ` +
        'nothing: retire it, and it goes off by itself once everything is taken back',
    );
  }
  if (mode === 'off' && files > 0) {
    throw new Refusal(
      'connector-files-open',
      `${files === 1 ? '1 file' : `${files} files`} of ${connectorId} ${files === 1 ? 'has' : 'have'} not come to an end: ` +
        'let them go on, cancel or dismiss them first',
    );
  }
}

async function writeMode(
  manager: EntityManager,
  connectorId: string,
  was: ConnectorMode,
  mode: ConnectorMode,
  { actor, reason, correlationId, at }: ModeDecision,
): Promise<void> {
  await rows(manager, 'update exchange.connector set mode = $2 where id = $1', [connectorId, mode]);
  await rows(
    manager,
    `insert into exchange.connector_change (connector_id, was, mode, actor, reason, correlation_id, changed_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [connectorId, was, mode, actor, reason, correlationId, at],
  );
}
