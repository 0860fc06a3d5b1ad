import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiProperty, ApiTags } from '@nestjs/swagger';
import { IsBoolean, IsString, Length } from 'class-validator';
import type { DataSource } from 'typeorm';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import type { Clock } from '../../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE } from '../../platform/tokens.js';
import { switchAdverseOutput } from '../switch-adverse-output.js';

class AdverseStopRequest {
  @ApiProperty({ description: 'true stops all adverse output of the jurisdiction, false lets it go again.' })
  @IsBoolean()
  stopped!: boolean;

  @ApiProperty({ description: 'Why, in words. It is kept.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

/** The one switch of a jurisdiction: nothing adverse goes out, releases do. */
@ApiTags('Exchanges')
@Controller('api/v1/jurisdictions')
export class AdverseStopController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Post(':id/adverse-stop')
  @HttpCode(200)
  switch(@AskedBy() by: Requester, @Param('id') jurisdictionId: string, @Body() body: AdverseStopRequest) {
    return switchAdverseOutput(this.gateway, { jurisdictionId, ...body }, { ...by, at: this.clock.now() });
  }
}
