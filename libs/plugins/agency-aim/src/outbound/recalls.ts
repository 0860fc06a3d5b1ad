import type { Change, EncodeContext, PartnerRecord } from '@concord/plugin-sdk';
import { placementIn } from '../content.js';
import { formatOf } from '../formats.js';
import type { AimSettings } from '../settings.js';
import { writeChanges } from './write-changes.js';

/** Writes which accounts the agency must give back: pending while it may object, and then final. */
export async function* encodeRecalls(
  changes: AsyncIterable<Change>,
  context: EncodeContext<AimSettings>,
): AsyncGenerator<Uint8Array> {
  const { settings } = context;
  yield* writeChanges(changes, context, formatOf('recalls', settings), (change) => ({
    records: recordOf(change, settings),
  }));
}

function recordOf({ state, reference, content }: Change, { recallReasons }: AimSettings): PartnerRecord {
  const { account, recall } = placementIn(content);
  const pending = state === 'restrained';
  // What must be gone without a word about why was withdrawn.
  const reason = state === 'absent' ? 'withdrawn' : (recall?.reason ?? 'withdrawn');
  return {
    recordType: pending ? 'CPEN' : 'CFIN',
    fileNumber: reference,
    account,
    recallReason: recallReasons[reason],
    lastDateToObject: pending ? (recall?.objectBy ?? null) : null,
  };
}
