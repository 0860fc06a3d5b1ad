import type { AddressSnapshot, PartySnapshot } from '@concord/plugin-sdk';

type Named = Pick<PartySnapshot, 'firstName' | 'middleName' | 'surname' | 'generation'>;

/** A name as it stands on an envelope. */
export function nameOnEnvelope({ firstName, middleName, surname, generation }: Named): string {
  return [firstName, middleName, surname, generation].filter((part) => part !== null && part !== '').join(' ');
}

/** ISO 3166-1 alpha-2. */
const COUNTRY_CODE = /^[A-Z]{2}$/;

const COUNTRY_NAMES = new Map<string, Intl.DisplayNames>();

/**
 * The lines of an address below the name, as post is addressed in its country. The country stands last where it is not the
 * office's own.
 */
export function addressLines(address: AddressSnapshot, officeCountry: string, language: string): readonly string[] {
  const { line1, line2, city, region, postalCode, country } = address;
  const town = country === 'GB' ? [city, region, postalCode] : [townLine(country, city, region, postalCode)];
  const abroad = country === officeCountry ? [] : [countryName(country, language).toUpperCase()];
  return [line1, line2 ?? '', ...town, ...abroad].filter((line) => line !== '');
}

function townLine(country: string, city: string, region: string, postalCode: string): string {
  const place = [city, region].filter((part) => part !== '');
  return country === 'CA' ? `${place.join(' ')}  ${postalCode}` : `${place.join(', ')} ${postalCode}`;
}

/** The name of a country by its code; what somebody wrote in the place of a code stands as it was written. */
function countryName(country: string, language: string): string {
  if (!COUNTRY_CODE.test(country)) return country;
  let names = COUNTRY_NAMES.get(language);
  if (names === undefined) COUNTRY_NAMES.set(language, (names = new Intl.DisplayNames([language], { type: 'region' })));
  return names.of(country) ?? country;
}

/** An address as one text, by which two writings of the same one are found equal. */
export function addressText({ line1, line2, city, region, postalCode, country }: AddressSnapshot): string {
  return [line1, line2 ?? '', city, region, postalCode.replaceAll(' ', ''), country]
    .map((part) => part.normalize('NFC').trim().replace(/\s+/gu, ' ').toUpperCase())
    .join('\n');
}
