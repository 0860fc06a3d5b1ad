import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, filler, number9, recordType, text } from './fields.js';

/** AUAD, a new address of a debtor. */
export const AUAD: RecordLayout = {
  name: 'address',
  length: 628,
  recognise: { start: 1, value: 'AUAD' },
  cutBlanks: true,
  fields: [
    recordType('AUAD'),
    number9('debtor_number', 5, true),
    number9('file_number', 14, true),
    text('new street 1', 23, 128),
    text('new street 2', 151, 128),
    text('new city', 279, 30),
    text('new state', 309, 3),
    text('new ZIP', 312, 10),
    text('old street 1', 322, 128),
    text('old street 2', 450, 128),
    text('old city', 578, 30),
    text('old state', 608, 3),
    text('old ZIP', 611, 10),
    date('date', 621),
  ],
};

/** What the digit of AUPH's phone type stands for; 2 is unconfirmed. */
export const PHONE_TYPES: Readonly<Record<string, string>> = {
  '1': 'home',
  '2': 'work',
  '3': 'cell',
  '4': 'fax',
  '5': 'spouse home',
  '6': 'spouse work',
};

/** AUPH, a new telephone number of a debtor. */
export const AUPH: RecordLayout = {
  name: 'phone',
  length: 628,
  recognise: { start: 1, value: 'AUPH' },
  cutBlanks: true,
  fields: [
    recordType('AUPH'),
    number9('debtor_number', 5, true),
    number9('file_number', 14, true),
    text('phone type', 23, 1),
    text('new number', 24, 30),
    text('old number', 54, 30),
    date('date', 84),
    filler(92, 537),
  ],
};
