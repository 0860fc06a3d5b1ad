import { PluginFailure } from './plugin-failure.js';

/**
 * How much a plugin may return for what it was given. A stream without an end makes progress for ever, so that no deadline
 * ends it; it would fill the host's memory, the archive or the database first.
 */
export class OutputAllowance {
  readonly #specifier: string;
  readonly #perUnit: number;
  #left: number;

  /**
   * @param base bytes that it may return whatever it is given: a header, a trailer
   * @param perUnit bytes for each unit of input, far more than any partner's record has
   */
  constructor(specifier: string, base: number, perUnit: number) {
    this.#specifier = specifier;
    this.#left = base;
    this.#perUnit = perUnit;
  }

  given(units: number): void {
    this.#left += units * this.#perUnit;
  }

  /** @throws PluginFailure `rubbish` when it has returned more than that */
  take(bytes: number): void {
    this.#left -= bytes;
    if (this.#left < 0) {
      throw new PluginFailure('rubbish', this.#specifier, 'returned far more than could follow from what it was given');
    }
  }
}
