const LENGTH = 9;

/**
 * A number of Concord as AIM's integers of nine digits: leading zeros taken off and put back. A number of more digits
 * stays as it is: no file can carry it, and the layout says so.
 */
export function nineDigits(number: string): string {
  return number.replace(/^0+/, '').padStart(LENGTH, '0');
}
