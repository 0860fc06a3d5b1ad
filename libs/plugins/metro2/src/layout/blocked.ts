import type { BlocksLayout, FileLayout, RecordLayout } from '@concord/plugin-sdk/codec';

const DESCRIPTOR_WORD = 4;
/** What four digits can say. */
const LONGEST_CHARACTER_BLOCK = 9_999;
/** What two binary bytes can say. */
const LONGEST_BINARY_BLOCK = 65_535;

/**
 * The file in blocks, each behind a descriptor word of four bytes that counts itself: four digits in the character form,
 * two binary bytes and two of nothing in the packed one. Block Count is then the number of blocks, header and trailer
 * among them.
 */
export function blocked(layout: FileLayout, form: 'character' | 'packed', recordsPerBlock: number): FileLayout {
  const longest = form === 'packed' ? LONGEST_BINARY_BLOCK : LONGEST_CHARACTER_BLOCK;
  const word: BlocksLayout =
    form === 'packed' ? { word: 'binary', length: 2, zeros: 2 } : { word: 'digits', length: DESCRIPTOR_WORD };
  return {
    ...layout,
    name: `${layout.name}-blocked`,
    delimiter: 'none',
    maxRecordLength: Math.min(layout.maxRecordLength, longest - DESCRIPTOR_WORD),
    blocks: { ...word, recordsPerBlock, maxBlockLength: longest },
    ...(layout.trailer === undefined ? {} : { trailer: countingBlocks(layout.trailer) }),
  };
}

function countingBlocks(trailer: RecordLayout): RecordLayout {
  const fields = trailer.fields.map((field) =>
    field.name === 'Block Count' && field.type === 'number' ? { ...field, total: { count: 'blocks' } as const } : field,
  );
  return { ...trailer, fields };
}
