import { StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';

/** Marks an answer as a file to be saved: whatever it holds, no browser opens it as a page of this origin. */
export function asAttachment(reply: FastifyReply, fileName: string): void {
  const plain = fileName.replace(/[^\w.-]/g, '_');
  void reply.headers({
    'content-disposition': `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName)}`,
    'x-content-type-options': 'nosniff',
    'content-security-policy': "default-src 'none'; sandbox",
    'cache-control': 'no-store',
  });
}

/** Bytes as an answer. */
export function fileAnswer(content: Uint8Array, mediaType: string): StreamableFile {
  return new StreamableFile(content, { type: mediaType, length: content.length });
}
