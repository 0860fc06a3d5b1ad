/** One account of a reconciliation. */
export interface HeldBalance {
  readonly reference: string;
  readonly account: string | null;
  readonly amountMinor: number;
}

const LENGTH_OF_ACCOUNT = 30;
const PER_BLOCK = 8_192;

interface Block {
  readonly references: Int32Array;
  readonly amounts: Float64Array;
  readonly accounts: Buffer;
}

/**
 * The accounts of a reconciliation until its date is known, which stands behind them in the trailer: 42 bytes each. A
 * bounded number of them.
 */
export class HeldBalances {
  readonly #blocks: Block[] = [];
  #size = 0;

  constructor(private readonly most: number) {}

  /** Whether there was room. References are nine digits, accounts at most thirty Latin-1 characters. */
  add({ reference, account, amountMinor }: HeldBalance): boolean {
    if (this.#size >= this.most) return false;
    const at = this.#size % PER_BLOCK;
    if (at === 0) {
      this.#blocks.push({
        references: new Int32Array(PER_BLOCK),
        amounts: new Float64Array(PER_BLOCK),
        accounts: Buffer.alloc(PER_BLOCK * LENGTH_OF_ACCOUNT, ' '),
      });
    }
    const block = this.#blocks[this.#blocks.length - 1]!;
    block.references[at] = Number(reference);
    block.amounts[at] = amountMinor;
    block.accounts.write(account ?? '', at * LENGTH_OF_ACCOUNT, LENGTH_OF_ACCOUNT, 'latin1');
    this.#size += 1;
    return true;
  }

  *all(): Generator<HeldBalance> {
    for (let index = 0; index < this.#size; index += 1) {
      const block = this.#blocks[Math.floor(index / PER_BLOCK)]!;
      const at = index % PER_BLOCK;
      const from = at * LENGTH_OF_ACCOUNT;
      const account = block.accounts.toString('latin1', from, from + LENGTH_OF_ACCOUNT).trimEnd();
      yield {
        reference: String(block.references[at]).padStart(9, '0'),
        account: account === '' ? null : account,
        amountMinor: block.amounts[at]!,
      };
    }
  }
}
