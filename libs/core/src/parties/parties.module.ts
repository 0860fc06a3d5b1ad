import { Module } from '@nestjs/common';
import { PartiesController } from './http/parties.controller.js';
import { PartyDetailsController } from './http/party-details.controller.js';
import { PartyMergesController } from './http/party-merges.controller.js';
import { PartyCommands } from './party-commands.js';

/** Parties with what stands beside them, their duplicates, and their API. */
@Module({
  controllers: [PartiesController, PartyDetailsController, PartyMergesController],
  providers: [PartyCommands],
  exports: [PartyCommands],
})
export class PartiesModule {}
