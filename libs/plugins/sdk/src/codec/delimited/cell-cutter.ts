const SPACE = 0x20;
const BACKSLASH = 0x5c;

/** How cells are told apart. */
export interface CellSyntax {
  /** One character. */
  readonly separator: string;
  /** One character, or null. */
  readonly quote: string | null;
  readonly escape: 'double' | 'backslash';
}

/**
 * Why a line can't be cut: a quote inside a bare cell, something behind a closed quote, a quote never closed, or a
 * backslash with nothing behind it.
 */
export type CutFault = 'stray-quote' | 'after-quote' | 'open-quote' | 'open-escape';

/**
 * Cuts lines into cells. Blanks may stand around a quoted cell. csv-parse was tried for this and can't be held to what a
 * partner's file needs: after one bad quote it goes on to the next quote of the file and loses the records between, and
 * it does not give a cell as it stands.
 */
export class CellCutter {
  /** The cells of the record, without quotes and escapes. */
  cells: string[] = [];
  /** The cells as they stand. Made only when `keepRaw`. */
  raw: string[] = [];
  /** Why the record can't be cut, and in which column, from 1. */
  fault: CutFault | null = null;
  column = 0;
  /** A quoted cell goes on in the next line, if the layout lets it. */
  open = false;
  /** Whether any cell was quoted or had an escape. */
  marked = false;
  #partial = '';
  #partialRaw = '';
  readonly #separator: string;
  readonly #quote: string | null;
  readonly #backslash: boolean;

  constructor(
    syntax: CellSyntax,
    private readonly keepRaw: boolean,
  ) {
    this.#separator = syntax.separator;
    this.#quote = syntax.quote;
    this.#backslash = syntax.escape === 'backslash';
  }

  /** Cuts the first line of a record. */
  cut(line: string): void {
    this.fault = null;
    this.open = false;
    this.marked = false;
    const quoted = this.#quote !== null && line.includes(this.#quote);
    if (!quoted && !(this.#backslash && line.includes('\\'))) {
      this.cells = line.split(this.#separator);
      this.raw = this.cells;
      return;
    }
    this.marked = true;
    this.cells = [];
    this.raw = [];
    this.#run(line, 0);
  }

  /** Goes on with the next line of a record whose quoted cell is open. */
  goOn(line: string): void {
    this.open = false;
    this.#partial += '\n';
    this.#partialRaw += '\n';
    const next = this.#quoted(line, 0, 0);
    if (next >= 0) this.#run(line, next);
  }

  #run(line: string, from: number): void {
    let at = from;
    while (at >= 0) {
      let first = at;
      while (line.charCodeAt(first) === SPACE) first += 1;
      if (this.#quote !== null && line[first] === this.#quote) {
        this.#partial = '';
        this.#partialRaw = '';
        at = this.#quoted(line, at, first + 1);
      } else at = this.#bare(line, at);
    }
  }

  /** Takes a bare cell. Gives where the next one starts, or -1 where there is none. */
  #bare(line: string, start: number): number {
    let text = '';
    let copied = start;
    let at = start;
    for (; at < line.length; at += 1) {
      const character = line[at]!;
      if (character === this.#separator) break;
      if (character === this.#quote) return this.#fail('stray-quote', line.slice(start));
      if (this.#backslash && line.charCodeAt(at) === BACKSLASH) {
        if (at + 1 >= line.length) return this.#fail('open-escape', line.slice(start));
        text += line.slice(copied, at);
        copied = at + 1;
        at += 1;
      }
    }
    this.#take(text + line.slice(copied, at), this.keepRaw ? line.slice(start, at) : '');
    return at < line.length ? at + 1 : -1;
  }

  /** Takes a quoted cell from behind its quote. Gives where the next one starts, or -1 where there is none. */
  #quoted(line: string, start: number, from: number): number {
    const quote = this.#quote!;
    let copied = from;
    let at = from;
    for (; at < line.length; at += 1) {
      if (this.#backslash && line.charCodeAt(at) === BACKSLASH && at + 1 < line.length) {
        this.#partial += line.slice(copied, at);
        copied = at + 1;
        at += 1;
      } else if (line[at] === quote) {
        if (this.#backslash || line[at + 1] !== quote) break;
        this.#partial += line.slice(copied, at + 1);
        copied = at + 2;
        at += 1;
      }
    }
    this.#partial += line.slice(copied, at);
    if (at >= line.length) {
      if (this.keepRaw) this.#partialRaw += line.slice(start);
      this.open = true;
      return -1;
    }
    let end = at + 1;
    while (line.charCodeAt(end) === SPACE) end += 1;
    if (end < line.length && line[end] !== this.#separator) {
      return this.#fail('after-quote', this.#partialRaw + line.slice(start));
    }
    this.#take(this.#partial, this.keepRaw ? this.#partialRaw + line.slice(start, end) : '');
    return end < line.length ? end + 1 : -1;
  }

  /** Gives up on a record whose quoted cell is open. */
  close(): void {
    this.open = false;
    this.#fail('open-quote', this.#partialRaw);
  }

  /** Forgets the record. */
  clear(): void {
    this.open = false;
    this.fault = null;
    this.cells = [];
    this.raw = [];
  }

  #take(text: string, raw: string): void {
    this.cells.push(text);
    if (this.keepRaw) this.raw.push(raw);
  }

  #fail(fault: CutFault, raw: string): -1 {
    this.fault = fault;
    this.column = this.cells.length + 1;
    if (this.keepRaw) this.raw.push(raw);
    return -1;
  }
}
