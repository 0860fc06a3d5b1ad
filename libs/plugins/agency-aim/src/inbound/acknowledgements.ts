import type { DecodeContext } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';
import { amountIn, readRecords, textIn, type Read } from './read-records.js';

/** Reads acknowledgements: the agency took an account in, with the balance that it has there. */
export function decodeAcknowledgements(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('acknowledgements', bytes, context, ({ record, reference }) => {
    const amountMinor = amountIn(record, 'originalBalance');
    return {
      kind: 'accepted',
      naturalKey: `AACK:${reference}:${textIn(record, 'receivedDate')}:${amountMinor ?? ''}`,
      reference,
      answerTo: null,
      amountMinor,
    };
  });
}
