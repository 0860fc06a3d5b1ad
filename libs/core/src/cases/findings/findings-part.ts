import type { ChangeContext } from '../change-recorder.js';

/** A part of a partner's file, and what its findings are applied with. */
export interface FindingsPart {
  readonly connectorId: string;
  readonly jurisdictionId: string;
  /** The act that the connector performs. */
  readonly act: string;
  readonly exchangeId: string;
  /** First and last place in the file. */
  readonly first: number;
  readonly last: number;
  /** Source of everything that this part brings into a case. */
  readonly source: string;
  /** Whether a strategy may choose otherwise when a balance goes down, or up. */
  readonly reviewsLess: boolean;
  readonly reviewsMore: boolean;
  readonly context: ChangeContext;
}
