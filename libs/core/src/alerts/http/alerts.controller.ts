import { Controller, Get, Inject, Query } from '@nestjs/common';
import { ApiPropertyOptional, ApiTags } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString } from 'class-validator';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listAlerts } from '../alert-reads.js';
import { ALERT_CAUSES } from '../alerts.js';
import type { AlertCause } from '../alerts.js';

class AlertQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'true: only what stands now' })
  @IsOptional()
  @IsIn(['true', 'false'])
  standing?: 'true' | 'false';

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  connector?: string;

  @ApiPropertyOptional({ enum: ALERT_CAUSES })
  @IsOptional()
  @IsIn(ALERT_CAUSES)
  cause?: AlertCause;
}

@ApiTags('Alerts')
@Controller('api/v1/alerts')
export class AlertsController {
  constructor(@Inject(GATEWAY_DATABASE) private readonly gateway: DataSource) {}

  /** What is wrong, or was: at most 500, those of one partner and cause beside each other. */
  @Get()
  alerts(@Query() { standing, connector, cause }: AlertQuery) {
    return listAlerts(this.gateway, { standing: standing === 'true', connector, cause });
  }
}
