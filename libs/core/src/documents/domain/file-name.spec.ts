import { describe, expect, it } from '@jest/globals';
import { safeFileName } from './file-name.js';

describe('a name that a sender gave a file', () => {
  it.each([
    ['letter.pdf', 'letter.pdf'],
    ['Décision n° 4.PDF', 'Décision n° 4.pdf'],
    ['../../etc/passwd', 'passwd.pdf'],
    ['C:\\Users\\x\\order.pdf', 'order.pdf'],
    ['.htaccess', 'htaccess.pdf'],
    ['order.pdf.exe', 'order.pdf.exe.pdf'],
    ['a\u202Efdp.exe', 'afdp.exe.pdf'],
    ['line\r\nset-cookie: x.pdf', 'lineset-cookie x.pdf'],
    ['', 'document.pdf'],
    ['..', 'document.pdf'],
    ['/', 'document.pdf'],
  ])('%j is kept as %j', (sent, kept) => {
    expect(safeFileName(sent, 'application/pdf')).toBe(kept);
  });

  it('has at most a hundred characters before its ending', () => {
    expect(safeFileName(`${'x'.repeat(500)}.png`, 'image/png')).toBe(`${'x'.repeat(100)}.png`);
  });
});
