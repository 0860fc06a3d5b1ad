import type { PartnerRecord } from '@concord/plugin-sdk';
import { textIn } from './read-records.js';

/** What a record says, under the names of findings; what is blank is left out. */
export function detailsOf(
  record: PartnerRecord,
  keys: { readonly [detail: string]: string },
): { readonly [detail: string]: string } {
  const entries = Object.entries(keys).map(([detail, key]) => [detail, textIn(record, key)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}
