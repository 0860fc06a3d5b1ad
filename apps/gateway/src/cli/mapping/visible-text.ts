/** Most characters of one text that are shown: a hostile line must not fill the screen. */
const LONGEST_SHOWN = 60;

/** What a terminal would obey or not show: control characters, marks of direction, blanks that are none. */
const UNSEEN = /[\p{C}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

/** Text that may stand on a terminal: whatever would move the cursor or hide is spelt out. */
export function printable(text: string): string {
  return text.toWellFormed().replace(UNSEEN, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** A partner's text with its blanks made visible, cut to what a line can hold. */
export function visible(text: string): string {
  const marked = printable(cut(text).replaceAll('\t', '→')).replaceAll(' ', '·');
  return text.length > LONGEST_SHOWN ? `${marked}… (${text.length} characters)` : marked;
}

/** A value as JSON, cut in the same way. */
export function shownJson(value: unknown): string {
  const text = JSON.stringify(value) ?? '';
  return printable(text.length > LONGEST_SHOWN ? `${cut(text)}…` : text);
}

/** JSON for programs that a person may also look at: what a terminal would obey is escaped. */
export function safeJson(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/(?!\n)[\p{C}\p{Zl}\p{Zp}]/gu, (character) =>
    Array.from(
      { length: character.length },
      (_, i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

function cut(text: string): string {
  return text.slice(0, LONGEST_SHOWN).toWellFormed();
}
