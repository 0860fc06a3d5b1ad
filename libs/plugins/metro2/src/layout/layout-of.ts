import type { FileLayout } from '@concord/plugin-sdk/codec';
import type { Metro2Settings } from '../settings.js';
import { blocked } from './blocked.js';
import { METRO2_CANADA } from './canada.js';
import { METRO2 } from './file.js';
import { METRO2_PACKED } from './packed/file.js';

/** The table of the file under these settings. The reserved segments of fixed records are not part of it. */
export function layoutOf({ country, form, recordsPerBlock }: Metro2Settings): FileLayout {
  const layout = form === 'packed' ? METRO2_PACKED : country === 'CA' ? METRO2_CANADA : METRO2;
  return recordsPerBlock === undefined ? layout : blocked(layout, form, recordsPerBlock);
}
