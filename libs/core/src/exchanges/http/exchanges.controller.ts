import { Controller, Get, Inject, Param, Query } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsISO8601, IsOptional, IsString, Length, Matches } from 'class-validator';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listExchanges, listPositions, listRecords, readExchangeView } from '../exchange-reads.js';

class ExchangeQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  connector?: string;

  @ApiPropertyOptional({ description: 'Business date, YYYY-MM-DD' })
  @IsOptional()
  @IsISO8601({ strict: true }, { message: '$property must be a date, YYYY-MM-DD' })
  @Matches(/^\d{4}-\d{2}-\d{2}$/, { message: '$property must be a date, YYYY-MM-DD' })
  date?: string;
}

class PositionQuery {
  /** A debt, by id or by Concord's number. */
  @ApiProperty({ description: "A debt, by id or by Concord's number" })
  @IsString()
  @Length(1, 60)
  subject!: string;
}

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

  @Get('positions')
  positions(@Query() { subject }: PositionQuery) {
    return listPositions(this.gateway, subject);
  }
}
