/** An amount in cents as AIM files write it, without filling: the decimal point before the last two digits. */
export function written(minor: number): string {
  const digits = String(Math.abs(minor)).padStart(3, '0');
  return `${minor < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}
