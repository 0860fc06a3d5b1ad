import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';
import { incomingEntry, incomingSettings, sameNameOf, takeOf } from './incoming.js';

const parse = (settings: unknown) => z.strictObject(incomingEntry).parse(settings);

describe('how a connector takes files', () => {
  test('is as they stand there, and deletes them, where nothing is said', () => {
    expect(takeOf({})).toEqual({ when: 'present', stableSeconds: 30, doneSuffix: '.done', afterwards: 'delete' });
  });

  test('keeps only what was said, so that settings of before do not look changed', () => {
    expect(incomingSettings(parse({}))).toEqual({});
    expect(incomingSettings(parse({ namesRepeat: true }))).toEqual({ namesRepeat: true });
  });

  test.each([
    { take: { when: 'soon' } },
    { take: { doneSuffix: '/x' } },
    { take: { stableSeconds: 0 } },
    { sameName: 'no' },
  ])('is refused as %j', (settings) => {
    expect(() => parse(settings)).toThrow();
  });
});

describe('a name that comes again', () => {
  test.each([
    [{}, 'ask'],
    [{ sameName: 'correction' }, 'correction'],
    [{ sameName: { payments: 'correction' } }, 'correction'],
    [{ sameName: { statuses: 'correction' } }, 'ask'],
    [{ namesRepeat: true, sameName: 'correction' }, 'nothing'],
    [{ namesRepeat: ['payments'] }, 'nothing'],
    [{ namesRepeat: ['statuses'] }, 'ask'],
  ])('under %j says %s', (settings, says) => {
    expect(sameNameOf(parse(settings), 'payments')).toBe(says);
  });
});
