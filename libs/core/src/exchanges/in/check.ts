import type { FileFault } from '@concord/plugin-sdk';
import type { ArchiveStore } from '../../archive/archive-store.js';
import type { Connector } from '../../connectors/connector.js';
import type { DecodedItem } from '../../plugin-host/jobs.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import type { ExchangeRow } from '../exchange-ledger.js';

/** Enough to see what is wrong with a file; a file of rubbish has millions of faults. */
const FAULTS_KEPT = 20;

/** What a file is read with. */
export interface ReadingParts {
  readonly host: PluginHost;
  readonly archive: ArchiveStore;
}

/** Reads an archived file with the connector's plugin, as its settings are now. */
export function readArchived(
  { host, archive }: ReadingParts,
  { pluginSource, body }: Connector,
  row: ExchangeRow,
): AsyncIterable<DecodedItem[]> {
  return host.decode(pluginSource, body.settings, row.kind, row.file_name!, archive.open(row.content_hash!));
}

/**
 * The first of two passes over an archived file: reads it to the end without any effect, so that a wrong total refuses it
 * before its first record is applied.
 *
 * @returns the faults that refuse the whole file; none means that its records may be applied
 */
export async function checkFile(parts: ReadingParts, connector: Connector, row: ExchangeRow): Promise<FileFault[]> {
  const faults: FileFault[] = [];
  for await (const batch of readArchived(parts, connector, row)) {
    for (const item of batch) {
      if ('fault' in item && item.fault.severity === 'file' && faults.length < FAULTS_KEPT) faults.push(item.fault);
    }
  }
  return faults;
}
