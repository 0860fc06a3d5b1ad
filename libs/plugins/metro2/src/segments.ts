import type { EncodeContext, PartnerRecord } from '@concord/plugin-sdk';
import { DELETE_CONSUMER } from './codes/ecoa.js';
import { PURCHASED_FROM, REMOVE_PURCHASE } from './codes/segment-indicators.js';
import { addressFields, consumerFields } from './consumer-fields.js';
import type { AssociatedConsumer, Tradeline } from './content.js';
import { markCodesOf } from './marks.js';
import type { Metro2Settings } from './settings.js';

/**
 * The segments of a tradeline in the order that the format prescribes: consumers at the same address (J1), the others (J2),
 * the original creditor (K1), the seller (K2).
 *
 * What the bureau was told `before` and what is no more is taken off once, by name: a consumer, a consumer's bankruptcy, a
 * purchase. A bureau keeps each until it is told otherwise. The other segments (K3, K4, L1, N1) say what no case knows.
 */
export function segmentsOf(
  line: Tradeline,
  before: Tradeline | null,
  context: EncodeContext<Metro2Settings>,
): PartnerRecord[] {
  const consumers = [...line.associated, ...goneFrom(line, before)];
  const segments = consumers.map((other) => consumerSegment(other, before, context));
  return [
    ...segments.filter(({ segmentIdentifier }) => segmentIdentifier === 'J1'),
    ...segments.filter(({ segmentIdentifier }) => segmentIdentifier === 'J2'),
    ...creditorSegment(line),
    ...purchaseSegment(line, before),
  ];
}

/** Those who were told and are no longer on the account, to be deleted from it. */
function goneFrom(line: Tradeline, before: Tradeline | null): AssociatedConsumer[] {
  const staying = new Set([line.primary, ...line.associated].map(({ party }) => party));
  const gone = (before?.associated ?? []).filter(({ party }) => !staying.has(party));
  return gone.map((other) => ({ ...other, ecoa: DELETE_CONSUMER }));
}

function consumerSegment(
  other: AssociatedConsumer,
  before: Tradeline | null,
  { identifiers, settings }: EncodeContext<Metro2Settings>,
): PartnerRecord {
  const told = before?.associated.find(({ party }) => party === other.party);
  const { bankruptcyOver } = markCodesOf(settings);
  return {
    segmentIdentifier: other.address === null ? 'J1' : 'J2',
    ...consumerFields(other, identifiers),
    consumerInformationIndicator: other.ownInformation ?? removalOf(told?.ownInformation, bankruptcyOver),
    ...addressFields(other.address),
  };
}

function creditorSegment({ originalCreditor }: Tradeline): PartnerRecord[] {
  if (originalCreditor === null) return [];
  const { name, classification } = originalCreditor;
  return [{ segmentIdentifier: 'K1', originalCreditorName: name, creditorClassification: classification }];
}

function purchaseSegment({ purchasedFrom }: Tradeline, before: Tradeline | null): PartnerRecord[] {
  if (purchasedFrom !== undefined) {
    return [{ segmentIdentifier: 'K2', purchasedIndicator: PURCHASED_FROM, purchasedName: purchasedFrom }];
  }
  const told = before?.purchasedFrom;
  if (told === undefined) return [];
  return [{ segmentIdentifier: 'K2', purchasedIndicator: REMOVE_PURCHASE, purchasedName: told }];
}

/** The code that takes off what was told before, or null where nothing was. */
export function removalOf(told: string | null | undefined, code: string | null): string | null {
  return told === null || told === undefined ? null : code;
}
