import iconv from 'iconv-lite';
import { EBCDIC_SETS, ebcdicCharacters } from '../ebcdic.js';

/** What stands for bytes that are no character of their set. Where it stands in the file itself, something was lost before. */
export const NO_CHARACTER = '\ufffd';

/** One character set, with streams that keep characters whole across pieces. */
export interface TextCoding {
  /** Bytes into characters; bytes that are none become {@link NO_CHARACTER}. A byte order mark at the start is dropped. */
  decoder(): { write(bytes: Uint8Array): string; end(): string };
  encoder(byteOrderMark: boolean): { write(text: string): Uint8Array; end(): Uint8Array };
  /** Whether every character of a text is in the set. */
  carries(text: string): boolean;
}

/** Encodings of bytes as text, and sets that switch state or that no receiver reads alike: none is a character set. */
const NOT_A_SET = /^(?:base64|hex|binary|cesu8|utf7.*|unicode11utf7.*)$/;
const UNICODE = /^(?:utf8|unicode11utf8|ucs2|utf16(?:le|be)?|utf32(?:le|be)?)$/;

/** Whether `name` is a character set that files may have. */
export function isCharacterSet(name: string): boolean {
  return isEbcdic(name) || (!NOT_A_SET.test(plain(name)) && iconv.encodingExists(name));
}

/** Whether a set is of the EBCDIC family, whose line ends are its own. */
export function isEbcdic(name: string): boolean {
  return EBCDIC_SETS.includes(name.toLowerCase());
}

/** Whether a set has a byte order mark. */
export function hasByteOrderMark(name: string): boolean {
  return UNICODE.test(plain(name));
}

/**
 * The coding of a character set.
 *
 * @throws Error when `isCharacterSet` does not know it
 */
export function textCoding(name: string): TextCoding {
  const ebcdic = ebcdicCharacters(name.toLowerCase());
  if (ebcdic !== undefined) return ebcdicCoding(ebcdic);
  if (!isCharacterSet(name) || !iconv.encodingExists(name)) throw new Error(`There is no character set ${name}`);
  return {
    decoder: () => {
      const decoder = iconv.getDecoder(name);
      return {
        write: (bytes) => decoder.write(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
        end: () => decoder.end() ?? '',
      };
    },
    encoder: (byteOrderMark) => {
      const encoder = iconv.getEncoder(name, { addBOM: byteOrderMark });
      return { write: (text) => encoder.write(text), end: () => encoder.end() ?? new Uint8Array(0) };
    },
    carries: hasByteOrderMark(name)
      ? (text) => text.isWellFormed()
      : characterTest((character) => iconv.decode(iconv.encode(character, name), name) === character),
  };
}

/** A set of one byte a character. NEL is read as a line end like LF; written, each is what the layout says. */
function ebcdicCoding(characters: string): TextCoding {
  const read = characters.replaceAll('\u0085', '\n');
  const bytes = new Map(Array.from(characters, (character, byte) => [character, byte] as const));
  return {
    decoder: () => ({
      write: (chunk) => {
        let text = '';
        for (const byte of chunk) text += read.charAt(byte);
        return text;
      },
      end: () => '',
    }),
    encoder: () => ({
      write: (text) => Uint8Array.from(text, (character) => bytes.get(character) ?? 0),
      end: () => new Uint8Array(0),
    }),
    carries: characterTest((character) => bytes.has(character)),
  };
}

/** Asks about each character once: letters repeat, and a set is asked by a round trip. */
function characterTest(isCarried: (character: string) => boolean): TextCoding['carries'] {
  const known = new Map<string, boolean>();
  const hasAscii = Array.from({ length: 95 }, (_, i) => String.fromCharCode(0x20 + i)).every(isCarried);
  return (text) => {
    if (hasAscii && /^[ -~]*$/.test(text)) return true;
    for (const character of text) {
      let carried = known.get(character);
      if (carried === undefined) {
        carried = character !== NO_CHARACTER && isCarried(character);
        known.set(character, carried);
      }
      if (!carried) return false;
    }
    return true;
  };
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
