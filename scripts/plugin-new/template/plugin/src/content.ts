import type { PartySnapshot, PositionContent } from '@concord/plugin-sdk';

/**
 * What a position says of the debtor: kept as JSON, compared with what the partner was last told, and never with an
 * identifier in it. A partner who needs one gets a reference here (`{ identifier }`), resolved while a file is encoded.
 */
export function contentOf({ surname, firstName, address }: PartySnapshot): PositionContent {
  return {
    surname,
    firstName,
    street: address?.line1 ?? null,
    city: address?.city ?? null,
    region: address?.region ?? null,
    postalCode: address?.postalCode ?? null,
  };
}
