/** Referrals in force at one connector that one strategy made, or (null) that were made without one. */
export interface ReferralCount {
  readonly connectorId: string;
  readonly strategyId: string | null;
  readonly inForce: number;
}

/** What agencies hold when a batch of debts is looked at, and what the batch itself has added so far. */
export class AgencyLoads {
  readonly #inForce = new Map<string, number>();
  readonly #byStrategy = new Map<string, number>();

  /** @param closed connectors that take nothing new, whatever room they have */
  constructor(
    counts: readonly ReferralCount[],
    private readonly closed: ReadonlySet<string>,
  ) {
    for (const { connectorId, strategyId, inForce } of counts) this.#count(connectorId, strategyId, inForce);
  }

  /** Whether the connector can be referred one more debt; no capacity means no limit. */
  hasRoom(connectorId: string, capacity: number | undefined): boolean {
    if (this.closed.has(connectorId)) return false;
    return capacity === undefined || (this.#inForce.get(connectorId) ?? 0) < capacity;
  }

  /** How many of a strategy's referrals the connector holds. */
  madeBy(strategyId: string, connectorId: string): number {
    return this.#byStrategy.get(`${connectorId} ${strategyId}`) ?? 0;
  }

  /** Counts one more referral of a strategy. */
  add(strategyId: string, connectorId: string): void {
    this.#count(connectorId, strategyId, 1);
  }

  /** Counts one less, of a strategy's referral that is taken back. */
  remove(strategyId: string, connectorId: string): void {
    this.#count(connectorId, strategyId, -1);
  }

  #count(connectorId: string, strategyId: string | null, more: number): void {
    this.#inForce.set(connectorId, (this.#inForce.get(connectorId) ?? 0) + more);
    if (strategyId === null) return;
    const key = `${connectorId} ${strategyId}`;
    this.#byStrategy.set(key, (this.#byStrategy.get(key) ?? 0) + more);
  }
}
