import { Controller, Get, Inject, Param, ParseIntPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { readLineage } from '../lineage.js';
import type { Lineage } from '../lineage.js';

@ApiTags('Exchanges')
@Controller('api/v1/exchanges/:id/records/:sequence/lineage')
export class LineageController {
  constructor(@Inject(GATEWAY_DATABASE) private readonly gateway: DataSource) {}

  /** Which changes of the case a record tells, in which file, who answered it, and what that changed; also from an answer back. */
  @Get()
  lineage(@Param('id') id: string, @Param('sequence', ParseIntPipe) sequence: number): Promise<Lineage> {
    return readLineage(this.gateway, id, sequence);
  }
}
