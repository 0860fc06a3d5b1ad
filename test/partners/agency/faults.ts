import type { DoorFaults, OwnSwitches } from '../sftp/faults.ts';

/** What the agency is told to do wrong, or to leave, beside what its front door can do. Absent means: behave. */
export interface AgencyFaults extends DoorFaults {
  /** Files stay unread and nothing is given out, until this is switched off; then what waits is done in order. */
  readonly silent?: boolean;
  /** The trailer of every file that states money states one cent too much. */
  readonly wrongTotal?: boolean;
  /** Every file breaks off inside its trailer. */
  readonly truncate?: boolean;
  /** Every file is there a second time under another name. */
  readonly duplicateAnswer?: boolean;
  /** Nothing happens by itself: placements are acknowledged or refused, and that is all. No fault, but a switch. */
  readonly quiet?: boolean;
  /** Divisor of the refusals: 1 refuses every placement, 0 none. Without it one in 41. */
  readonly refuseEvery?: number;
}

export const AGENCY_SWITCHES: OwnSwitches<AgencyFaults> = {
  booleans: ['silent', 'wrongTotal', 'truncate', 'duplicateAnswer', 'quiet'],
  numbers: ['refuseEvery'],
};
