import iconv from 'iconv-lite';
import { ebcdicCharacters } from './ebcdic.js';
import type { CharacterSet, Delimiter } from './layout.js';

/**
 * A character set made ready for one layout.
 *
 * Records are put together and taken apart in **working bytes**: printable ASCII at its ASCII codes, every other character
 * of the set somewhere above them. For a set that agrees with ASCII they are the file's own bytes, and nothing is changed.
 */
export interface Characters {
  /** Working bytes that may stand in a record: 1 where allowed. Control characters never are. */
  readonly readable: Uint8Array;
  /** Working byte to be written for each character code below 256; 0 where the character is not in the set. */
  readonly narrow: Uint8Array;
  /** The same for characters from 256 on. */
  readonly wide: ReadonlyMap<number, number>;
  /** From the file's bytes to working bytes and back; null where they are the same. */
  readonly fromFile: Uint8Array | null;
  readonly toFile: Uint8Array | null;
  /** Character of each working byte; null where Latin-1 says the same. */
  readonly text: string | null;
  /** The file's byte of a blank, and of the character that old systems close a file with; -1 where there is none. */
  readonly blank: number;
  readonly endOfFile: number;
  /** The file's bytes that end a line on reading, the declared one first, and the one that may stand before them. */
  readonly lineFeeds: readonly number[];
  readonly carriageReturn: number;
  /** The file's bytes of the declared line end. */
  readonly delimiter: Uint8Array;
}

const NO_CHARACTER = '\ufffd';
const SIZE = 256;
const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;
/** Without these no number, date or sign could be written. */
const NEEDED = ' 0123456789-.';
const LINE_ENDS: Readonly<Record<Delimiter, string>> = { lf: '\n', crlf: '\r\n', nel: '\u0085', none: '' };
/** Two letters and a sign of money that multi-byte sets write in several bytes. */
const WIDE_SAMPLE = 'é中€';

/** The 256 characters of a set by byte, or why it can't be used where every position is one byte. */
export function singleByteCharacters(
  set: CharacterSet,
):
  | { readonly characters: string; readonly fault?: undefined }
  | { readonly fault: string; readonly characters?: undefined } {
  const name = set.toLowerCase();
  const ebcdic = ebcdicCharacters(name);
  if (ebcdic !== undefined) return { characters: ebcdic };
  if (!iconv.encodingExists(name)) return { fault: `${set} is no character set that is known here` };
  const all = Buffer.from(Array.from({ length: SIZE }, (_, byte) => byte));
  const characters = iconv.decode(all, name, { stripBOM: false });
  if (characters.length !== SIZE || iconv.encode(WIDE_SAMPLE, name).length !== WIDE_SAMPLE.length) {
    return { fault: `${set} writes some characters in several bytes, and a position is one byte` };
  }
  const lacking = [...NEEDED].filter((character) => !characters.includes(character));
  return lacking.length === 0 ? { characters } : { fault: `${set} has no "${lacking.join('')}"` };
}

/** Whether a set writes this line end. */
export function hasLineEnd(characters: string, delimiter: Delimiter): boolean {
  return [...LINE_ENDS[delimiter]].every((character) => characters.includes(character));
}

/** Printable ASCII that a set lacks, of the given text. */
export function lackingIn(characters: string, text: string): string {
  return [...text].filter((character) => !characters.includes(character)).join('');
}

/**
 * Makes a character set ready.
 *
 * @throws Error for a set that `singleByteCharacters` refuses: check layouts first
 */
export function charactersOf(set: CharacterSet, upperCase: boolean, delimiter: Delimiter): Characters {
  const { characters, fault } = singleByteCharacters(set);
  if (characters === undefined) throw new Error(fault);
  const working = workingBytes(characters);
  const text = textOf(characters, working);
  const readable = new Uint8Array(SIZE);
  const narrow = new Uint8Array(SIZE);
  const wide = new Map<number, number>();
  for (let byte = 0; byte < SIZE; byte += 1) {
    const character = characters.charAt(byte);
    if (!isPrintable(character)) continue;
    readable[working[byte]!] = 1;
    const written = working[byteOf(characters, upperCase ? capitalOf(character) : character, byte)]!;
    const code = character.charCodeAt(0);
    if (code < SIZE) narrow[code] = written;
    else wide.set(code, written);
  }
  const agrees = working.every((workingByte, byte) => workingByte === byte);
  const latin = [...text].every((character, byte) => readable[byte] !== 1 || character.charCodeAt(0) === byte);
  const declared = Array.from(LINE_ENDS[delimiter], (character) => characters.indexOf(character));
  const feeds = [...declared.slice(-1), characters.indexOf('\n'), ...(agrees ? [] : [characters.indexOf('\u0085')])];
  return {
    readable,
    narrow,
    wide,
    fromFile: agrees ? null : working,
    toFile: agrees ? null : reversed(working, characters),
    text: latin ? null : text,
    blank: characters.indexOf(' '),
    endOfFile: characters.indexOf('\u001a'),
    lineFeeds: [...new Set(feeds.filter((byte) => byte >= 0))],
    carriageReturn: characters.indexOf('\r'),
    delimiter: Uint8Array.from(declared),
  };
}

/** Text of working bytes. */
export function textIn(characters: Characters, bytes: Buffer, from: number, to: number): string {
  const { text } = characters;
  const latin = bytes.toString('latin1', from, to);
  if (text === null) return latin;
  let all = '';
  let kept = 0;
  for (let i = 0; i < latin.length; i += 1) {
    const code = latin.charCodeAt(i);
    if (code <= LAST_PRINTABLE) continue;
    all += latin.slice(kept, i) + text.charAt(code);
    kept = i + 1;
  }
  return kept === 0 ? latin : all + latin.slice(kept);
}

function isPrintable(character: string): boolean {
  const code = character.charCodeAt(0);
  return code >= FIRST_PRINTABLE && (code < 0x7f || code > 0x9f) && character !== NO_CHARACTER;
}

function capitalOf(character: string): string {
  const capital = character.toUpperCase();
  return capital.length === 1 ? capital : character;
}

function byteOf(characters: string, character: string, otherwise: number): number {
  const byte = characters.indexOf(character);
  return byte < 0 ? otherwise : byte;
}

/** Working byte of each of the file's bytes: its own where the set agrees with ASCII, otherwise a place of its own. */
function workingBytes(characters: string): Uint8Array {
  const agrees = Array.from({ length: LAST_PRINTABLE + 1 - FIRST_PRINTABLE }, (_, index) => index + FIRST_PRINTABLE);
  if (agrees.every((code) => characters.charCodeAt(code) === code)) {
    return Uint8Array.from({ length: SIZE }, (_, byte) => byte);
  }
  const working = new Uint8Array(SIZE);
  const taken = new Set<number>();
  const homeless: number[] = [];
  for (let byte = 0; byte < SIZE; byte += 1) {
    const character = characters.charAt(byte);
    const code = character.charCodeAt(0);
    if (!isPrintable(character)) continue;
    if (code >= SIZE || taken.has(code)) homeless.push(byte);
    else {
      working[byte] = code;
      taken.add(code);
    }
  }
  let free = 0x80;
  for (const byte of homeless) {
    while (taken.has(free)) free += 1;
    if (free >= SIZE) throw new Error('A set of one byte a character has too many of them');
    working[byte] = free;
    taken.add(free);
  }
  return working;
}

function textOf(characters: string, working: Uint8Array): string {
  const text = Array.from({ length: SIZE }, () => NO_CHARACTER);
  for (let byte = 0; byte < SIZE; byte += 1) {
    if (isPrintable(characters.charAt(byte))) text[working[byte]!] = characters.charAt(byte);
  }
  return text.join('');
}

function reversed(working: Uint8Array, characters: string): Uint8Array {
  const file = new Uint8Array(SIZE).fill(Math.max(0, characters.indexOf(' ')));
  for (let byte = 0; byte < SIZE; byte += 1) if (working[byte] !== 0) file[working[byte]!] = byte;
  return file;
}
