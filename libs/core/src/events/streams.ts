import { parseCaseEvent } from './catalogue.js';
import type { ConcordEvent } from './concord-event.js';
import { parseFindingsEvent } from './findings-event.js';

/** One way of events, from the half of Concord that writes them to the half that takes them in. */
export type Stream = 'case-events' | 'findings';

export interface StreamDescription {
  /** Who takes the stream in; also the name of its group of consumers. */
  readonly takenInBy: 'connectors' | 'gateway';
  /** @throws when the value is not an event of this stream */
  readonly parse: (value: unknown) => ConcordEvent;
}

/** What changed in cases goes to the connectors; what partners said goes to the case core. */
export const STREAMS: Readonly<Record<Stream, StreamDescription>> = {
  'case-events': { takenInBy: 'connectors', parse: parseCaseEvent },
  findings: { takenInBy: 'gateway', parse: parseFindingsEvent },
};

export const ALL_STREAMS = Object.keys(STREAMS) as readonly Stream[];
