import { Readable } from 'node:stream';
import { Controller, Get, Inject, Param, ParseUUIDPipe, Post, Query, Res, StreamableFile } from '@nestjs/common';
import {
  ApiBadRequestResponse,
  ApiBody,
  ApiConsumes,
  ApiNotFoundResponse,
  ApiOperation,
  ApiPayloadTooLargeResponse,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import { OfDebtQuery } from '../../cases/http/debt-requests.js';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { DocumentCommands } from '../document-commands.js';
import type { SentFile } from '../document-commands.js';
import { listDocuments } from '../document-store.js';
import { MEDIA_TYPES } from '../domain/media-type.js';
import { asAttachment } from './attachment.js';
import { LARGEST_DOCUMENT_BYTES, SentDocument } from './uploads.js';

@ApiTags('Documents')
@Controller('api/v1')
export class DocumentsController {
  constructor(
    @Inject(DocumentCommands) private readonly commands: DocumentCommands,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
  ) {}

  @Post('debts/:id/documents')
  @ApiOperation({ summary: 'Keeps a document of a debt, with the proof that it is. The same bytes are kept once.' })
  @ApiConsumes('multipart/form-data')
  @ApiBody({
    schema: { type: 'object', properties: { file: { type: 'string', format: 'binary' } }, required: ['file'] },
  })
  @ApiBadRequestResponse({ description: 'not a form with one file in the field `file`' })
  @ApiNotFoundResponse({ description: '`debt-unknown`' })
  @ApiPayloadTooLargeResponse({ description: `more than ${LARGEST_DOCUMENT_BYTES} bytes` })
  @ApiUnprocessableEntityResponse({
    description: `\`content-not-kept\` for what is none of ${MEDIA_TYPES.join(', ')}; \`media-type-differs\` from its type`,
  })
  keep(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @SentDocument() file: SentFile) {
    return this.commands.keep(by, id, file);
  }

  @Get('documents')
  @ApiOperation({ summary: 'The documents of a debt, the oldest first.' })
  documents(@Query() { debt }: OfDebtQuery) {
    return listDocuments(this.gateway, debt);
  }

  @Get('documents/:id')
  @ApiOperation({ summary: 'The bytes of a document, as they came.' })
  @ApiProduces(...MEDIA_TYPES)
  @ApiNotFoundResponse({ description: '`document-unknown`' })
  async document(
    @Param('id', ParseUUIDPipe) id: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const { document, content } = await this.commands.open(id);
    asAttachment(reply, document.fileName);
    return new StreamableFile(Readable.from(content), { type: document.mediaType, length: document.bytes });
  }
}
