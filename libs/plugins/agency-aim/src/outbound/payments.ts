import type { Change, EncodeContext, PartnerRecord } from '@concord/plugin-sdk';
import { placementIn } from '../content.js';
import { formatOf } from '../formats.js';
import type { AimSettings } from '../settings.js';
import { batchOf } from './batch-type.js';
import { entryColumns } from './columns.js';
import { paymentIdentifier } from './payment-identifier.js';
import { writeChanges } from './write-changes.js';

/** Writes what was paid, charged or credited at the office since, one record a ledger entry. */
export async function* encodePayments(
  changes: AsyncIterable<Change>,
  context: EncodeContext<AimSettings>,
): AsyncGenerator<Uint8Array> {
  const { settings } = context;
  yield* writeChanges(changes, context, formatOf('payments', settings), (change) => ({
    records: recordOf(change, settings),
  }));
}

function recordOf({ entry, reference, content, sequence }: Change, settings: AimSettings): PartnerRecord {
  if (entry === null) throw new Error(`Change ${sequence} tells no ledger entry`);
  return {
    recordType: 'CPAY',
    fileNumber: reference,
    account: placementIn(content).account,
    ...entryColumns(entry, settings),
    paymentDate: entry.effectiveOn,
    batchType: settings.batchTypes[batchOf(entry)],
    paymentIdentifier: paymentIdentifier(entry.id),
  };
}
