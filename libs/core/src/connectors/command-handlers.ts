import type { DataSource } from 'typeorm';
import type { ArchiveStore } from '../archive/archive-store.js';
import type { CommandHandler } from '../commands/command-handler.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import type { FieldCipher } from '../crypto/field-cipher.js';
import { JobsAsOrdered } from '../exchanges/commands/ordered-work.js';
import { outgoingHandlers } from '../exchanges/commands/outgoing-handlers.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { Clock } from '../platform/clock.js';
import type { PluginHost } from '../plugin-host/pool.js';
import { AdverseStopHandler } from './adverse-stop-handler.js';
import type { ConnectorRegistry } from './connector-registry.js';

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(
  exchange: DataSource,
  registry: ConnectorRegistry,
  host: PluginHost,
  archive: ArchiveStore,
  cipher: FieldCipher,
  clock: Clock,
  jobs: JobQueue,
  jurisdictions: readonly Jurisdiction[],
): CommandHandler[] {
  return [
    ...outgoingHandlers({ exchange, host, archive, cipher, clock }, registry, new JobsAsOrdered(jobs)),
    new AdverseStopHandler(exchange, jurisdictions, clock),
  ];
}
