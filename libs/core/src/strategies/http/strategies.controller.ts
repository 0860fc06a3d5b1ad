import { Body, Controller, Get, HttpCode, Inject, Param, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { StrategyCommands } from '../strategy-commands.js';
import { ApplyRequest, HeldPreviewQuery, OfJurisdictionQuery, PreviewRequest } from './requests.js';

const UNKNOWN = { description: '`jurisdiction-unknown`, `strategy-unknown`' };
const BUSY = { description: '`reports-busy`: another preview is being made' };
const EXAMPLES = 5;

@ApiTags('Strategies')
@Controller('api/v1/strategies')
export class StrategiesController {
  constructor(@Inject(StrategyCommands) private readonly commands: StrategyCommands) {}

  @Get()
  @ApiOperation({ summary: 'The strategies of an office: what is in force of each, and what waits for a person.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  list(@Query() { jurisdiction }: OfJurisdictionQuery) {
    return this.commands.list(jurisdiction);
  }

  @Get('preview')
  @ApiOperation({
    summary: 'What the strategies in force would do if they looked at every debt today. Nothing is changed.',
  })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(BUSY)
  preview(@Query() { jurisdiction, strategy, examples, held }: HeldPreviewQuery) {
    return this.commands.preview({
      jurisdictionId: jurisdiction,
      strategyId: strategy ?? null,
      proposed: null,
      held: held === 'true',
      examples: examples ?? EXAMPLES,
    });
  }

  @Post('preview')
  @HttpCode(200)
  @ApiOperation({ summary: 'The same for strategies as they would be. Nothing is kept.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(BUSY)
  @ApiUnprocessableEntityResponse({ description: '`strategies-invalid`' })
  previewProposed(@Body() { jurisdictionId, strategies, strategyId, examples }: PreviewRequest) {
    return this.commands.preview({
      jurisdictionId,
      strategyId: strategyId ?? null,
      proposed: strategies ?? null,
      examples: examples ?? EXAMPLES,
    });
  }

  @Post(':id/apply')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts a changed strategy into force that was held, because it would do a surprising lot.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse({ description: '`strategy-not-held`, `content-differs`' })
  apply(@AskedBy() by: Requester, @Param('id') id: string, @Body() { jurisdictionId, ...decision }: ApplyRequest) {
    return this.commands.apply(by, jurisdictionId, id, decision);
  }
}
