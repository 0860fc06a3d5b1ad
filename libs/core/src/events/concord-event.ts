import type { CaseEvent } from './catalogue.js';
import type { FindingsEvent } from './findings-event.js';

/** Everything that travels over the event transport: what changed in a case, and what partners said. */
export type ConcordEvent = CaseEvent | FindingsEvent;
