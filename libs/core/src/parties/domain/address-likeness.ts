import { words } from './name-normalisation.js';

/** A postal address, as sources and people write it. */
export interface PostalAddress {
  readonly line1: string;
  readonly line2: string | null;
  readonly city: string;
  readonly region: string;
  readonly postalCode: string;
  readonly country: string;
}

/** Words of streets that are written in full or short, in English and in French. */
const SHORT: Readonly<Record<string, string>> = {
  ...{ street: 'st', avenue: 'ave', av: 'ave', road: 'rd', drive: 'dr', lane: 'ln', court: 'ct', place: 'pl' },
  ...{ boulevard: 'blvd', highway: 'hwy', crescent: 'cres', square: 'sq', terrace: 'ter', parkway: 'pkwy' },
  ...{ apartment: 'apt', suite: 'ste', unit: 'apt', flat: 'apt', appartement: 'apt', app: 'apt', chemin: 'ch' },
  ...{ north: 'n', south: 's', east: 'e', west: 'w', nord: 'n', sud: 's', est: 'e', ouest: 'o' },
};
const ZIP = 5;

/** What two spellings of one address have in common: country, postal code, and the words of its lines without order of lines. */
export function addressKey(address: PostalAddress): string {
  const lines = words(`${address.line1} ${address.line2 ?? ''}`.replaceAll('#', ' apt ')).map(
    (word) => SHORT[word] ?? word,
  );
  return [address.country, postalKey(address), [...new Set(lines)].sort().join(' ')].join('|');
}

/** The postal code without blanks; of a ZIP code its first five digits. */
function postalKey({ country, postalCode }: PostalAddress): string {
  const code = postalCode.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();
  return country === 'US' ? code.slice(0, ZIP) : code;
}
