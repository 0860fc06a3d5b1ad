import { describe, expect, test } from '@jest/globals';
import { LineCutter } from './line-cutter.js';

function cut(longest: number, ...pieces: readonly string[]): [string, boolean][] {
  const cutter = new LineCutter(longest);
  const lines = [...pieces.flatMap((piece) => cutter.push(Buffer.from(piece))), ...cutter.finish()];
  return lines.map(({ bytes, ended }) => [bytes.toString(), ended]);
}

describe('lines', () => {
  test.each<[string, string[], [string, boolean][]]>([
    [
      'in one piece',
      ['ab\ncd\n'],
      [
        ['ab', true],
        ['cd', true],
      ],
    ],
    [
      'in many',
      ['a', 'b', '\n', 'cd', '\n'],
      [
        ['ab', true],
        ['cd', true],
      ],
    ],
    [
      'with carriage returns',
      ['ab\r', '\ncd\r\n'],
      [
        ['ab', true],
        ['cd', true],
      ],
    ],
    [
      'the last one without end',
      ['ab\ncd'],
      [
        ['ab', true],
        ['cd', false],
      ],
    ],
    [
      'empty',
      ['\n\r\n'],
      [
        ['', true],
        ['', true],
      ],
    ],
    ['of the longest length', ['abcd\r\n'], [['abcd', true]]],
    [
      'too long',
      ['abcdefgh\nij\n'],
      [
        ['abcde', true],
        ['ij', true],
      ],
    ],
    [
      'too long, in pieces',
      ['abc', 'def', 'ghi\nj', 'k\n'],
      [
        ['abcde', true],
        ['jk', true],
      ],
    ],
  ])('%s', (_name, pieces, lines) => {
    expect(cut(4, ...pieces)).toEqual(lines);
  });

  test('one that is too long is handed on before its end comes', () => {
    const cutter = new LineCutter(4);
    expect(cutter.push(Buffer.from('abcdefgh'))).toHaveLength(1);
    expect(cutter.push(Buffer.from('ijklmnop'))).toEqual([]);
    expect(cutter.finish()).toEqual([]);
  });
});
