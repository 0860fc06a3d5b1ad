import type { FileLayout } from '@concord/plugin-sdk/codec';

/**
 * The file that we send, line by line as the partner's document has it. Invented: put the partner's own table here, and say
 * on the plugin's page which edition of its document it was checked against.
 */
export const PLACEMENTS: FileLayout = {
  name: 'placements',
  characterSet: 'ascii',
  delimiter: 'lf',
  maxRecordLength: 160,
  header: {
    name: 'header',
    length: 160,
    recognise: { start: 1, value: 'H' },
    fields: [
      { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'H' },
      { name: 'Date Created', start: 2, length: 8, type: 'date', pattern: 'CCYYMMDD', required: true },
      { name: 'Office Code', start: 10, length: 10, type: 'text', required: true },
      { name: 'File Name', start: 20, length: 60, type: 'text', required: true },
      { name: 'Reserved', start: 80, length: 81, type: 'filler' },
    ],
  },
  records: [
    {
      name: 'placement',
      length: 160,
      recognise: { start: 1, value: 'D' },
      fields: [
        { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'D' },
        { name: 'Action', start: 2, length: 1, type: 'text', codes: ['P', 'R'], required: true },
        { name: 'Reference', start: 3, length: 12, type: 'digits', required: true },
        { name: 'Amount', start: 15, length: 12, type: 'money', decimals: 2, required: true },
        { name: 'Surname', start: 27, length: 30, type: 'text', truncate: true, required: true, sensitive: true },
        { name: 'First Name', start: 57, length: 20, type: 'text', truncate: true, sensitive: true },
        { name: 'Street', start: 77, length: 40, type: 'text', truncate: true, sensitive: true },
        { name: 'City', start: 117, length: 25, type: 'text', truncate: true, sensitive: true },
        { name: 'Region', start: 142, length: 3, type: 'text', truncate: true },
        { name: 'Postal Code', start: 145, length: 10, type: 'text', truncate: true, sensitive: true },
        { name: 'Reserved', start: 155, length: 6, type: 'filler' },
      ],
    },
  ],
  trailer: {
    name: 'trailer',
    length: 160,
    recognise: { start: 1, value: 'T' },
    fields: [
      { name: 'Record Type', start: 1, length: 1, type: 'constant', value: 'T' },
      { name: 'Record Count', start: 2, length: 9, type: 'number', total: { count: 'records' } },
      {
        name: 'Amount Total',
        start: 11,
        length: 15,
        type: 'money',
        decimals: 2,
        total: { count: 'sum', places: ['placement.amount'] },
      },
      { name: 'Reserved', start: 26, length: 135, type: 'filler' },
    ],
  },
};
