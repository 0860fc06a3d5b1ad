import type { Outbox } from './outbox-relay.js';

/** Where changes of cases wait to be published. */
export const CASES_OUTBOX: Outbox = { schema: 'cases', stream: 'case-events' };

/** Where what partners said waits to be published. */
export const FINDINGS_OUTBOX: Outbox = { schema: 'exchange', stream: 'findings' };
