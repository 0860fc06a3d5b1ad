import { Module } from '@nestjs/common';
import { ExchangesController } from './http/exchanges.controller.js';
import { LineageController } from './http/lineage.controller.js';

/** What the gateway shows of exchanges and positions. */
@Module({ controllers: [ExchangesController, LineageController] })
export class ExchangesModule {}
