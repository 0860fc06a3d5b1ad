import type { Change, EncodeContext, PartnerRecord } from '@concord/plugin-sdk';
import { placementIn } from '../content.js';
import { formatOf } from '../formats.js';
import type { AimSettings } from '../settings.js';
import { balanceColumns } from './columns.js';
import { debtorRecords } from './debtor-record.js';
import { accountDates, factRecords } from './fact-records.js';
import { itemisationRecords } from './itemisation.js';
import { phoneRecords } from './phone-records.js';
import { writeChanges } from './write-changes.js';

/** The largest total that the trailer's twelve positions carry, in cents. */
const LARGEST_TOTAL = 99_999_999_999;

/** Writes a placement file: each account with its debtors, their phones, its itemisation and facts, all of it or nothing. */
export async function* encodePlacements(
  changes: AsyncIterable<Change>,
  context: EncodeContext<AimSettings>,
): AsyncGenerator<Uint8Array> {
  const { settings, identifiers } = context;
  const debtorRecord = debtorRecords(settings.debtor);
  let total = 0;
  let added = 0;
  const recordsOf = (change: Change): readonly PartnerRecord[] => {
    const { account, charges, debtors, facts = {}, itemisation, lastPaidOn } = placementIn(change.content);
    const fileNumber = change.reference;
    return [
      {
        recordType: 'CACT',
        fileNumber,
        account,
        ...balanceColumns(charges, change.amountMinor, settings),
        lastPaidDate: lastPaidOn,
        ...accountDates(facts, settings),
      },
      ...debtors.map((debtor, index) => debtorRecord(debtor, index + 1, fileNumber, identifiers)),
      ...phoneRecords(debtors, fileNumber, settings),
      ...(itemisation === null ? [] : itemisationRecords(itemisation, fileNumber, account, settings)),
      ...factRecords(facts, fileNumber, account, settings),
    ];
  };
  yield* writeChanges(
    changes,
    context,
    formatOf('placements', settings),
    (change) => {
      added = 0;
      if (total + change.amountMinor > LARGEST_TOTAL) {
        return { refused: { rule: 'total', message: "The account would exceed what the file's total can carry" } };
      }
      added = change.amountMinor;
      total += added;
      return { records: recordsOf(change) };
    },
    () => {
      total -= added;
    },
  );
}
