import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, number9, recordType, text } from './fields.js';

/** ASTS, a status with a note. Which codes there are is agreed: a code must exist at the receiver. */
export const ASTS: RecordLayout = {
  name: 'status',
  length: 111,
  recognise: { start: 1, value: 'ASTS' },
  cutBlanks: true,
  fields: [
    recordType('ASTS'),
    number9('debtor_number', 5),
    number9('file_number', 14, true),
    text('status code', 23, 3, true),
    text('note', 26, 75),
    date('note date', 101),
    text('notification queue', 109, 3),
  ],
};
