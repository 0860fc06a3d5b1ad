/** What the kit needs of a test framework; Jest and its like fit. */
export interface TestFramework {
  readonly describe: (name: string, body: () => void) => void;
  readonly test: (name: string, body: () => void | Promise<void>) => void;
  readonly expect: (value: unknown) => { toEqual(expected: unknown): void };
}

/** Fails the running test with a reason. */
export function ensure(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason);
}
