const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Digits of base 36 that 128 bits need. */
const LENGTH = 25;

/**
 * A ledger entry's id in AIM's 30 characters: the UUID's 128 bits in base 36, 25 digits and capitals. One to one, so that
 * no two entries share it and the agency's question about one leads back to its entry. An id of another form stays as it is.
 */
export function paymentIdentifier(entryId: string): string {
  if (!UUID.test(entryId)) return entryId;
  return BigInt(`0x${entryId.replaceAll('-', '')}`)
    .toString(36)
    .toUpperCase()
    .padStart(LENGTH, '0');
}
