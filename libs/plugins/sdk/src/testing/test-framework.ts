import { firstDifference } from './difference.js';

/** What the kit needs of a test framework; Jest, `node:test` and their like fit. */
export interface TestFramework {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly test: (name: string, body: () => void | Promise<void>) => unknown;
  /** Shows differences in the framework's own way. Without it they are shown as a path and two values. */
  readonly expect?: Expect;
}

export type Expect = (value: unknown) => { toEqual(expected: unknown): void };

/** Fails the running check with a reason. */
export function ensure(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason);
}

/** The kit's own comparison, for where no framework brings one. */
export const plainExpect: Expect = (actual) => ({
  toEqual(expected) {
    const difference = firstDifference(actual, expected);
    ensure(difference === null, difference ?? '');
  },
});
