import type { DecodeContext, Finding } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';
import { readRecords, textIn, type Line, type Read } from './read-records.js';
import { statementKey } from './statement-key.js';
import { detailsOf } from './details.js';

/** Reads statuses and notes. A code that nobody agreed on is shown to a person, with its note. */
export function decodeStatuses(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('statuses', bytes, context, (line) => statusIn(line, context.settings));
}

function statusIn({ record, reference }: Line, { statusCodes }: AimSettings): Finding {
  const code = textIn(record, 'statusCode');
  const note = textIn(record, 'note');
  const on = textIn(record, 'noteDate');
  const agreed = Object.hasOwn(statusCodes, code) ? statusCodes[code] : undefined;
  const as = agreed?.as ?? 'status-reported';
  const common = { naturalKey: statementKey(record, reference), reference };
  const details = {
    ...detailsOf(record, { debtor: 'debtorNumber', note: 'note', queue: 'notificationQueue' }),
    ...agreed?.details,
    code,
  };
  switch (as) {
    case 'accepted':
      return { ...common, kind: as, answerTo: null };
    case 'refused':
      return { ...common, kind: as, answerTo: null, code, message: note, field: null };
    case 'disputed':
    case 'insolvent':
    case 'deceased':
    case 'active-duty':
      return { ...common, kind: as, on: on === '' ? null : on, details };
    case 'placement-returned':
    case 'status-reported':
      return { ...common, kind: as, details: on === '' ? details : { ...details, on } };
  }
}
