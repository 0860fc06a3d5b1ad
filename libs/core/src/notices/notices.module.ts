import { join } from 'node:path';
import { Module } from '@nestjs/common';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import type { Environment } from '../platform/environment.js';
import { ENVIRONMENT, JURISDICTIONS } from '../platform/tokens.js';
import { NoticesController } from './http/notices.controller.js';
import { NoticeCommands } from './notice-commands.js';
import { LetterFont } from './render/letter-font.js';
import { loadTemplates, NoticeTemplates } from './templates.js';

/** Notices, reminders and final demands with their API. */
@Module({
  controllers: [NoticesController],
  providers: [
    { provide: LetterFont, useFactory: () => LetterFont.open() },
    {
      provide: NoticeTemplates,
      inject: [ENVIRONMENT, JURISDICTIONS, LetterFont],
      useFactory: ({ configFolder }: Environment, jurisdictions: readonly Jurisdiction[], font: LetterFont) =>
        loadTemplates(join(configFolder, 'notices'), jurisdictions, font.unwritable),
    },
    NoticeCommands,
  ],
  exports: [NoticeCommands],
})
export class NoticesModule {}
