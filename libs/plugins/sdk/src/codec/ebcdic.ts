/** The printable half of code page 037, from byte 0x40 on, sixteen characters a row. */
const ROWS_037 = [
  ' \u00a0âäàáãåçñ¢.<(+|', // 40
  '&éêëèíîïìß!$*);¬', // 50
  '-/ÂÄÀÁÃÅÇÑ¦,%_>?', // 60
  'øÉÊËÈÍÎÏÌ`:#@\'="', // 70
  'Øabcdefghi«»ðýþ±', // 80
  '°jklmnopqrªºæ¸Æ¤', // 90
  'µ~stuvwxyz¡¿ÐÝÞ®', // a0
  '^£¥·©§¶¼½¾[]¯¨´×', // b0
  '{ABCDEFGHI\u00adôöòóõ', // c0
  '}JKLMNOPQR¹ûüùúÿ', // d0
  '\\÷STUVWXYZ²ÔÖÒÓÕ', // e0
  '0123456789³ÛÜÙÚ\u009f', // f0
];

/** Control characters that a file needs, by byte; the others are never read nor written. */
const CONTROLS = new Map([
  [0x0d, '\r'],
  [0x15, '\u0085'],
  [0x25, '\n'],
  [0x3f, '\u001a'],
]);

const NO_CHARACTER = '\ufffd';

/** What the other pages of the family have elsewhere than 037. */
const DIFFERENCES: Readonly<Record<string, Readonly<Record<number, string>>>> = {
  cp037: {},
  cp500: { 0x4a: '[', 0x4f: '!', 0x5a: ']', 0x5f: '^', 0xb0: '¢', 0xba: '¬', 0xbb: '|' },
  cp1047: { 0x5f: '^', 0xad: '[', 0xb0: '¬', 0xba: 'Ý', 0xbb: '¨', 0xbd: ']' },
  cp1140: { 0x9f: '€' },
  cp1148: { 0x4a: '[', 0x4f: '!', 0x5a: ']', 0x5f: '^', 0x9f: '€', 0xb0: '¢', 0xba: '¬', 0xbb: '|' },
};

/** Names of the EBCDIC sets that a layout may name. */
export const EBCDIC_SETS: readonly string[] = Object.keys(DIFFERENCES);

/** The 256 characters of an EBCDIC set by byte, or undefined when it is none of ours. */
export function ebcdicCharacters(name: string): string | undefined {
  if (!EBCDIC_SETS.includes(name)) return undefined;
  const controls = Array.from({ length: 64 }, (_, byte) => CONTROLS.get(byte) ?? NO_CHARACTER);
  const characters = [...controls, ...ROWS_037.join('')];
  for (const [byte, character] of Object.entries(DIFFERENCES[name] ?? {})) characters[Number(byte)] = character;
  return characters.join('');
}
