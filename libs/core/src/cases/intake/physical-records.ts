/** Longest record that is read, in bytes. A debt with all of its parties needs about two thousand. */
export const LONGEST_RECORD = 65_536;

/** One record of a text file, or why it can't be read. */
export type PhysicalRecord =
  | { readonly line: number; readonly text: string; readonly fault?: undefined }
  | { readonly line: number; readonly fault: 'size' | 'encoding' | 'quote'; readonly text?: undefined };

const NEWLINE = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];

/**
 * Cuts UTF-8 bytes into records, each with the physical line on which it begins, in constant memory. Records end with LF
 * or CR LF; a byte order mark is dropped.
 *
 * With `quotes`, a newline within a quoted CSV cell does not end the record. A quote opens a cell only at its start, so
 * that a stray inch sign harms no other line. A quote that is never closed yields a last record with the fault `quote`:
 * where the next record begins could then only be guessed, and a guess could post somebody else's debt. A record that is
 * too long (`size`) or not UTF-8 (`encoding`) is passed over alone.
 */
export async function* physicalRecords(
  stream: AsyncIterable<Uint8Array>,
  { quotes }: { readonly quotes: boolean },
): AsyncGenerator<PhysicalRecord> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let kept: Uint8Array[] = [];
  /** Bytes of the present record that lie in earlier chunks; more than are kept once it is too long. */
  let before = 0;
  let line = 1;
  let beginsOn = 1;
  let total = 0;
  let quoted = false;
  let openedAt = 0;
  let closedAt = -2;
  /** A quote here opens a cell, or continues one as an escaped quote. */
  let mayOpen = true;

  const record = (tail: Uint8Array): PhysicalRecord => {
    const length = before + tail.length;
    if (length > LONGEST_RECORD) return { line: beginsOn, fault: 'size' };
    try {
      const bytes = kept.length === 0 ? tail : Buffer.concat([...kept, tail], length);
      return { line: beginsOn, text: decoder.decode(bytes).replace(/\r$/, '') };
    } catch {
      return { line: beginsOn, fault: 'encoding' };
    }
  };

  for await (const chunk of stream) {
    let from = 0;
    for (let index = 0; index < chunk.length; index += 1) {
      const byte = chunk[index];
      const offset = total + index;
      if (offset < 3 && byte === BYTE_ORDER_MARK[offset]) continue;
      if (byte === NEWLINE) {
        line += 1;
        if (quoted) continue;
        yield record(chunk.subarray(from, index));
        kept = [];
        before = 0;
        from = index + 1;
        beginsOn = line;
        mayOpen = true;
      } else if (quotes && byte === QUOTE) {
        if (quoted) {
          // Left open, so that the check after this loop ends the file wherever its chunks begin.
          if (offset - openedAt > LONGEST_RECORD) break;
          quoted = false;
          closedAt = offset;
          mayOpen = true;
        } else if (mayOpen) {
          quoted = true;
          if (offset !== closedAt + 1) openedAt = offset;
        }
      } else if (!quoted) {
        mayOpen = byte === COMMA;
      }
    }
    total += chunk.length;
    if (quoted && total - openedAt > LONGEST_RECORD) {
      yield { line: beginsOn, fault: 'quote' };
      return;
    }
    const rest = chunk.length - from;
    // Copied, because the stream may use its buffer again.
    if (before + rest <= LONGEST_RECORD && rest > 0) kept.push(chunk.slice(from));
    else if (rest > 0) kept = [];
    before += rest;
  }
  if (quoted) yield { line: beginsOn, fault: 'quote' };
  else if (before > 0) yield record(new Uint8Array(0));
}
