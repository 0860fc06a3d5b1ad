import type { FileLayout } from '@concord/plugin-sdk/codec';

/** The partner's answer to one of our files. Invented, like the file that it answers. */
export const ANSWERS: FileLayout = {
  name: 'answers',
  characterSet: 'ascii',
  delimiter: 'lf',
  maxRecordLength: 80,
  header: {
    name: 'header',
    length: 80,
    recognise: { start: 1, value: 'H' },
    fields: [
      { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'H' },
      { name: 'Date Created', start: 2, length: 8, type: 'date', pattern: 'CCYYMMDD', required: true },
      { name: 'Answered File', start: 10, length: 60, type: 'text', required: true },
      { name: 'Result', start: 70, length: 1, type: 'text', codes: ['P', 'R'], required: true },
      { name: 'Reserved', start: 71, length: 10, type: 'filler' },
    ],
  },
  records: [
    {
      name: 'refusal',
      length: 80,
      recognise: { start: 1, value: 'R' },
      fields: [
        { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'R' },
        { name: 'Reference', start: 2, length: 12, type: 'digits', required: true },
        { name: 'Code', start: 14, length: 4, type: 'text', required: true },
        { name: 'Message', start: 18, length: 60, type: 'text' },
        { name: 'Reserved', start: 78, length: 3, type: 'filler' },
      ],
    },
  ],
  trailer: {
    name: 'trailer',
    length: 80,
    recognise: { start: 1, value: 'T' },
    fields: [
      { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'T' },
      { name: 'Refused', start: 2, length: 9, type: 'number', total: { count: 'records' } },
      { name: 'Accepted', start: 11, length: 9, type: 'number' },
      { name: 'Reserved', start: 20, length: 61, type: 'filler' },
    ],
  },
};
