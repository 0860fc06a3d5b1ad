import type { CharacterSet } from './layout.js';

const SPACE = 0x20;

/** Which bytes may stand in a record of this character set: 1 where allowed. Control characters never are. */
export function readableBytes(set: CharacterSet): Uint8Array {
  const readable = new Uint8Array(256);
  readable.fill(1, SPACE, 0x7f);
  if (set === 'latin1') readable.fill(1, 0xa0, 0x100);
  return readable;
}

/** Byte to be written for each character code below 256; 0 where the character is not in the set. */
export function writtenBytes(set: CharacterSet, upperCase: boolean): Uint8Array {
  const readable = readableBytes(set);
  const written = new Uint8Array(256);
  for (let code = SPACE; code < 256; code += 1) {
    if (readable[code] !== 1) continue;
    const capital = upperCase ? String.fromCharCode(code).toUpperCase() : '';
    const fits = capital.length === 1 && capital.charCodeAt(0) < 256;
    written[code] = fits ? capital.charCodeAt(0) : code;
  }
  return written;
}

/** Takes the accents off letters: their base letters are in every character set. */
export function withoutAccents(text: string): string {
  return text.normalize('NFD').replace(/\p{M}+/gu, '');
}

/** Cuts blanks, and only blanks, from both ends: a control character there is a fault, not padding. */
export function withoutOuterBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (end > start && text.charCodeAt(end - 1) === SPACE) end -= 1;
  while (start < end && text.charCodeAt(start) === SPACE) start += 1;
  return start === 0 && end === text.length ? text : text.slice(start, end);
}
