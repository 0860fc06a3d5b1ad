import type { DecodeContext, FileFault } from '@concord/plugin-sdk';
import { BUCKETS, PAYMENT, REVERSAL } from '../layout/apay.js';
import type { AimSettings } from '../settings.js';
import { PaymentsSeen } from './payments-seen.js';
import { amountIn, readRecords, textIn, type Line, type Read } from './read-records.js';

/** Payments of one file that are held against each other. */
export const MOST_PAYMENTS = 500_000;

/**
 * Reads the payments that the agency took, and those that it takes back. A reversal names the payment by its own
 * identifier, which is unconfirmed.
 */
export async function* decodeAgencyPayments(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
  most = MOST_PAYMENTS,
): AsyncGenerator<Read> {
  const seen = new PaymentsSeen(most);
  const read = (line: Line): Read => paymentIn(line, context.settings, seen);
  for await (const item of readRecords('agencyPayments', bytes, context, read)) {
    yield item;
    if (!seen.full) continue;
    yield { fault: tooMany(context.fileName, most) };
    return;
  }
}

function paymentIn(line: Line, settings: AimSettings, seen: PaymentsSeen): Read {
  const { record, reference } = line;
  const identifier = textIn(record, 'paymentIdentifier');
  const stated = amountIn(record, 'paymentAmount') ?? 0;
  const keyOf = (type: string): string => `APAY:${type}:${reference}:${identifier}`;
  const type = textIn(record, 'type');
  const naturalKey = keyOf(type);
  if (seen.amountOf(naturalKey) !== undefined) {
    return line.fault('repeated', 'paymentIdentifier', 'The file has this payment or reversal already');
  }
  const opposite = seen.amountOf(keyOf(type === PAYMENT ? REVERSAL : PAYMENT));
  if (opposite !== undefined && opposite !== stated) {
    return line.fault('unmatched', 'paymentAmount', 'A payment and its reversal in one file differ in their amounts');
  }
  const parts = partsOf(line, stated, settings);
  if ('fault' in parts) return parts;
  seen.add(naturalKey, stated);
  const { amountMinor, commissionMinor } = parts;
  const { currency } = settings;
  const on = textIn(record, 'paymentDate');
  const common = { naturalKey, reference, amountMinor, currency, commissionMinor };
  return type === PAYMENT
    ? { ...common, kind: 'paid', paidOn: on }
    : { ...common, kind: 'payment-reversed', reverses: keyOf(PAYMENT), reversedOn: on };
}

interface Parts {
  /** What the debtor paid. */
  readonly amountMinor: number;
  readonly commissionMinor: number;
}

function partsOf(line: Line, stated: number, { commission }: AimSettings): Parts | { readonly fault: FileFault } {
  if (commission.remits === 'gross') return { amountMinor: stated, commissionMinor: 0 };
  const bucket = `bucket${BUCKETS[commission.commissionBucket - 1] ?? 1}`;
  const kept = amountIn(line.record, bucket);
  if (kept === null) return line.fault('required', bucket, 'The bucket agreed for the commission is blank');
  if (kept < 0) return line.fault('number', bucket, 'The commission must not be negative');
  const amountMinor = commission.amountIs === 'collected' ? stated : stated + kept;
  if (kept > amountMinor) return line.fault('commission', bucket, 'The commission is more than what was collected');
  return { amountMinor, commissionMinor: kept };
}

function tooMany(file: string, most: number): FileFault {
  const message = `The file has ${most} payments or more; no more can be held against each other`;
  return { severity: 'file', file, record: null, field: null, position: null, value: null, rule: 'too-many', message };
}
