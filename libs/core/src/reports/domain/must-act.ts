/** What is known of a position whose release is late. */
export interface LateRelease {
  /** Mode of its connector. */
  readonly mode: string;
  /** Records at the partner that it has not answered. */
  readonly inFlight: number;
  /** What became of what the partner was last told; null where it was told nothing. */
  readonly lastStatus: string | null;
  readonly done: boolean;
}

/** Who must act for it to be released: nobody once it is. */
export type MustAct = 'nobody' | 'administrator' | 'officer' | 'partner' | 'next-file';

/**
 * Who must act now. An administrator where the connector sends nothing at all; the partner where it was told and has not
 * answered; an officer where the partner refused to release; else the connector's next file tells it.
 */
export function whoMustAct({ mode, inFlight, lastStatus, done }: LateRelease): MustAct {
  if (done) return 'nobody';
  if (mode === 'off' || mode === 'shadow') return 'administrator';
  if (inFlight > 0) return 'partner';
  return lastStatus === 'refused' ? 'officer' : 'next-file';
}
