import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { MONEY_COLUMNS } from './cact.js';
import { date, filler, recordType, text } from './fields.js';

/** CTRL, the trailer of a placement file. The count leaves out the trailer; the total is over all columns of all CACT. */
export const CTRL: RecordLayout = {
  name: 'trailer',
  length: 3000,
  recognise: { start: 1, value: 'CTRL' },
  fields: [
    recordType('CTRL'),
    text('agency code', 5, 30, true),
    text('agency name', 35, 50, true),
    { name: 'record count', start: 85, length: 10, type: 'number', required: true, total: { count: 'records' } },
    {
      name: 'total',
      start: 95,
      length: 12,
      type: 'money',
      decimals: 2,
      point: true,
      required: true,
      total: { count: 'sum', places: MONEY_COLUMNS.map((column) => `account.${column}`) },
    },
    date('created date', 107, true),
    filler(115, 2886),
  ],
};
