import { Module } from '@nestjs/common';
import { DocumentCommands } from './document-commands.js';
import { DocumentsController } from './http/documents.controller.js';

/** Documents of debts with their API. */
@Module({ controllers: [DocumentsController], providers: [DocumentCommands], exports: [DocumentCommands] })
export class DocumentsModule {}
