import {
  BadRequestException,
  createParamDecorator,
  PayloadTooLargeException,
  UnsupportedMediaTypeException,
} from '@nestjs/common';
import type { ExecutionContext } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import type { SentFile } from '../document-commands.js';

/** The largest document. What is longer is refused before it is looked at. */
export const LARGEST_DOCUMENT_BYTES = 10 * 1024 * 1024;
/** What a form adds to the file in it. */
const ENVELOPE_BYTES = 16 * 1024;
const FIELD = 'file';

/** A file out of a form. Its bytes are no property: nothing that walks or logs a request meets them. */
class UploadedFile implements SentFile {
  readonly #content: Uint8Array;

  constructor(
    readonly fileName: string,
    readonly mediaType: string,
    content: Uint8Array,
  ) {
    this.#content = content;
  }

  get content(): Uint8Array {
    return this.#content;
  }
}

/** Takes forms with one file (`multipart/form-data`, field `file`), up to a size, and not packed. */
export function acceptUploads(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer', bodyLimit: LARGEST_DOCUMENT_BYTES + ENVELOPE_BYTES },
      (request: FastifyRequest, body: Buffer) => fileOf(request, body),
    );
}

async function fileOf({ headers }: FastifyRequest, body: Buffer): Promise<UploadedFile> {
  if (headers['content-encoding'] !== undefined) throw new UnsupportedMediaTypeException('the form is packed');
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': headers['content-type']! } })
    .formData()
    .catch(() => null);
  if (form === null) throw new BadRequestException('the form can not be read');
  const [file, ...others] = form.getAll(FIELD);
  if (!(file instanceof File) || others.length > 0 || [...form.keys()].length !== 1) {
    throw new BadRequestException(`the form must have one file, in the field ${FIELD}, and nothing else`);
  }
  if (file.size > LARGEST_DOCUMENT_BYTES) throw new PayloadTooLargeException();
  if (!file.name.isWellFormed() || file.name.includes('\0')) throw new BadRequestException('the name can not be kept');
  return new UploadedFile(file.name, file.type, new Uint8Array(await file.arrayBuffer()));
}

/** The file of a request that sent one. */
export const SentDocument = createParamDecorator((_: unknown, context: ExecutionContext): SentFile => {
  const { body } = context.switchToHttp().getRequest<{ body: unknown }>();
  if (!(body instanceof UploadedFile)) {
    throw new BadRequestException(`a form with one file, in the field ${FIELD}, is needed`);
  }
  return body;
});
