import type { PartitionStand } from './backlog.js';

/** After how long without a sign a consumer is taken for stopped. */
export interface Patience {
  readonly silentMs: number;
  readonly stalledMs: number;
  /** A rebalance waits for the batches of all members, during which one that is ready hears nothing. */
  readonly joiningMs: number;
}

/** What a consumer does with its partitions at a moment. */
export interface Occupation {
  /** Whether it handles anything: what it has fetched of other partitions may wait for that. */
  readonly working: boolean;
  /** Partitions that pause after a failure. */
  readonly pausing: ReadonlySet<number>;
}

/**
 * What is known of a running consumer: whether it gives signs of life at all, and whether its partitions get on. The second
 * matters because a client can go on sending heartbeats and fetching nothing for days.
 */
export class VitalSigns {
  private joiningSince: number | null;
  private lastSign: number;
  private assigned: ReadonlySet<number> | null = null;
  private ended: string | null = null;
  private readonly stands = new Map<number, { readonly next: number; readonly since: number }>();

  constructor(
    private readonly patience: Patience,
    private readonly now: () => number,
  ) {
    this.joiningSince = this.lastSign = now();
  }

  sign(): void {
    this.lastSign = this.now();
  }

  /** The group shares its partitions anew. */
  rejoining(): void {
    this.joiningSince ??= this.now();
    this.sign();
  }

  /** The group has given it these partitions, perhaps none. */
  joined(partitions: readonly number[]): void {
    this.assigned = new Set(partitions);
    this.joiningSince = null;
    this.stands.clear();
    this.sign();
  }

  /** The client has said that it will not go on by itself. */
  stopped(reason: string): void {
    this.ended ??= reason;
  }

  /** A rebalance of ordinary length does not count. */
  get isInGroup(): boolean {
    if (this.assigned === null || this.ended !== null) return false;
    return this.joiningSince === null || this.now() - this.joiningSince < this.patience.silentMs;
  }

  observe(stand: readonly PartitionStand[], { working, pausing }: Occupation): void {
    for (const { partition, next, high } of stand) {
      const before = this.stands.get(partition);
      const mayStand = working || pausing.has(partition) || this.joiningSince !== null;
      const getsOn = next >= high || mayStand || !this.assigned?.has(partition);
      if (getsOn || before?.next !== next) this.stands.set(partition, { next, since: this.now() });
    }
  }

  /** @returns why the consumer should be replaced, or null while it is well */
  illness(): string | null {
    const now = this.now();
    if (this.ended !== null) return this.ended;
    if (this.joiningSince !== null) {
      return now - this.joiningSince > this.patience.joiningMs ? 'it does not get into its group' : null;
    }
    if (now - this.lastSign > this.patience.silentMs) return `silent for ${seconds(now - this.lastSign)} seconds`;
    const stalled = [...this.stands].filter(([, { since }]) => now - since > this.patience.stalledMs);
    if (stalled.length === 0) return null;
    return `nothing was taken from partition ${stalled.map(([partition]) => partition).join(', ')} although there is something`;
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
