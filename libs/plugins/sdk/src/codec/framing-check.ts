import { hasBinaryContent } from './binary-content.js';
import { hasLineEnd } from './character-set.js';
import { packedDigits } from './packed-decimal.js';
import type { Report } from './layout-fault.js';
import { LONGEST_BLOCK, type BlocksLayout, type FileLayout, type RecordLayout } from './layout.js';
import { recordPlaces } from './record-places.js';

const MOST_WORD = { digits: 7, binary: 4 } as const;
const MOST_ZEROS = 8;

/** Checks how a layout tells its records apart: line ends, blocks, and what binary content leaves of both. */
export function checkFraming(layout: FileLayout, characters: string, report: Report): void {
  const { delimiter, blocks } = layout;
  if (!hasLineEnd(characters, delimiter)) report(['delimiter'], `${layout.characterSet} has no such line end`);
  if (blocks !== undefined) checkBlocks(blocks, layout, report);
  if (!hasBinaryContent(layout)) return;
  const named = new Set<string>();
  for (const { record, path } of recordPlaces(layout)) {
    // Where any byte may be part of a value, a line end can't say where a record ends.
    if (record.cutBlanks === true) report([...path, 'cutBlanks'], 'can not be: the layout has binary content');
    if (record.openEnd === true) report([...path, 'openEnd'], 'can not be: the layout has binary content');
    if (record.segments === undefined || named.has(record.name)) continue;
    named.add(record.name);
    if (!record.fields.some((field) => field.type === 'record-length')) {
      report([...path, 'segments'], 'need a record-length field: the layout has binary content');
    }
  }
  if (blocks !== undefined && delimiter !== 'none')
    report(['delimiter'], 'must be none between blocks with binary content');
}

function checkBlocks(blocks: BlocksLayout, layout: FileLayout, report: Report): void {
  const { word, length, zeros = 0, recordsPerBlock, maxBlockLength } = blocks;
  if (length < 1 || length > MOST_WORD[word]) {
    report(['blocks', 'length'], `of a word of ${word} may be 1 to ${MOST_WORD[word]}`);
  }
  if (zeros < 0 || zeros > MOST_ZEROS) report(['blocks', 'zeros'], `may be at most ${MOST_ZEROS}`);
  if (zeros > 0 && word === 'digits') report(['blocks', 'zeros'], 'stand behind a binary word only');
  if (recordsPerBlock === undefined && maxBlockLength === undefined) {
    report(['blocks'], 'need recordsPerBlock or maxBlockLength');
  }
  if (recordsPerBlock !== undefined && recordsPerBlock < 1) report(['blocks', 'recordsPerBlock'], 'must be 1 or more');
  if (maxBlockLength !== undefined && maxBlockLength > LONGEST_BLOCK) {
    report(['blocks', 'maxBlockLength'], `may be at most ${LONGEST_BLOCK}`);
  }
  const stated = word === 'digits' ? 10 ** length - 1 : 2 ** (8 * length) - 1;
  const room = Math.min(maxBlockLength ?? LONGEST_BLOCK, stated) - length - zeros;
  for (const { record, path } of recordPlaces(layout)) {
    if (record.length > room)
      report([...path, 'length'], `does not fit into a block, which has room for ${room} bytes`);
    if (record.cutBlanks === true || record.openEnd === true) {
      report([...path, record.openEnd === true ? 'openEnd' : 'cutBlanks'], 'can not be in a block');
    }
  }
}

/** A record's own length word must be able to state the longest record of its type. */
export function checkLengthWord(
  layout: FileLayout,
  record: RecordLayout,
  path: readonly (string | number)[],
  report: Report,
): void {
  const index = record.fields.findIndex((field) => field.type === 'record-length');
  const field = record.fields[index];
  if (field === undefined || field.type !== 'record-length') return;
  if (record.fields.findLastIndex((other) => other.type === 'record-length') !== index) {
    report([...path, 'fields'], 'a record states its length once');
  }
  const varies = record.segments !== undefined || record.groups?.some(({ occurs }) => typeof occurs !== 'number');
  const longest = varies === true ? layout.maxRecordLength : record.length;
  const digits = field.encoding === 'packed' ? packedDigits(field.length) : field.length;
  const most = field.encoding === 'binary' ? 2 ** (8 * field.length) - 1 : 10 ** digits - 1;
  if (longest > most) report([...path, 'fields', index], `${field.name} can't state ${longest} bytes`);
}
