import { describe, expect, it } from '@jest/globals';
import { layOut, PAGE_SIZES } from './layout.js';
import type { Measure, PrintedPage } from './layout.js';
import type { Letter } from './letter.js';

/** Every sign is half as wide as it is high. */
const measure: Measure = (text, size) => ([...text].length * size) / 2;
const foot = { left: 'DRAFT', right: (page: number, of: number) => `${page}/${of}` };

const letter = (changes: Partial<Letter> = {}): Letter => ({
  from: ['City of Exampleton', '1 Example Street', '(512) 555-0142'],
  to: ['Robin Sample', '2 Example Street', 'Exampleton, TX 75001'],
  particulars: [['Date', 'March 16, 2026']],
  title: 'Reminder',
  blocks: [{ kind: 'text', text: 'Please pay.' }],
  ...changes,
});

const printed = (pages: readonly PrintedPage[]): string[] => pages.flatMap((page) => page.map(({ text }) => text));

/** Lines that are printed over each other. */
function overlaps(page: PrintedPage): string[][] {
  const within = (from: number, length: number, other: number, otherLength: number): boolean =>
    from < other + otherLength - 0.001 && other < from + length - 0.001;
  return page.flatMap((one, place) =>
    page
      .slice(place + 1)
      .filter(
        (other) =>
          within(one.y, one.size, other.y, other.size) &&
          within(one.x, measure(one.text, one.size, 'regular'), other.x, measure(other.text, other.size, 'regular')),
      )
      .map((other) => [one.text, other.text]),
  );
}

describe('a letter on paper', () => {
  it('has one page with its foot when it is short, and amounts end at the right edge', () => {
    const rows = [{ label: 'Total', amount: '$525.00', total: true }];
    const pages = layOut(letter({ blocks: [{ kind: 'rows', rows }] }), 'letter', measure, foot);
    expect(pages).toHaveLength(1);
    expect(printed(pages)).toEqual(expect.arrayContaining(['Robin Sample', 'DRAFT', '1/1']));
    const amount = pages[0]!.find(({ text }) => text === '$525.00')!;
    expect(amount.x + measure(amount.text, amount.size, amount.weight)).toBeCloseTo(612 - 64);
    expect(amount.weight).toBe('bold');
  });

  it('goes on with the next page, and counts them', () => {
    const blocks = Array.from({ length: 60 }, (_, place) => ({ kind: 'text' as const, text: `Paragraph ${place}` }));
    const pages = layOut(letter({ blocks }), 'letter', measure, foot);
    expect(pages.length).toBeGreaterThan(1);
    expect(printed(pages).filter((text) => text.startsWith('Paragraph'))).toHaveLength(60);
    expect(printed(pages)).toContain(`2/${pages.length}`);
  });

  it('prints nothing beyond the paper, however long a word is', () => {
    const long = 'x'.repeat(400);
    const rows = [{ label: `${long} label`, amount: '1', total: false }];
    const hostile = letter({
      from: [long, long],
      particulars: [['Reference', long]],
      to: [long],
      title: long,
      blocks: [
        { kind: 'text', text: `${long} ${long}` },
        { kind: 'rows', rows },
      ],
    });
    for (const page of ['letter', 'a4'] as const) {
      const [width, height] = PAGE_SIZES[page];
      const pages = layOut(hostile, page, measure, foot);
      expect(pages.map(overlaps)).toEqual(pages.map(() => []));
      for (const line of pages.flat()) {
        expect(line.x + measure(line.text, line.size, line.weight)).toBeLessThanOrEqual(width - 64 + 0.001);
        expect(line.y + line.size).toBeLessThanOrEqual(height);
      }
    }
  });

  it('keeps every word of a paragraph', () => {
    const text = Array.from({ length: 200 }, (_, place) => `word${place}`).join(' ');
    const pages = layOut(letter({ blocks: [{ kind: 'text', text }] }), 'a4', measure, foot);
    const joined = printed(pages)
      .filter((line) => line.startsWith('word'))
      .join(' ');
    expect(joined).toBe(text);
  });
});
