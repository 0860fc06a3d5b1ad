import type { CompiledDelimited } from './compiled-delimited.js';

/** A record as one text, or the column (0-based) of a cell that the partner's syntax can't carry. */
export type JoinedCells = { readonly text: string } | { readonly bad: number };

/** Makes the function that puts cells together as a layout's syntax wants it. */
export function cellJoiner({ layout, syntax, lineEnd }: CompiledDelimited): (cells: readonly string[]) => JoinedCells {
  const { separator, quote, escape } = syntax;
  const quoting = quote === null ? 'never' : (layout.quoting ?? 'needed');
  const backslash = escape === 'backslash';
  const special = (cell: string): boolean =>
    cell.includes(separator) ||
    cell.includes('\n') ||
    (quote !== null && cell.includes(quote)) ||
    (backslash && cell.includes('\\'));
  const escaped = (cell: string): string => {
    const lines = lineEnd === '\n' ? cell : cell.replaceAll('\n', lineEnd);
    if (backslash) return lines.replaceAll('\\', '\\\\').replaceAll(quote!, `\\${quote}`);
    return lines.replaceAll(quote!, quote! + quote!);
  };
  /** A bare cell, or null where it can't be told from its surroundings. */
  const bare = (cell: string): string | null => {
    if (!special(cell)) return cell;
    if (!backslash || cell.includes('\n')) return null;
    let text = cell.replaceAll('\\', '\\\\').replaceAll(separator, `\\${separator}`);
    if (quote !== null) text = text.replaceAll(quote, `\\${quote}`);
    return text;
  };

  return (cells) => {
    let text = '';
    for (let i = 0; i < cells.length; i += 1) {
      const cell = cells[i]!;
      if (i > 0) text += separator;
      // A line with nothing on it is no record: a sole empty cell is shown by its quotes.
      const alone = cell === '' && cells.length === 1;
      if (quoting === 'always' || (quoting === 'needed' && (alone || special(cell)))) {
        text += quote! + escaped(cell) + quote!;
        continue;
      }
      const written = bare(cell);
      if (written === null) return { bad: i };
      text += written;
    }
    return { text };
  };
}
