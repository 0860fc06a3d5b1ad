import PDFDocument from 'pdfkit';
import type { Letter } from '../domain/letter.js';
import { layOut, PAGE_SIZES } from '../domain/layout.js';
import type { Measure, PrintedPage } from '../domain/layout.js';
import type { Language } from '../domain/notice-kind.js';
import type { Letterhead } from '../domain/template.js';
import { wordsOf } from '../domain/words.js';
import type { LetterFont } from './letter-font.js';

/** What a printed file is made with. The same print of the same letters has the same bytes. */
export interface Print {
  readonly title: string;
  /** Day of the letters, which is also the day of the file. */
  readonly on: string;
  readonly page: Letterhead['page'];
  readonly language: Language;
  /** Whether every page says that it was not released. */
  readonly draft: boolean;
}

/** Where a letter stands in the printed file; the first page is 1. */
export interface LetterPlace {
  readonly firstPage: number;
  readonly pages: number;
}

export interface PrintedFile {
  readonly content: Buffer;
  readonly pages: number;
  /** In the order of the letters. */
  readonly places: readonly LetterPlace[];
}

/** Letters that are written before others in the process get their turn. */
const TURN = 5;

/** Prints letters one after the other into one file, each beginning on a page of its own. */
export async function writePdf(font: LetterFont, print: Print, letters: Iterable<Letter>): Promise<PrintedFile> {
  const document = new PDFDocument({
    autoFirstPage: false,
    size: [...PAGE_SIZES[print.page]],
    margin: 0,
    compress: true,
    // Nothing of the moment or of chance may get into the bytes: their hash stands for what the letters say.
    info: {
      Title: print.title,
      Producer: 'Concord',
      Creator: 'Concord',
      CreationDate: new Date(`${print.on}T00:00:00Z`),
    },
  });
  font.register(document);
  const content = collected(document);
  const measure = measuring(document, font);
  const words = wordsOf(print.language);
  const foot = { left: print.draft ? words.draft : '', right: words.page };
  const places: LetterPlace[] = [];
  let pages = 0;
  for (const letter of letters) {
    const laidOut = layOut(letter, print.page, measure, foot);
    for (const page of laidOut) printPage(document, font, page, measure);
    places.push({ firstPage: pages + 1, pages: laidOut.length });
    pages += laidOut.length;
    if (places.length % TURN === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  document.end();
  return { content: await content, pages, places };
}

/** Words whose widths are kept: those of a template many times over. */
const KEPT_WIDTHS = 20_000;
/** Widths are measured at a thousand points, where they are whole numbers of the font's units. */
const UNITS = 1000;

function measuring(document: PDFKit.PDFDocument, font: LetterFont): Measure {
  const widths = new Map<string, number>();
  return (text, size, weight) => {
    const key = `${weight} ${text}`;
    let width = widths.get(key);
    if (width === undefined) {
      width = font
        .runs(text, weight)
        .reduce((sum, run) => sum + document.font(run.font).fontSize(UNITS).widthOfString(run.text), 0);
      if (widths.size < KEPT_WIDTHS) widths.set(key, width);
    }
    return (width * size) / UNITS;
  };
}

function printPage(document: PDFKit.PDFDocument, font: LetterFont, page: PrintedPage, measure: Measure): void {
  document.addPage();
  for (const { text, x, y, size, weight } of page) {
    let at = x;
    const runs = font.runs(text, weight);
    for (const run of runs) {
      document.font(run.font).fontSize(size).text(run.text, at, y, { lineBreak: false });
      if (runs.length > 1) at += measure(run.text, size, weight);
    }
  }
}

function collected(document: PDFKit.PDFDocument): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(Buffer.concat(chunks)));
    document.on('error', reject);
  });
}
