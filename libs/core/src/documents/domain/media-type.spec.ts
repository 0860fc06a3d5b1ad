import { describe, expect, it } from '@jest/globals';
import { mediaTypeOf } from './media-type.js';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

describe('what bytes are', () => {
  it.each([
    ['%PDF-1.7\n...\n%%EOF\n', 'application/pdf'],
    ['\x89PNG\r\n\x1a\n....', 'image/png'],
    ['\xff\xd8\xff\xe0..', 'image/jpeg'],
    ['II*\0....', 'image/tiff'],
    ['MM\0*....', 'image/tiff'],
  ])('%j is kept as %s', (content, type) => {
    expect(mediaTypeOf(bytes(content))).toBe(type);
  });

  it.each([
    ['HTML', '<html><script>1</script></html>'],
    ['HTML before a PDF', '<!-- -->%PDF-1.7\n%%EOF'],
    ['a PDF that was cut off', '%PDF-1.7\n1 0 obj'],
    ['an archive', 'PK\x03\x04....'],
    ['SVG', '<svg xmlns="http://www.w3.org/2000/svg"/>'],
    ['a program', '\x7fELF....'],
    ['nothing', ''],
  ])('%s is not kept', (_, content) => {
    expect(mediaTypeOf(bytes(content))).toBeNull();
  });
});
