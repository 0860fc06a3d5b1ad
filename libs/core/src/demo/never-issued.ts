/**
 * Numbers for invented people that no living person can hold.
 *
 * Social Security numbers with an area from 900 to 999 are not issued. Part of that range serves as taxpayer numbers
 * (ITIN), but only with the groups 50-65, 70-88, 90-92 and 94-99; so the groups 01 to 49 belong to nobody. The ten
 * numbers reserved for advertising (987-65-4320 to -4329) would be too few: equal numbers would make strangers one.
 */
const GROUPS = 49;
const SERIALS = 9_999;
/** Areas that one office uses; three offices share 900 to 998, so that no number occurs in two of them. */
const AREAS = 33;

/** A prime without a factor in common with either range: walking in its steps visits each number once. */
const STEP = 1_299_709;

/**
 * @param index from 0; each index below 16,168,383 gives another number.
 * @param firstArea first of the 33 areas used, 900 to 966.
 */
export function neverIssuedSsn(index: number, firstArea: number): string {
  const place = (index * STEP) % (AREAS * GROUPS * SERIALS);
  const area = firstArea + Math.floor(place / (GROUPS * SERIALS));
  const group = 1 + (Math.floor(place / SERIALS) % GROUPS);
  const serial = 1 + (place % SERIALS);
  return `${area}${digits(group, 2)}${digits(serial, 4)}`;
}

/**
 * A Social Insurance number that begins with 0, which is not issued to persons, with a right check digit.
 *
 * @param index from 0; each index below 9,999,999 gives another number.
 */
export function neverIssuedSin(index: number): string {
  const eight = digits(1 + ((index * STEP) % 9_999_999), 8);
  let sum = 0;
  for (let place = 0; place < 8; place += 1) {
    const doubled = Number(eight[place]) * (place % 2 === 0 ? 1 : 2);
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return `${eight}${(10 - (sum % 10)) % 10}`;
}

function digits(value: number, length: number): string {
  return value.toString().padStart(length, '0');
}
