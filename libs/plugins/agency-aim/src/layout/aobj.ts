import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, filler, number9, recordType, text } from './fields.js';

/** AOBJ, the agency objects to a recall. */
export const AOBJ: RecordLayout = {
  name: 'objection',
  length: 102,
  recognise: { start: 1, value: 'AOBJ' },
  cutBlanks: true,
  fields: [
    recordType('AOBJ'),
    number9('file_number', 5, true),
    text('account', 14, 30),
    text('objection reason', 44, 3),
    date('date', 47),
    filler(55, 48),
  ],
};
