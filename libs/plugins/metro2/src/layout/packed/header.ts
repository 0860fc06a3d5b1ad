import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { HEADER } from '../header.js';
import { PACKED_DESCRIPTOR_WORD } from './packed-fields.js';

/** The header of the packed form: the character form to position 280, dates and telephone in characters too. */
export const PACKED_HEADER: RecordLayout = {
  ...HEADER,
  length: 366,
  fields: [
    ...PACKED_DESCRIPTOR_WORD,
    ...HEADER.fields.filter(({ start }) => start >= 5 && start < 281),
    { name: 'Reserved', start: 281, length: 86, type: 'filler' },
  ],
};
