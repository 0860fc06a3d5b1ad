import type { PartitionStand } from './backlog.js';

/** After how long without a sign a consumer is taken for stopped. */
export interface Patience {
  readonly silentMs: number;
  readonly stalledMs: number;
}

/**
 * What is known of a running consumer: whether it gives signs of life at all, and whether its partitions get on. The second
 * matters because a client can go on sending heartbeats and fetching nothing for days.
 */
export class VitalSigns {
  private readonly began: number;
  private lastSign: number;
  private assigned: ReadonlySet<number> | null = null;
  private ended: string | null = null;
  private readonly stands = new Map<number, { readonly next: number; readonly since: number }>();

  constructor(
    private readonly patience: Patience,
    private readonly now: () => number,
  ) {
    this.began = this.lastSign = now();
  }

  sign(): void {
    this.lastSign = this.now();
  }

  /** The group has given it these partitions, perhaps none. */
  joined(partitions: readonly number[]): void {
    this.assigned = new Set(partitions);
    this.stands.clear();
    this.sign();
  }

  /** The client has said that it will not go on by itself. */
  stopped(reason: string): void {
    this.ended ??= reason;
  }

  get hasJoined(): boolean {
    return this.assigned !== null && this.ended === null;
  }

  /** @param busy partitions that wait or work, which may stand still */
  observe(stand: readonly PartitionStand[], busy: ReadonlySet<number>): void {
    for (const { partition, next, high } of stand) {
      const before = this.stands.get(partition);
      const getsOn = next >= high || busy.has(partition) || !this.assigned?.has(partition);
      if (getsOn || before?.next !== next) this.stands.set(partition, { next, since: this.now() });
    }
  }

  /** @returns why the consumer should be replaced, or null while it is well */
  illness(): string | null {
    const now = this.now();
    if (this.ended !== null) return this.ended;
    if (now - this.lastSign > this.patience.silentMs) return `silent for ${seconds(now - this.lastSign)} seconds`;
    if (this.assigned === null && now - this.began > this.patience.silentMs * 2)
      return 'it does not get into its group';
    const stalled = [...this.stands].filter(([, { since }]) => now - since > this.patience.stalledMs);
    if (stalled.length === 0) return null;
    return `nothing was taken from partition ${stalled.map(([partition]) => partition).join(', ')} although there is something`;
  }
}

function seconds(ms: number): number {
  return Math.round(ms / 1000);
}
