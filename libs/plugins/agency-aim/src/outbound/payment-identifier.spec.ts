import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { paymentIdentifier } from './payment-identifier.js';

test('fits, and leads back to its entry', () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      const identifier = paymentIdentifier(id);
      expect(identifier).toMatch(/^[0-9A-Z]{25}$/);
      const bits = [...identifier].reduce((number, digit) => number * 36n + BigInt(parseInt(digit, 36)), 0n);
      expect(bits.toString(16).padStart(32, '0')).toBe(id.replaceAll('-', ''));
    }),
  );
});

test.each([
  ['00000000-0000-0000-0000-000000000000', '0'.repeat(25)],
  ['ffffffff-ffff-ffff-ffff-ffffffffffff', 'F5LXX1ZZ5PNORYNQGLHZMSP33'],
  ['entry-7', 'entry-7'],
])('%s is told as %s', (id, identifier) => {
  expect(paymentIdentifier(id)).toBe(identifier);
});
