import { describe, expect, it } from '@jest/globals';
import { inParts, STATEMENTS_IN_PART } from './parts.js';
import type { Statement } from './statements.js';

const accepted = (reference: string): Statement => ({
  kind: 'accepted',
  naturalKey: reference,
  reference,
  answerTo: null,
});
const answered: Statement = {
  kind: 'file-answered',
  naturalKey: 'end',
  answerTo: { fileName: 'f' },
  rest: 'accepted',
  reason: null,
  accepted: null,
  refused: null,
};

/** What the parts of a file hold that comes in frames of these sizes. */
async function partsOf(frames: readonly (readonly Statement[])[]): Promise<Statement[][]> {
  async function* coming(): AsyncGenerator<readonly Statement[]> {
    for (const frame of frames) yield frame;
  }
  const parts: Statement[][] = [];
  for await (const part of inParts(coming())) parts.push(part);
  return parts;
}

const many = (count: number): Statement[] => Array.from({ length: count }, (_, n) => accepted(String(n)));

describe('the parts of a file', () => {
  it('do not depend on the frames in which it comes', async () => {
    const all = many(2 * STATEMENTS_IN_PART + 1);
    const frames: Statement[][] = [];
    for (let from = 0; from < all.length; from += 250) frames.push(all.slice(from, from + 250));
    const parts = await partsOf(frames);
    expect(parts.map(({ length }) => length)).toEqual([STATEMENTS_IN_PART, STATEMENTS_IN_PART, 1]);
    expect(parts.flat()).toEqual(all);
    expect(await partsOf([all])).toEqual(parts);
  });

  it('leave the end of an answer alone, with everything before it in an earlier one', async () => {
    expect(await partsOf([[accepted('a'), answered, accepted('b')], [answered]])).toEqual([
      [accepted('a')],
      [answered],
      [accepted('b')],
      [answered],
    ]);
  });

  it('are none where nothing is said', async () => {
    expect(await partsOf([[], []])).toEqual([]);
  });
});
