import type { CommandHandler } from '../commands/command-handler.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { incomingHandlers } from '../exchanges/commands/incoming-handlers.js';
import type { IncomingParts } from '../exchanges/commands/incoming-handlers.js';
import { JobsAsOrdered } from '../exchanges/commands/ordered-work.js';
import { outgoingHandlers } from '../exchanges/commands/outgoing-handlers.js';
import type { PreviewParts } from '../exchanges/preview/preview.js';
import type { JobQueue } from '../jobs/job-queue.js';
import { AdverseStopHandler } from './adverse-stop-handler.js';
import { ConnectorCheckHandler } from './check/connector-check-handler.js';
import type { Probe } from './check/connector-check.js';
import { ConnectorModeHandler } from './modes/connector-mode-handler.js';

/** What handlers need of the connectors' side. */
export interface HandlerParts extends PreviewParts, IncomingParts {
  readonly jobs: JobQueue;
  readonly jurisdictions: readonly Jurisdiction[];
  readonly probe: Probe;
}

/** Who carries out what the gateway asks of the connectors: one handler a kind of command. */
export function commandHandlers(parts: HandlerParts): CommandHandler[] {
  const { exchange, registry, clock, jobs, jurisdictions, probe } = parts;
  return [
    ...outgoingHandlers(parts, registry, new JobsAsOrdered(jobs)),
    ...incomingHandlers(parts),
    new ConnectorModeHandler(exchange, registry, clock),
    new ConnectorCheckHandler(registry, probe),
    new AdverseStopHandler(exchange, jurisdictions, clock),
  ];
}
