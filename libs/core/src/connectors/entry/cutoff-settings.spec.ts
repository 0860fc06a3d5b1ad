import { describe, expect, it } from '@jest/globals';
import { z } from 'zod';
import { cutoffEntry, emptyFileFault, sendsEmpty, waitForFindingsMs } from './cutoff-settings.js';

const entry = z.strictObject(cutoffEntry);
const KINDS = [{ kind: 'payments' }, { kind: 'placements' }];

describe('what happens at a cutoff', () => {
  it('waits for a quarter of an hour unless told otherwise, and never longer than an hour', () => {
    expect(
      [entry.parse({}), { waitForFindingsMinutes: 0 }, { waitForFindingsMinutes: 60 }].map(waitForFindingsMs),
    ).toEqual([900_000, 0, 3_600_000]);
    expect(entry.safeParse({ waitForFindingsMinutes: 61 }).success).toBe(false);
    expect(entry.safeParse({ waitForFindingsMinutes: 0.5 }).success).toBe(false);
  });

  it.each([
    [undefined, false, false],
    ['skip', false, false],
    ['send', true, true],
    [['placements'], false, true],
  ] as const)('with emptyFile %s', (emptyFile, payments, placements) => {
    const settings = entry.parse({ emptyFile });
    expect([sendsEmpty(settings, 'payments'), sendsEmpty(settings, 'placements')]).toEqual([payments, placements]);
  });

  it.each([
    ['send', ['payments', 'placements'], null],
    ['send', ['placements'], /payments without records/],
    [['placements'], ['placements'], null],
    [['recalls'], ['recalls'], /no files of kind recalls; it sends payments, placements/],
    ['skip', [], null],
  ] as const)('with emptyFile %s and a plugin that can write %s empty', (emptyFile, able, expected) => {
    const fault = emptyFileFault(entry.parse({ emptyFile }), KINDS, able);
    expect(fault).toEqual(expected === null ? null : expect.stringMatching(expected));
  });
});
