import { Controller, Get, Inject, Param, ParseUUIDPipe, Query } from '@nestjs/common';
import { ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { RuleQueries } from '../rule-queries.js';
import { ActsQuery } from './requests.js';

/** The register of rules, and what it says of a debt. */
@ApiTags('Rules')
@Controller('api/v1')
export class RulesController {
  constructor(@Inject(RuleQueries) private readonly queries: RuleQueries) {}

  @Get('rules')
  @ApiOperation({
    summary: 'Every rule of the register, with what it judges here, and why not where it judges nothing.',
  })
  rules() {
    return this.queries.list();
  }

  @Get('debts/:id/acts')
  @ApiOperation({
    summary: 'What may be done about a debt: what passed on which proof, what stands in the way, why, and until when.',
    description:
      'What is on record now is judged on the day. `reasons` and `passed` are the law; whom the office has asked to act stands apart under `partners`.',
  })
  @ApiNotFoundResponse({ description: '`debt-unknown`' })
  acts(@Param('id', ParseUUIDPipe) id: string, @Query() { act, date }: ActsQuery) {
    return this.queries.explain({ debtId: id, act: act ?? null, date: date ?? null });
  }
}
