import { describe, expect, it } from '@jest/globals';
import { storableJson, storableText } from './storable-text.js';

const through = (value: unknown): unknown => JSON.parse(storableJson(JSON.stringify(value)));

describe('storableJson', () => {
  it.each([
    ['a\0b', 'a\ufffdb'],
    ['\ud800', '\ufffd'],
    ['\udfffx', '\ufffdx'],
    ['\ud83d\ude00', '\ud83d\ude00'],
    // What only looks like an escape is a backslash and letters.
    ['\\u0000', '\\u0000'],
    ['\\\0', '\\\ufffd'],
    ['"\\ud800"\n', '"\\ud800"\n'],
    ['plain', 'plain'],
  ])('makes %j of what says %j', (said, kept) => {
    expect(through(said)).toBe(kept);
    expect(through({ [said]: [said] })).toEqual({ [kept]: [kept] });
  });
});

describe('storableText', () => {
  it('is cut to its length, also in the middle of a pair', () => {
    expect(storableText('ab\ud83d\ude00', 3)).toBe('ab\ufffd');
    expect(storableText('a\0\udc00b', 10)).toBe('a\ufffd\ufffdb');
  });
});
