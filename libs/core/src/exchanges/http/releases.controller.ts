import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listReleases } from '../release-reads.js';
import { ReleaseQuery } from './requests.js';

/** What partners must be told less adverse than they may hold, and by when. */
@ApiTags('Exchanges')
@Controller('api/v1')
export class ReleasesController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('releases')
  @ApiOperation({
    summary: 'Release duties with deadline, rule and source, and how many are open and overdue.',
    description:
      'The earliest deadline first. A duty is closed when the partner has confirmed, or, where it never does, when the delivery is proven.',
  })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`, `connector-unknown`, `debt-unknown`' })
  releases(@Query() query: ReleaseQuery) {
    return listReleases(this.gateway, this.clock, query);
  }
}
