import type { PartnerRecord } from '@concord/plugin-sdk';
import type { PlacedDebtor } from '../content.js';
import { nineDigits } from '../numbers.js';
import type { AimSettings } from '../settings.js';

/**
 * The telephone numbers of placed debtors, where the agency takes them as records of their own. The office knows one number
 * a debtor and not of which kind it is: type, status and source are what it agreed on with the agency. Never on hold: whom
 * nobody may call is not placed.
 */
export function phoneRecords(
  debtors: readonly PlacedDebtor[],
  fileNumber: string,
  { phones }: AimSettings,
): readonly PartnerRecord[] {
  if (phones === undefined) return [];
  return debtors.flatMap(({ number, telephone }) =>
    telephone === null || telephone === ''
      ? []
      : [
          {
            recordType: 'CUPP',
            debtorNumber: nineDigits(number),
            fileNumber,
            phoneType: phones.type,
            phoneStatus: phones.status,
            onHold: '0',
            number: telephone,
            source: phones.source ?? null,
          },
        ],
  );
}
