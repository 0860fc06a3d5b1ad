import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Letter } from '../domain/letter.js';
import { LetterFont } from './letter-font.js';
import { writePdf } from './write-pdf.js';
import type { Print } from './write-pdf.js';

let font: LetterFont;
beforeAll(async () => {
  font = await LetterFont.open();
});

const PRINT: Print = { title: 'Test', on: '2026-03-16', page: 'letter', language: 'en', draft: false };
const letter = (name: string): Letter => ({
  from: ['City of Exampleton'],
  to: [name],
  particulars: [],
  title: 'Notice',
  blocks: [{ kind: 'text', text: `Dear ${name}, you owe 1 234,56 €.` }],
});

describe('the font of letters', () => {
  it.each([
    'Zoë Müller',
    'Łukasz Święch',
    'Ayşe Yıldırım Ğ İ',
    'Nguyễn Thị Hồng',
    'Ελένη',
    'Жанна',
    "Séamus O'Néill",
    'E\u0301milie',
  ])('prints %s', (name) => {
    expect(font.unwritable(name)).toEqual([]);
    expect(
      font
        .runs(name, 'regular')
        .map(({ text }) => text)
        .join(''),
    ).toBe(name.normalize('NFC'));
  });

  it.each([
    ['漢字', ['U+6F22', 'U+5B57']],
    ['محمد', ['U+0645', 'U+062D', 'U+062F']],
    ['a\u202Eb', ['U+202E']],
    ['a\nb', ['U+000A']],
    ['🙂', ['U+1F642']],
  ])('says what of %j it has not', (text, signs) => {
    expect(font.unwritable(text)).toEqual(signs);
    expect(() => font.runs(text, 'bold')).toThrow(signs[0]);
  });
});

describe('a printed file', () => {
  it('has the same bytes for the same letters, and others for others', async () => {
    const one = await writePdf(font, PRINT, [letter('Łukasz Święch')]);
    const same = await writePdf(font, PRINT, [letter('Łukasz Święch')]);
    const other = await writePdf(font, PRINT, [letter('Ayşe Yıldırım')]);
    expect(one.content.subarray(0, 5).toString()).toBe('%PDF-');
    expect(same.content.equals(one.content)).toBe(true);
    expect(other.content.equals(one.content)).toBe(false);
    expect((await writePdf(font, { ...PRINT, draft: true }, [letter('Łukasz Święch')])).content).not.toEqual(
      one.content,
    );
  });

  it('begins each letter on a page of its own and says where', async () => {
    const { pages, places } = await writePdf(font, PRINT, [letter('One'), letter('Two'), letter('Three')]);
    expect(pages).toBe(3);
    expect(places).toEqual([1, 2, 3].map((firstPage) => ({ firstPage, pages: 1 })));
  });
});
