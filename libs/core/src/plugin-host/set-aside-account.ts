import type { SetAside } from './jobs.js';
import { PluginFailure } from './plugin-failure.js';

/**
 * What a plugin may set aside while it encodes: each change that it was given, once. A number that it was not given would
 * leave the ledger saying that the record was sent.
 */
export class SetAsideAccount {
  readonly #specifier: string;
  /** Ascending, as files are written. */
  readonly #given: number[] = [];
  readonly #aside = new Map<number, SetAside>();

  constructor(specifier: string) {
    this.#specifier = specifier;
  }

  given(sequences: Iterable<number>): void {
    for (const sequence of sequences) {
      if (sequence <= (this.#given.at(-1) ?? -Infinity)) throw new RangeError(`change ${sequence} is out of order`);
      this.#given.push(sequence);
    }
  }

  /** How many more can be set aside. */
  get room(): number {
    return this.#given.length - this.#aside.size;
  }

  /** @throws PluginFailure `rubbish` for a change that was not given, or that was set aside before */
  add(set: SetAside): void {
    if (!this.#wasGiven(set.sequence) || this.#aside.has(set.sequence)) {
      const what = `set change ${set.sequence} aside, which it ${this.#aside.has(set.sequence) ? 'did before' : 'was not given'}`;
      throw new PluginFailure('rubbish', this.#specifier, what);
    }
    this.#aside.set(set.sequence, set);
  }

  all(): readonly SetAside[] {
    return [...this.#aside.values()];
  }

  #wasGiven(sequence: number): boolean {
    let [low, high] = [0, this.#given.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#given[middle]! < sequence) low = middle + 1;
      else high = middle;
    }
    return this.#given[low] === sequence;
  }
}
