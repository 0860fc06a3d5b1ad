import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, money, number9, recordType, signedMoney, text } from './fields.js';

export const PAYMENT = 'PA';
export const REVERSAL = 'PAR';

/** Buckets of an agency payment. What they mean is agreed with the agency. */
export const BUCKETS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** APAY, a payment that the agency took or takes back: both positive, told apart by their type. More fields follow. */
export const APAY: RecordLayout = {
  name: 'payment',
  length: 222,
  recognise: { start: 1, value: 'APAY' },
  cutBlanks: true,
  openEnd: true,
  fields: [
    recordType('APAY'),
    number9('file_number', 5, true),
    text('account', 14, 30),
    money('payment amount', 44, true),
    date('payment date', 56, true),
    { ...text('type', 64, 3, true), codes: [PAYMENT, REVERSAL] },
    text('payment identifier', 67, 30, true),
    text('comment', 97, 30),
    signedMoney('bucket 1', 127),
    signedMoney('bucket 2', 139),
    signedMoney('bucket 3', 151),
    signedMoney('bucket 4', 163),
    signedMoney('bucket 5', 175),
    signedMoney('bucket 6', 187),
    signedMoney('bucket 7', 199),
    signedMoney('bucket 8', 211),
  ],
};
