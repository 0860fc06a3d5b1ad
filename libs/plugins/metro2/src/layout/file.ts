import type { FileLayout } from '@concord/plugin-sdk/codec';
import { BASE } from './base.js';
import { HEADER } from './header.js';
import { TRAILER } from './trailer.js';

/**
 * A Metro 2 file in character format: fixed records of 426 bytes, the base record followed by its segments on the same
 * line. The record descriptor word has four digits, which bounds a record with all its segments.
 */
export const METRO2: FileLayout = {
  name: 'metro2',
  characterSet: 'ascii',
  delimiter: 'lf',
  maxRecordLength: 9_999,
  upperCase: true,
  header: HEADER,
  records: [BASE],
  trailer: TRAILER,
};
