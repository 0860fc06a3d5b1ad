import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { date, filler, money, number9, recordType, signedMoney, text } from './fields.js';

/** AACK and AREC: an account as the agency took it in, and as it stands there. Both have the same positions. */
function account(name: string, type: string): RecordLayout {
  const reconciliation = type === 'AREC';
  return {
    name,
    length: 126,
    recognise: { start: 1, value: type },
    cutBlanks: true,
    fields: [
      recordType(type),
      number9('file_number', 5, true),
      text('account', 14, 30),
      money('original balance', 44),
      date('received date', 56),
      signedMoney('current balance', 64, reconciliation),
      date('last payment date', 76),
      money('last payment amount', 84),
      filler(96, 31),
    ],
  };
}

export const AACK = account('acknowledgement', 'AACK');
export const AREC = account('reconciliation', 'AREC');
