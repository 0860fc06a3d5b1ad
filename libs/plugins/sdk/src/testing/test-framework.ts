/** What the kit needs of a test framework; Jest and its like fit. */
export interface TestFramework {
  describe(name: string, body: () => void): void;
  test(name: string, body: () => void | Promise<void>): void;
  expect(value: unknown): { toEqual(expected: unknown): void };
}

/** Fails the running test with a reason. */
export function ensure(condition: boolean, reason: string): asserts condition {
  if (!condition) throw new Error(reason);
}
