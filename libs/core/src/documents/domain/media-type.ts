/** What may be kept as a document. Nothing that a program would run, and nothing that unpacks. */
export const MEDIA_TYPES = ['application/pdf', 'image/png', 'image/jpeg', 'image/tiff'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

const ENDINGS: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  'application/pdf': ['pdf'],
  'image/png': ['png'],
  'image/jpeg': ['jpg', 'jpeg'],
  'image/tiff': ['tif', 'tiff'],
};

/** Endings of file names by type, the usual one first. */
export function endingsOf(type: MediaType): readonly [string, ...string[]] {
  return ENDINGS[type];
}

const MAGIC: readonly (readonly [MediaType, readonly number[]])[] = [
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['image/tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];

/** Where a PDF's end must be found: readers allow for some bytes behind it. */
const PDF_TAIL_BYTES = 1024;

/** What the bytes are, by how they begin, and for a PDF by how they end; null for everything that is not kept. */
export function mediaTypeOf(content: Uint8Array): MediaType | null {
  if (isPdf(content)) return 'application/pdf';
  return MAGIC.find(([, magic]) => magic.every((byte, place) => content[place] === byte))?.[0] ?? null;
}

/** A PDF from its first byte to its last: one that was cut off can't be read, and one with something before it may be two things. */
function isPdf(content: Uint8Array): boolean {
  const text = (from: number, to?: number): string => Buffer.from(content.subarray(from, to)).toString('latin1');
  return /^%PDF-[12]\.\d/.test(text(0, 8)) && text(Math.max(0, content.length - PDF_TAIL_BYTES)).includes('%%EOF');
}
