/** Most file systems hold no longer name, and a longer one is an attack or an accident. */
const MAX_NAME_BYTES = 255;
const MAX_SHOWN = 120;
/** Control characters, line ends, and the marks that turn the direction of a text so that a screen shows another name. */
const CONTROL_CHARACTERS =
  // eslint-disable-next-line no-control-regex -- control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Why a name that a partner's server gave can't be used to address one file in one folder, or null when it can. */
export function unsafeNameReason(name: string): string | null {
  if (name === '') return 'empty name';
  if (name === '.' || name === '..') return 'not a file';
  if (/[/\\]/.test(name)) return 'holds a path separator';
  if (name.search(CONTROL_CHARACTERS) !== -1) return 'holds a line break or another control character';
  if (name.includes('\ufffd')) return 'is not UTF-8';
  if (Buffer.byteLength(name, 'utf8') > MAX_NAME_BYTES) return `is longer than ${MAX_NAME_BYTES} bytes`;
  return null;
}

/** A hostile name made fit for a log line or a screen. */
export function showName(name: string): string {
  const shown = name.slice(0, MAX_SHOWN).replace(CONTROL_CHARACTERS, '\u2423');
  // A copy: a piece of a string keeps all of it in memory, and a hostile folder holds many long ones.
  return Buffer.from(shown, 'utf8').toString('utf8');
}
