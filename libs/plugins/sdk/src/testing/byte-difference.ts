import { ensure } from './test-framework.js';

/** Fails with line and position of the first byte that is another. */
export function ensureSameBytes(actual: Buffer, expected: Buffer): void {
  if (actual.equals(expected)) return;
  const length = Math.min(actual.length, expected.length);
  let at = 0;
  while (at < length && actual[at] === expected[at]) at += 1;
  const line = expected.subarray(0, at).filter((byte) => byte === 0x0a).length + 1;
  const column = at - (at === 0 ? -1 : expected.lastIndexOf(0x0a, at - 1));
  const around = (bytes: Buffer): string => JSON.stringify(bytes.toString('latin1', at, at + 20));
  ensure(false, `Line ${line} differs from position ${column}: ${around(actual)} instead of ${around(expected)}`);
}
