import { expect, test } from '@jest/globals';
import { batchOf } from './batch-type.js';

test.each([
  ['payment', -700, 'payment'],
  ['reversal', 700, 'reversal'],
  ['assessment', 700, 'increase'],
  ['fee', 700, 'increase'],
  ['adjustment', -700, 'decrease'],
  ['adjustment', 700, 'increase'],
  ['write-off', -700, 'decrease'],
] as const)('an entry of kind %s that changes the balance by %i is a %s', (kind, effectMinor, wanted) => {
  expect(batchOf({ kind, effectMinor })).toBe(wanted);
});
