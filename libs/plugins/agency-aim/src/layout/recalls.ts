import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, filler, number9, recordType, text } from './fields.js';

/** CPEN and CFIN: an account is called back, with time to object or for good. */
function recall(name: string, type: string): RecordLayout {
  return {
    name,
    length: 102,
    recognise: { start: 1, value: type },
    fields: [
      recordType(type),
      number9('file_number', 5, true),
      text('account', 14, 30, true),
      text('recall reason', 44, 3, true),
      // 19000101 where there is no time to object.
      { ...date('last date to object', 47), writeNone: true },
      filler(55, 48),
    ],
  };
}

export const CPEN = recall('recall-pending', 'CPEN');
export const CFIN = recall('recall-final', 'CFIN');
