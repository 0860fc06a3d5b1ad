/** Values by position, as `'43-72': 'ACCT1'`; numbers are zero-filled, texts blank-filled. */
export type Places = { readonly [place: string]: string | number };

/** A record of this length with these values in it, for hand-made files in tests. Blank elsewhere. */
export function record(length: number, ...places: readonly Places[]): string {
  const bytes = new Array<string>(length).fill(' ');
  for (const [place, value] of places.flatMap((some) => Object.entries(some))) {
    const [first = 0, end] = place.split('-').map(Number);
    const last = end ?? first;
    const size = last - first + 1;
    const text = typeof value === 'number' ? String(value).padStart(size, '0') : value.padEnd(size);
    if (text.length !== size) throw new Error(`${place} takes ${size} characters, not ${text.length}`);
    bytes.splice(first - 1, size, ...text);
  }
  return bytes.join('');
}
