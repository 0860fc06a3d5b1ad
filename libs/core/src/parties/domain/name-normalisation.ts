/** Marks that stand beside a letter once an accented character is taken apart, and signs that join what is one word. */
const MARKS = /[\u0300-\u036f'’`´.]/gu;
const NOT_A_WORD = /[^\p{L}\p{N}]+/u;

/** Letters that do not come apart into a plain one and a mark. */
const LETTERS: Readonly<Record<string, string>> = { ø: 'o', ł: 'l', đ: 'd', ß: 'ss', æ: 'ae', œ: 'oe', ı: 'i' };
const SPECIAL = /[øłđßæœı]/gu;

/** What says the legal form of a business and nothing about which business it is, in English and in French. */
export const LEGAL_FORMS: ReadonlySet<string> = new Set([
  ...['inc', 'incorporated', 'corp', 'corporation', 'co', 'company', 'ltd', 'limited', 'llc', 'llp', 'lp', 'plc'],
  ...['pc', 'pllc', 'dba', 'cic', 'ulc'],
  ...[
    'ltee',
    'limitee',
    'cie',
    'compagnie',
    'enr',
    'enregistree',
    'senc',
    'sencrl',
    'srl',
    'sarl',
    'sa',
    'sas',
    'sasu',
  ],
  ...['eurl', 'snc'],
]);
/** Words that are left out of a business's name as easily as they are put in. */
export const FILLERS: ReadonlySet<string> = new Set(['the', 'and', 'of', 'le', 'la', 'les', 'et', 'de', 'du', 'des']);

/** A name as people and businesses have it; `surname` is a business's whole name. */
export interface PartyName {
  readonly kind: 'person' | 'business';
  readonly surname: string;
  readonly firstName: string | null;
  readonly middleName: string | null;
  /** Jr, Sr, II, III, ... */
  readonly generation: string | null;
}

/** Small letters without accents and apostrophes: `O’Brien-Lévesque` becomes `obrien-levesque`. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(MARKS, '')
    .replace(SPECIAL, (letter) => LETTERS[letter] ?? letter);
}

/** The words of a text, folded, in their order. A hyphen separates words. */
export function words(text: string): string[] {
  return fold(text)
    .split(NOT_A_WORD)
    .filter((word) => word !== '');
}

/** The words that tell one name from another: of a person first names and family name, of a business all but its legal form. */
export function nameWords(name: PartyName): string[] {
  if (name.kind === 'business') return businessWords(name.surname);
  return [...words(name.firstName ?? ''), ...words(name.middleName ?? ''), ...words(name.surname)];
}

function businessWords(text: string): string[] {
  const all = words(text);
  const telling = all.filter((word) => !LEGAL_FORMS.has(word) && !FILLERS.has(word));
  // A business whose whole name is such words is known by them.
  return telling.length > 0 ? telling : all;
}

const GENERATIONS: Readonly<Record<string, string>> = {
  junior: 'jr',
  senior: 'sr',
  '1st': 'i',
  '2nd': 'ii',
  '2': 'ii',
  '3rd': 'iii',
  '3': 'iii',
  '4th': 'iv',
};

/** Jr, Junior and `JR.` are one generation; null where nobody said. */
export function generationOf({ generation }: PartyName): string | null {
  if (generation === null) return null;
  const folded = fold(generation).trim();
  return folded === '' ? null : (GENERATIONS[folded] ?? folded);
}
