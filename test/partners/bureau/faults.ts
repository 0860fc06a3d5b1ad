import type { DoorFaults, OwnSwitches } from '../sftp/faults.ts';

/** What the bureau is told to do wrong, beside what its front door can do. Absent means: behave. */
export interface BureauFaults extends DoorFaults {
  /** Files are judged, but no answer is written until this is switched off. */
  readonly silent?: boolean;
  /** Milliseconds between the judgement of a file and its answer. */
  readonly answerDelayMs?: number;
  /** Divisor of the made-up edit: 1 refuses all new content, 0 refuses none. Without it {@link DEFAULT_WHIM_DIVISOR}. */
  readonly refuseEvery?: number;
  /** The answer's trailer states one detail record too many. */
  readonly wrongDetailCount?: boolean;
  /** The answer breaks off inside its trailer. */
  readonly truncateAnswer?: boolean;
  /** The same answer bytes are written a second time under another name. */
  readonly duplicateAnswer?: boolean;
}

/** One account number in this many is refused by the made-up edit. */
export const DEFAULT_WHIM_DIVISOR = 37;

export const BUREAU_SWITCHES: OwnSwitches<BureauFaults> = {
  booleans: ['silent', 'wrongDetailCount', 'truncateAnswer', 'duplicateAnswer'],
  numbers: ['answerDelayMs', 'refuseEvery'],
};
