/** Escapes in JSON text, each with what it stands for; a doubled backslash stands for itself. */
const ESCAPES = /\\(?:u0000|u[dD][89a-fA-F][0-9a-fA-F]{2}|[^])/g;
const STORABLE_ESCAPE = '\\ufffd';

/**
 * Makes JSON text storable. PostgreSQL keeps neither a NUL nor half of a surrogate pair, and one of them in a partner's
 * file would otherwise fail the statement that says what is wrong with it. Both become U+FFFD. JSON as Node writes it has
 * them as escapes only, and no other characters of their kind.
 */
export function storableJson(json: string): string {
  // Nearly all text: looking for two characters is quick.
  if (!json.includes('\\u')) return json;
  return json.replace(ESCAPES, (escape) => (/^\\u(?:0000|[dD])/.test(escape) ? STORABLE_ESCAPE : escape));
}

/** Text of any origin as the database can keep it, at most `length` characters of it. */
export function storableText(text: string, length: number): string {
  return text.slice(0, length).toWellFormed().replaceAll('\0', '\ufffd');
}
