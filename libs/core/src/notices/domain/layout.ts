import type { Letter, LetterBlock } from './letter.js';
import type { Letterhead } from './template.js';

export type Weight = 'regular' | 'bold';

/** One line of print. Lengths in points, from the upper left corner; `y` is the upper edge of the line. */
export interface PrintedLine {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: Weight;
  readonly text: string;
}

export type PrintedPage = readonly PrintedLine[];

/** How wide a text is in points. */
export type Measure = (text: string, size: number, weight: Weight) => number;

/** Width and height in points. */
export const PAGE_SIZES: Readonly<Record<Letterhead['page'], readonly [number, number]>> = {
  letter: [612, 792],
  a4: [595.28, 841.89],
};

const MARGIN = 64;
const TEXT_SIZE = 10;
const SMALL = 8;
const TITLE_SIZE = 13;
const LEADING = 1.45;
/** Where the addressee begins, so that it shows in the window of an envelope. */
const ADDRESSEE_TOP = 140;
const BODY_TOP = 250;
const GAP = 8;

interface Style {
  readonly size: number;
  readonly weight: Weight;
}
const TEXT: Style = { size: TEXT_SIZE, weight: 'regular' };
const STRONG: Style = { size: TEXT_SIZE, weight: 'bold' };
const TITLE: Style = { size: TITLE_SIZE, weight: 'bold' };

/** What stands at the foot of each page. */
export interface Foot {
  readonly left: string;
  readonly right: (page: number, of: number) => string;
}

/** Fills pages from above. */
class Pages {
  readonly pages: PrintedLine[][] = [[]];
  private y = MARGIN;

  constructor(
    private readonly size: readonly [number, number],
    private readonly measure: Measure,
  ) {}

  get width(): number {
    return this.size[0] - 2 * MARGIN;
  }

  /** Moves down to a place, or stays where print is already below it. */
  down(to: number): void {
    this.y = Math.max(this.y, to);
  }

  gap(points: number): void {
    this.y += points;
  }

  /** Begins a page where less than so much is left. */
  keep(height: number): void {
    if (this.y + height <= this.size[1] - MARGIN) return;
    this.pages.push([]);
    this.y = MARGIN;
  }

  /** Prints a paragraph, over the whole width where nothing is said, and on the next page what does not fit. */
  paragraph(text: string, style: Style, width = this.width): void {
    for (const line of text.split('\n').flatMap((part) => this.wrap(part, style, width))) {
      this.keep(style.size * LEADING);
      this.print(line, MARGIN, style);
      this.y += style.size * LEADING;
    }
  }

  /** Prints lines of a width at a place, whatever stands elsewhere. @returns where the next line would be */
  column(text: string, { x, y, width }: { x: number; y: number; width: number }, style: Style): number {
    const lines = this.wrap(text, style, width);
    lines.forEach((line, place) => this.print(line, x, style, y + place * style.size * LEADING));
    return y + lines.length * style.size * LEADING;
  }

  /** Prints a label with an amount at the right edge. */
  row(label: string, amount: string, style: Style): void {
    const amountWidth = this.measure(amount, style.size, style.weight);
    const lines = this.wrap(label, style, this.width - amountWidth - 4 * GAP);
    this.keep(lines.length * style.size * LEADING);
    lines.forEach((line, place) => {
      this.print(line, MARGIN + 2 * GAP, style);
      if (place === 0) this.print(amount, this.size[0] - MARGIN - amountWidth, style);
      this.y += style.size * LEADING;
    });
  }

  print(text: string, x: number, style: Style, y = this.y): void {
    if (text !== '') this.pages.at(-1)!.push({ x, y, ...style, text });
  }

  foot({ left, right }: Foot): PrintedPage[] {
    const y = this.size[1] - MARGIN / 2 - SMALL;
    return this.pages.map((lines, place) => {
      const text = right(place + 1, this.pages.length);
      const x = this.size[0] - MARGIN - this.measure(text, SMALL, 'regular');
      const style = { size: SMALL, weight: 'regular' as const };
      return [...lines, { x: MARGIN, y, ...style, text: left }, { x, y, ...style, text }].filter(
        (line) => line.text !== '',
      );
    });
  }

  /** Measured word by word: most words come again in the next letter. */
  private wrap(text: string, { size, weight }: Style, width: number): string[] {
    const lines: string[] = [];
    const blank = this.measure(' ', size, weight);
    let line = '';
    let filled = 0;
    for (const word of text.split(' ').flatMap((each) => this.pieces(each, size, weight, width))) {
      const added = this.measure(word, size, weight);
      if (line !== '' && filled + blank + added <= width) {
        line += ` ${word}`;
        filled += blank + added;
        continue;
      }
      if (line !== '') lines.push(line);
      line = word;
      filled = added;
    }
    return [...lines, line];
  }

  /** A word that is wider than the line is broken where it must be: nothing runs off the paper. */
  private pieces(word: string, size: number, weight: Weight, width: number): string[] {
    if (this.measure(word, size, weight) <= width) return [word];
    const pieces = [''];
    for (const sign of word) {
      const longer = pieces.at(-1)! + sign;
      if (pieces.at(-1) === '' || this.measure(longer, size, weight) <= width) pieces[pieces.length - 1] = longer;
      else pieces.push(sign);
    }
    return pieces;
  }
}

/** Lays a letter out on pages. Pure: the same letter and measure give the same pages. */
export function layOut(letter: Letter, page: Letterhead['page'], measure: Measure, foot: Foot): PrintedPage[] {
  const size = PAGE_SIZES[page];
  const pages = new Pages(size, measure);
  const middle = size[0] / 2;
  const small: Style = { size: SMALL, weight: 'regular' };
  let top = MARGIN / 2;
  letter.from.forEach((line, place) => {
    top = pages.column(line, { x: MARGIN, y: top, width: pages.width }, place === 0 ? STRONG : small);
  });
  const addressee = Math.max(ADDRESSEE_TOP, top + GAP);
  top = addressee;
  for (const [label, value] of letter.particulars) {
    pages.print(label, middle + 4 * GAP, small, top + 1);
    const x = middle + 12 * GAP;
    top = pages.column(value, { x, y: top, width: size[0] - MARGIN - x }, TEXT);
  }
  pages.down(addressee);
  for (const line of letter.to) pages.paragraph(line, TEXT, middle - MARGIN);
  pages.down(top + GAP);
  pages.down(BODY_TOP);
  pages.paragraph(letter.title, TITLE);
  pages.gap(GAP);
  letter.blocks.forEach((block, place) => addBlock(pages, block, place === 0));
  return pages.foot(foot);
}

function addBlock(pages: Pages, block: LetterBlock, first: boolean): void {
  if (!first) pages.gap(GAP);
  if (block.kind === 'text') return pages.paragraph(block.text, TEXT);
  if (block.kind === 'heading') {
    // A heading stays with the beginning of what it heads.
    pages.keep(3 * TEXT_SIZE * LEADING);
    return pages.paragraph(block.text, STRONG);
  }
  for (const { label, amount, total } of block.rows) pages.row(label, amount, total ? STRONG : TEXT);
}
