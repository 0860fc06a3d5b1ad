/**
 * What the batch type of a CPAY does to the balance that the agency holds: PU a payment, PUR its reversal, CR a credit,
 * DC a charge. The codes are agreed between office and agency; these are MADE UP, like those of Concord's example settings.
 */
export const BATCH_TYPES: ReadonlyMap<string, 'lowers' | 'raises'> = new Map([
  ['PU', 'lowers'],
  ['PUR', 'raises'],
  ['CR', 'lowers'],
  ['DC', 'raises'],
]);
