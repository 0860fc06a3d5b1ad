import { Controller, Get, Inject, Param, ParseIntPipe, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listExchanges, listPositions, listRecords, readExchangeView } from '../exchange-reads.js';
import { listQuarantine, readQuarantined } from '../quarantine-reads.js';
import { ExchangeQuery, PositionQuery, QuarantineQuery } from './requests.js';

@ApiTags('Exchanges')
@Controller('api/v1')
export class ExchangesController {
  constructor(@Inject(GATEWAY_DATABASE) private readonly gateway: DataSource) {}

  @Get('exchanges')
  exchanges(@Query() query: ExchangeQuery) {
    return listExchanges(this.gateway, query);
  }

  @Get('exchanges/:id')
  async exchange(@Param('id') id: string) {
    const exchange = await readExchangeView(this.gateway, id);
    return { ...exchange, recordList: await listRecords(this.gateway, exchange) };
  }

  @Get('quarantine')
  quarantine(@Query() query: QuarantineQuery) {
    return listQuarantine(this.gateway, query);
  }

  @Get('quarantine/:exchange/:sequence')
  quarantined(@Param('exchange', ParseUUIDPipe) exchange: string, @Param('sequence', ParseIntPipe) sequence: number) {
    return readQuarantined(this.gateway, exchange, sequence);
  }

  @Get('positions')
  positions(@Query() { subject }: PositionQuery) {
    return listPositions(this.gateway, subject);
  }
}
