import { Module } from '@nestjs/common';
import { CommandReplies } from '../commands/http/command-replies.js';
import { CommandsController } from '../commands/http/commands.controller.js';
import { ConnectorsController } from '../connectors/http/connectors.controller.js';
import { AdverseStopController } from './http/adverse-stop.controller.js';
import { DecisionsController } from './http/decisions.controller.js';
import { ExchangesController } from './http/exchanges.controller.js';
import { LineageController } from './http/lineage.controller.js';
import { ReleasesController } from './http/releases.controller.js';

/** What the gateway shows of connectors, exchanges and positions, and what it asks of the connectors for people. */
@Module({
  controllers: [
    ExchangesController,
    DecisionsController,
    ConnectorsController,
    CommandsController,
    AdverseStopController,
    LineageController,
    ReleasesController,
  ],
  providers: [CommandReplies],
})
export class ExchangesModule {}
