import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, money, number9, recordType, text } from './fields.js';

/** CPAY, a direct payment or an adjustment that the agency must know of. */
export const CPAY: RecordLayout = {
  name: 'payment',
  length: 222,
  recognise: { start: 1, value: 'CPAY' },
  fields: [
    recordType('CPAY'),
    number9('file_number', 5, true),
    text('account', 14, 30, true),
    money('principal', 44),
    money('interest', 56),
    money('other3', 68),
    money('other4', 80),
    money('other5', 92),
    money('other6', 104),
    money('other7', 116),
    money('other8', 128),
    money('other9', 140),
    date('payment_date', 152, true),
    text('batch_type', 160, 3, true),
    text('payment_identifier', 163, 30, true),
    text('comment', 193, 30),
  ],
};
