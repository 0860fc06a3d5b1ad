import type { DecodeContext, PartnerRecord } from '@concord/plugin-sdk';
import type { AimSettings } from '../settings.js';
import { detailsOf } from './details.js';
import { amountIn, readRecords, textIn, type Read } from './read-records.js';
import { statementKey } from './statement-key.js';

const ASSET = {
  debtor: 'debtorNumber',
  assetId: 'assetId',
  name: 'name',
  description: 'description',
  valueVerified: 'valueVerified',
  lienVerified: 'lienVerified',
} as const;

/**
 * Reads what the agency found that a debtor owns, for a person to decide about. Each record is a statement: the same one
 * again says nothing new, another value does.
 */
export function decodeAssets(
  bytes: AsyncIterable<Uint8Array>,
  context: DecodeContext<AimSettings>,
): AsyncIterable<Read> {
  return readRecords('assets', bytes, context, ({ record, reference }) => ({
    kind: 'asset-found',
    naturalKey: statementKey(record, reference),
    reference,
    details: { ...detailsOf(record, ASSET), ...typeOf(record, context.settings), ...worthOf(record, context.settings) },
  }));
}

/** What kind of asset it is: in the words agreed with the agency, or else its own id. */
function typeOf(record: PartnerRecord, { assetTypes }: AimSettings): { readonly assetType?: string } {
  const id = textIn(record, 'assetTypeId');
  if (id === '') return {};
  return { assetType: Object.hasOwn(assetTypes, id) ? (assetTypes[id] ?? id) : id };
}

/** Value and lien in minor units; a record that states neither names no currency. */
function worthOf(record: PartnerRecord, { currency }: AimSettings): { readonly [detail: string]: string } {
  const value = amountIn(record, 'value');
  const lien = amountIn(record, 'lienValue');
  if (value === null && lien === null) return {};
  return {
    ...(value === null ? {} : { valueMinor: String(value) }),
    ...(lien === null ? {} : { lienMinor: String(lien) }),
    currency,
  };
}
