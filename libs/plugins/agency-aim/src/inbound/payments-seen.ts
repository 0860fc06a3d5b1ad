/**
 * The payments and reversals of one file, so that one that stands there twice, or a reversal that does not match its
 * payment, is found. It holds a bounded number of them: a file with more is refused, not half checked.
 */
export class PaymentsSeen {
  readonly #amounts = new Map<string, number>();

  constructor(private readonly most: number) {}

  get full(): boolean {
    return this.#amounts.size >= this.most;
  }

  /** The amount under a natural key, if the file has it already. */
  amountOf(naturalKey: string): number | undefined {
    return this.#amounts.get(naturalKey);
  }

  add(naturalKey: string, amountMinor: number): void {
    this.#amounts.set(naturalKey, amountMinor);
  }
}
