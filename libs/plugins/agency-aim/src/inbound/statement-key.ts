import { createHash } from 'node:crypto';
import type { PartnerRecord } from '@concord/plugin-sdk';

/**
 * Natural key of a statement that has no id of its own: its record type, its account, and a digest of all that it says. The
 * same statement in a corrected file is the same; one word more is another. Nothing personal can be read from it.
 */
export function statementKey(record: PartnerRecord, reference: string): string {
  const digest = createHash('sha256').update(JSON.stringify(record)).digest('hex').slice(0, 32);
  return `${String(record['recordType'])}:${reference}:${digest}`;
}
