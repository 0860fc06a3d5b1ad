import type { DecodeContext } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';
import { detailsOf } from './details.js';
import { readRecords, type Read } from './read-records.js';
import { statementKey } from './statement-key.js';

/** Reads the agency's objections to recalls. A person decides about them. */
export function decodeObjections(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('objections', bytes, context, ({ record, reference }) => ({
    kind: 'recall-contested',
    naturalKey: statementKey(record, reference),
    reference,
    details: detailsOf(record, { code: 'objectionReason', on: 'date' }),
  }));
}
