export const GENERATION_CODES = ['J', 'S', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

const CODE_BY_SUFFIX: ReadonlyMap<string, string> = new Map([
  ['JR', 'J'],
  ['JUNIOR', 'J'],
  ['SR', 'S'],
  ['SENIOR', 'S'],
  ['II', '2'],
  ['III', '3'],
  ['IV', '4'],
  ['V', '5'],
  ['VI', '6'],
  ['VII', '7'],
  ['VIII', '8'],
  ['IX', '9'],
]);

/** The code of a name's suffix (`Jr.`, `III`), or null when it has none. */
export function generationCode(suffix: string | null): string | null {
  if (suffix === null) return null;
  const letters = suffix.toUpperCase().replace(/[^A-Z0-9]/g, '');
  if ((GENERATION_CODES as readonly string[]).includes(letters)) return letters;
  return CODE_BY_SUFFIX.get(letters) ?? null;
}
