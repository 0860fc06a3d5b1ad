import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { ArchiveStore } from '../archive/archive-store.js';
import type { AskedBy } from '../cases/case-commands.js';
import { locateDebt } from '../cases/case-lookup.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { ARCHIVE, CLOCK, GATEWAY_DATABASE } from '../platform/tokens.js';
import { recordDocument, readDocument } from './document-store.js';
import type { DocumentView } from './document-store.js';
import { safeFileName } from './domain/file-name.js';
import { mediaTypeOf, MEDIA_TYPES } from './domain/media-type.js';

/** A file as somebody sent it: neither its name nor its type is believed. */
export interface SentFile {
  readonly fileName: string;
  /** What the sender says that it is; blank where nothing is said. */
  readonly mediaType: string;
  readonly content: Uint8Array;
}

/** Documents of debts: taken in once, kept encrypted, handed out as they came. */
@Injectable()
export class DocumentCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(ARCHIVE) private readonly archive: ArchiveStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `debt-unknown`, `content-not-kept`, or `media-type-differs` from what it is said to be */
  async keep(
    by: AskedBy,
    debtId: string,
    file: SentFile,
  ): Promise<{ readonly document: DocumentView; readonly recorded: boolean }> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    const mediaType = mediaTypeOf(file.content);
    if (mediaType === null) {
      throw new Refusal('content-not-kept', `by its bytes the file is none of ${MEDIA_TYPES.join(', ')}`);
    }
    if (file.mediaType !== mediaType) {
      throw new Refusal(
        'media-type-differs',
        `by its bytes the file is ${mediaType}, and it was sent as something else`,
      );
    }
    const today = await officeDate(this.gateway, this.clock, jurisdictionId);
    // Before the row: a row never names bytes that are not there. Bytes without a row harm nothing.
    const content = await this.archive.put(inOnePiece(file.content));
    const order = { debtId, content, mediaType, fileName: safeFileName(file.fileName, mediaType) };
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => recordDocument(manager, context, order, today));
  }

  /** @throws Refusal `document-unknown` */
  async open(id: string): Promise<{ readonly document: DocumentView; readonly content: AsyncIterable<Uint8Array> }> {
    const document = await readDocument(this.gateway, id);
    return { document, content: this.archive.open(document.contentHash) };
  }
}

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
