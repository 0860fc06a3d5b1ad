import type { Verdict } from '../sftp/arrivals.ts';

/** What became of one arrival, with the bytes of its answer. */
export interface AnsweredVerdict extends Verdict {
  /** Milliseconds since 1970, from which the answer's delay counts. */
  readonly judgedAt: number;
  readonly answer: string;
}
