import { expect, test } from '@jest/globals';
import type { OpenedFile } from '@concord/core/exchanges/commands/preview-result';
import { previewText } from './preview.js';

function file(bytes: string | Buffer, changes: Partial<OpenedFile> = {}): OpenedFile {
  const content = Buffer.from(bytes as string);
  return {
    ...{ kind: 'placements', fileName: 'P1.txt', records: 1, bytes: content.length, truncated: false },
    base64: content.toString('base64'),
    leftOut: [],
    recordList: [
      {
        ...{ sequence: 1, reference: 'BERK1', state: 'active', amountMinor: 52_500 },
        ...{ previousState: 'absent', previousAmountMinor: 0, why: 'opened' },
      },
    ],
    ...changes,
  };
}

test('records with what the partner holds and is told, then the lines of the file with their ends named', () => {
  const text = previewText([file('H 1\r\nR BERK1\r\n')]);
  expect(text).toContain('placements P1.txt: 1 record, 14 bytes');
  expect(text).toMatch(/BERK1\s*│\s*absent.*active.*52500.*opened/);
  expect(text.split('\n').slice(-3)).toEqual(['The file, lines ending in CR LF:', 'H 1', 'R BERK1']);
});

test('bytes that a terminal would obey are spelt out, and a file without line ends is one line', () => {
  const lines = previewText([file('A\u001b[31mB\u0000C')]).split('\n');
  expect(lines.slice(-2)).toEqual(['The file, lines ending in nothing:', 'A\\u{1b}[31mB\\u{0}C']);
});

test('bytes that are no UTF-8 are shown a character each; UTF-8 that is cut in a character stays UTF-8', () => {
  expect(previewText([file(Buffer.from([0x41, 0xe9, 0x0a]))]).endsWith('Aé')).toBe(true);
  const cut = file(Buffer.from('Zoë').subarray(0, 3), { truncated: true });
  expect(previewText([cut])).toMatch(/The file's beginning, lines ending in nothing:\nZo\n… and so on$/);
});

test('how many records are not shown, what is unusual, and that there is nothing', () => {
  expect(previewText([file('x', { records: 1001 })])).toContain('and 1000 more records');
  const compared = {
    volume: { records: 2000, adverse: 1900, addedMinor: 5 },
    usual: { files: 10, records: 40, adverse: 12 },
    over: [{ limit: 'usual-adverse', is: 1900, allowed: 60, usual: 12 }],
  } as const;
  const text = previewText([file('x', { ...compared, leftOut: [{ sequence: 7, reason: 'no name' }] })]);
  expect(text).toContain(
    '1900 records put something new or more adverse there; usual of the last 10 files: 40 records, 12',
  );
  expect(text).toContain('it would wait for a person: usual-adverse is 1900, allowed 60');
  expect(text).toContain('left out: record 7: no name');
  expect(previewText([])).toBe('There would be nothing to send.');
});
