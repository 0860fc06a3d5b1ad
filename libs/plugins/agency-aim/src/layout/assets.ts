import type { RecordLayout } from '@concord/plugin-sdk/codec';
import { filler, money, number9, recordType, text } from './fields.js';

/**
 * CAST and AAST: something that a debtor owns. Both have the same positions. What the type ids and the flags may say is not
 * public: any character is taken.
 */
function asset(type: string): RecordLayout {
  return {
    name: 'asset',
    length: 3000,
    recognise: { start: 1, value: type },
    // The office's records are written whole; agencies may cut the blanks at the end of theirs.
    ...(type === 'AAST' ? { cutBlanks: true } : {}),
    fields: [
      recordType(type),
      number9('debtor_number', 5, true),
      number9('file_number', 14, true),
      text('asset_id', 23, 9),
      text('asset_type_id', 32, 9),
      text('name', 41, 50),
      text('description', 91, 200),
      money('value', 291),
      money('lien value', 303),
      text('value verified', 315, 1),
      text('lien verified', 316, 1),
      filler(317, 2684),
    ],
  };
}

export const CAST = asset('CAST');
export const AAST = asset('AAST');
