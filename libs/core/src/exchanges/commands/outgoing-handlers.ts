import type { CommandHandler } from '../../commands/command-handler.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import type { PreviewParts } from '../preview/preview.js';
import { ArrivalHandler } from './arrival-handler.js';
import { CancelHandler } from './cancel-handler.js';
import { HoldHandler } from './hold-handler.js';
import type { OrderedWork } from './ordered-work.js';
import { PreviewHandler } from './preview-handler.js';
import { ReleaseHandler } from './release-handler.js';
import { ResendHandler } from './resend-handler.js';
import { RunHandler } from './run-handler.js';

/** What people can do about outgoing files. */
export function outgoingHandlers(
  parts: PreviewParts,
  registry: ConnectorRegistry,
  work: OrderedWork,
): CommandHandler[] {
  const { exchange, clock } = parts;
  return [
    new RunHandler(exchange, registry, work, clock),
    new PreviewHandler(parts, registry),
    new HoldHandler(exchange, registry, work, clock),
    new ReleaseHandler(exchange, work, clock),
    new CancelHandler(exchange, registry, work, clock),
    new ResendHandler(exchange, registry, work, clock),
    new ArrivalHandler(exchange, registry, work, clock),
  ];
}
