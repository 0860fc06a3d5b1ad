import type { FileLayout } from '@concord/plugin-sdk/codec';
import { METRO2 } from '../file.js';
import { PACKED_BASE } from './base.js';
import { PACKED_HEADER } from './header.js';
import { PACKED_TRAILER } from './trailer.js';

/**
 * A Metro 2 file in packed form: header, base and trailer of 366 bytes, numbers and dates of base and trailer packed, two
 * digits a byte. Nothing can end a record, because a packed number may look like a line end.
 */
export const METRO2_PACKED: FileLayout = {
  ...METRO2,
  name: 'metro2-packed',
  delimiter: 'none',
  header: PACKED_HEADER,
  records: [PACKED_BASE],
  trailer: PACKED_TRAILER,
};
