import type { FileFault } from '@concord/plugin-sdk';
import type { ArchiveStore } from '../../archive/archive-store.js';
import type { Connector } from '../../connectors/connector.js';
import type { DecodedItem } from '../../plugin-host/jobs.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { StatementsSeen } from './same-statements.js';
import type { WhatItSays } from './same-statements.js';

/** What a first pass over a file came to. */
export interface CheckedFile {
  /** What refuses the whole file; none means that its records may be applied. */
  readonly faults: readonly FileFault[];
  readonly said: WhatItSays;
}

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
 */
export async function checkFile(parts: ReadingParts, connector: Connector, row: ExchangeRow): Promise<CheckedFile> {
  const faults: FileFault[] = [];
  const seen = new StatementsSeen();
  for await (const batch of readArchived(parts, connector, row)) {
    seen.add(batch);
    for (const item of batch) {
      if ('fault' in item && item.fault.severity === 'file' && faults.length < FAULTS_KEPT) faults.push(item.fault);
    }
  }
  return { faults, said: seen.said };
}
