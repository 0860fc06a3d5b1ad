import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, filler, money, number9, recordType, text } from './fields.js';

/** The money columns of an account. Amount due is their sum; what other3 to other9 mean is agreed with the agency. */
export const MONEY_COLUMNS = [
  'principal',
  'interest',
  'other3',
  'other4',
  'other5',
  'other6',
  'other7',
  'other8',
  'other9',
] as const;
export type MoneyColumn = (typeof MONEY_COLUMNS)[number];

/** CACT, the account of a placement. What stands from 192 on is not public: it is left blank, which is unconfirmed. */
export const CACT: RecordLayout = {
  name: 'account',
  length: 3000,
  recognise: { start: 1, value: 'CACT' },
  fields: [
    recordType('CACT'),
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
    date('last_charge date', 152),
    date('last_paid date', 160),
    date('userdate1', 168),
    date('userdate2', 176),
    date('userdate3', 184),
    filler(192, 2809),
  ],
};
