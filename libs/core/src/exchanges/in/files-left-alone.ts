import type { DataSource } from 'typeorm';
import type { Alert } from '../../alerts/alerts.js';
import { settleAlerts } from '../../alerts/settle-alerts.js';
import type { SkippedEntry } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';

/** A hostile folder may hold as many as are listed at all; a person needs a few to know what it is about. */
const NAMED = 3;
const DETAILED = 20;

/**
 * Tells people of files in the partner's folder that can't be taken, because of their names or because their size is not told,
 * or that none is left there. Nobody else would notice them: Concord never touches such a file, and the partner believes that it
 * was collected. One alert a connector, whatever the number.
 *
 * @param left all of one look at the folder
 */
export async function noteLeftAlone(
  exchange: DataSource,
  connector: Connector,
  left: readonly SkippedEntry[],
  at: Date,
): Promise<void> {
  const alerts = left.length === 0 ? [] : [alertOf(connector, left)];
  await exchange.transaction((manager) =>
    settleAlerts(manager, { connectorId: connector.id, cause: 'file-unusable', alerts }, at),
  );
}

function alertOf(connector: Connector, left: readonly SkippedEntry[]): Alert {
  const folder = connector.body.channel.collectFrom;
  // A folder is listed in no order: the same files must make the same words.
  const entries = [...left].sort((a, b) => (a.shownName < b.shownName ? -1 : 1));
  const named = entries.slice(0, NAMED).map(({ shownName, reason }) => `${JSON.stringify(shownName)} (${reason})`);
  const more = entries.length > NAMED ? ` and ${entries.length - NAMED} more` : '';
  const files = entries.length === 1 ? 'a file that is' : `${entries.length} files that are`;
  return {
    jurisdictionId: connector.jurisdictionId,
    connectorId: connector.id,
    cause: 'file-unusable',
    about: '',
    message:
      `${connector.title} left ${files} not taken from ${folder}: ${named.join(', ')}${more}. ` +
      'Ask the partner what it is and to leave it under another name.',
    details: { folder, count: entries.length, files: entries.slice(0, DETAILED) },
  };
}
