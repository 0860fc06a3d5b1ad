const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** How often what is not passing is tried before it is a dead letter. */
const ATTEMPTS = 4;

/** What to do about a failure. */
export type AfterFailure =
  { readonly do: 'pause'; readonly ms: number } | { readonly do: 'isolate' } | { readonly do: 'bury' };

/**
 * What one partition has been through since its last success. A batch that fails is tried again after pauses that grow; then its
 * events are tried one by one; the one that still fails is a dead letter. A passing failure is only ever waited for.
 */
export class PartitionAttempts {
  private failures = 0;
  private pauses = 0;
  private isolated = false;

  /** How many messages may be handled together. */
  limit(batch: number): number {
    return this.isolated ? 1 : batch;
  }

  /**
   * @param size how many events were handled together
   * @param passing whether it failed for a reason that is not the events'
   */
  failed(size: number, passing: boolean): AfterFailure {
    const pause = { do: 'pause', ms: Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.pauses) } as const;
    this.pauses += 1;
    if (passing) return pause;
    this.failures += 1;
    if (this.failures < ATTEMPTS) return pause;
    if (size === 1) return { do: 'bury' };
    this.isolated = true;
    // Each of them has failed with the others as often as a single one may: one more time, alone, tells which it is.
    this.failures = ATTEMPTS - 1;
    return { do: 'isolate' };
  }

  /** @param end whether everything that failed together has been seen to */
  succeeded(end: boolean): void {
    this.pauses = 0;
    if (!end) return;
    this.failures = 0;
    this.isolated = false;
  }
}
