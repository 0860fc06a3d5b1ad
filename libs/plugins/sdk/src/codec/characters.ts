const SPACE = 0x20;

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
