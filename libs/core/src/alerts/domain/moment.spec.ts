import { expect, test } from '@jest/globals';
import { happenedAt, partnersNow } from './moment.js';

const ZONE = 'America/Chicago';
const NOW = new Date('2026-03-16T15:00:00Z');

test('now is the clock, on a date that has come', () => {
  expect(partnersNow(NOW, '2026-03-16', ZONE)).toEqual(NOW);
  expect(partnersNow(NOW, '2026-03-13', ZONE)).toEqual(NOW);
});

test('a date that is run ahead of the wall is over', () => {
  expect(partnersNow(NOW, '2026-03-18', ZONE)).toEqual(new Date('2026-03-19T05:00:00Z'));
});

test('what comes on a date that is run ahead comes at its beginning', () => {
  expect(happenedAt(NOW, '2026-03-16', ZONE)).toEqual(NOW);
  expect(happenedAt(NOW, '2026-03-18', ZONE)).toEqual(new Date('2026-03-18T05:00:00Z'));
});
