import { describe, expect, test } from '@jest/globals';
import { exceededLimits, median } from './volume-limits.js';
import type { Usual, Volume, VolumeLimits } from './volume-limits.js';

const volume = (changes: Partial<Volume> = {}): Volume => ({ records: 0, adverse: 0, addedMinor: 0, ...changes });
const usual = (changes: Partial<Usual> = {}): Usual => ({ files: 10, records: null, adverse: null, ...changes });
const limits = (changes: Partial<VolumeLimits> = {}): VolumeLimits => ({ timesUsual: 5, fewest: 50, ...changes });

describe('the middle of the last files', () => {
  test.each<[number[], number | null]>([
    [[], null],
    [[40, 40], null],
    [[1, 2000, 40], 40],
    [[10, 20, 30, 40], 20],
  ])('of %j is %j', (numbers, middle) => expect(median(numbers)).toBe(middle));
});

describe('a file', () => {
  test('is over an absolute limit from the next record on, whatever is usual', () => {
    const strict = limits({ records: 100, adverse: 10, amountMinor: 50_000 });
    expect(exceededLimits(volume({ records: 100, adverse: 10, addedMinor: 50_000 }), usual(), strict)).toEqual([]);
    expect(exceededLimits(volume({ records: 101, adverse: 11, addedMinor: 50_001 }), usual(), strict)).toEqual([
      { limit: 'records', is: 101, allowed: 100, usual: null },
      { limit: 'adverse', is: 11, allowed: 10, usual: null },
      { limit: 'amountMinor', is: 50_001, allowed: 50_000, usual: null },
    ]);
  });

  test('of two thousand where forty are usual is unusual', () => {
    expect(
      exceededLimits(volume({ records: 2000, adverse: 2000 }), usual({ records: 40, adverse: 40 }), limits()),
    ).toEqual([
      { limit: 'usual-records', is: 2000, allowed: 200, usual: 40 },
      { limit: 'usual-adverse', is: 2000, allowed: 200, usual: 40 },
    ]);
  });

  test('with few records is never unusual, also where none is usual', () => {
    expect(exceededLimits(volume({ adverse: 50 }), usual({ adverse: 0 }), limits())).toEqual([]);
    expect(exceededLimits(volume({ adverse: 51 }), usual({ adverse: 0 }), limits())).toEqual([
      { limit: 'usual-adverse', is: 51, allowed: 50, usual: 0 },
    ]);
  });

  test('is not unusual before there is a history, nor where nothing is too often the usual', () => {
    const many = volume({ records: 100_000, adverse: 100_000 });
    expect(exceededLimits(many, usual({ files: 2 }), limits())).toEqual([]);
    expect(exceededLimits(many, usual({ records: 1, adverse: 1 }), limits({ timesUsual: null }))).toEqual([]);
  });
});
