import { parseCaseEvent } from './catalogue.js';
import { parseFindingsEvent } from './findings-event.js';
import type { Outbox } from './outbox-relay.js';

/** Where changes of cases wait to be published. */
export const CASES_OUTBOX: Outbox = { schema: 'cases', parse: parseCaseEvent };

/** Where what partners said waits to be published. */
export const FINDINGS_OUTBOX: Outbox = { schema: 'exchange', parse: parseFindingsEvent };
