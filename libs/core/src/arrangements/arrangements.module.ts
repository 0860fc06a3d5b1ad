import { Module } from '@nestjs/common';
import { ArrangementCommands } from './arrangement-commands.js';
import { ArrangementsController } from './http/arrangements.controller.js';

/** Payment arrangements with their API. */
@Module({
  controllers: [ArrangementsController],
  providers: [ArrangementCommands],
  exports: [ArrangementCommands],
})
export class ArrangementsModule {}
