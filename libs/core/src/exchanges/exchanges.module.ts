import { Module } from '@nestjs/common';
import { ExchangesController } from './http/exchanges.controller.js';

/** What the gateway shows of exchanges and positions. */
@Module({ controllers: [ExchangesController] })
export class ExchangesModule {}
