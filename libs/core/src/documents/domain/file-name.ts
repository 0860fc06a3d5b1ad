import { endingsOf } from './media-type.js';
import type { MediaType } from './media-type.js';

/** The longest name that is kept, in characters. */
const LONGEST = 100;
const NAMELESS = 'document';
/** What a file system, a header or a terminal would obey: controls, marks that turn text around, and reserved signs. */
const HARMFUL = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}<>:"|?*\\/]/gu;

/**
 * A name for people to read, from whatever a sender called a file: no folders, no controls, nothing hidden, and the ending
 * that its content has. It is never used as a path.
 */
export function safeFileName(sent: string, type: MediaType): string {
  const base = sent.normalize('NFC').split(/[/\\]/).at(-1)!.replace(HARMFUL, '').replace(/\s+/gu, ' ');
  const endings = endingsOf(type);
  const own = endings.find((ending) => base.toLowerCase().endsWith(`.${ending}`));
  const stem = own === undefined ? base : base.slice(0, -own.length - 1);
  const plain = [...stem]
    .slice(0, LONGEST)
    .join('')
    .replace(/^[. ]+|[. ]+$/gu, '');
  return `${plain === '' ? NAMELESS : plain}.${own ?? endings[0]}`;
}
