import type { PartnerRecord } from '@concord/plugin-sdk';
import type { RecordViolation } from '@concord/plugin-sdk/codec';
import { isDeletion, UNCOUNTED_STATUSES } from './codes/account-status.js';
import { DELETE_CONSUMER } from './codes/ecoa.js';
import { isPresent, segmentsIn } from './record-parts.js';

const CONSUMER_SEGMENTS: ReadonlySet<unknown> = new Set(['J1', 'J2']);

/**
 * Checks what the Canadian tables ask for beyond the other dialect. A deletion, of the account or of one consumer, is never
 * kept back by what is missing.
 *
 * @param confirmed statuses without a trailer counter that the bureau told the office to use
 */
export function checkCanadian(record: PartnerRecord, confirmed: readonly string[], found: RecordViolation[]): void {
  const status = record['accountStatus'];
  if ((UNCOUNTED_STATUSES as readonly unknown[]).includes(status) && !confirmed.includes(String(status))) {
    const message = `No trailer counter counts Account Status ${String(status)}: not used until the bureau confirms it`;
    found.push({ field: 'accountStatus', rule: 'uncounted-status', message });
  }
  if (isDeletion(status)) return;
  checkIdentity(record, '', found);
  for (const segment of segmentsIn(record)) {
    const identifier = segment['segmentIdentifier'];
    if (CONSUMER_SEGMENTS.has(identifier)) checkIdentity(segment, `${String(identifier).toLowerCase()}.`, found);
  }
}

function checkIdentity(consumer: PartnerRecord, prefix: string, found: RecordViolation[]): void {
  if (consumer['ecoaCode'] === DELETE_CONSUMER) return;
  if (!isPresent(consumer['socialSecurityNumber'])) {
    const message = 'In Canada a consumer is reported with the Social Insurance Number';
    found.push({ field: `${prefix}socialSecurityNumber`, rule: 'social-insurance-number', message });
  }
  if (!isPresent(consumer['dateBirth'])) {
    const message = 'In Canada a consumer is reported with the Date of Birth';
    found.push({ field: `${prefix}dateBirth`, rule: 'date-of-birth', message });
  }
}
