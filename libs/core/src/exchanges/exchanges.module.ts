import { Module } from '@nestjs/common';
import { AdverseStopController } from './http/adverse-stop.controller.js';
import { ExchangesController } from './http/exchanges.controller.js';

/** What the gateway shows of exchanges and positions. */
@Module({ controllers: [ExchangesController, AdverseStopController] })
export class ExchangesModule {}
