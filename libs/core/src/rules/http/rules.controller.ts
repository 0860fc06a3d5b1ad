import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { PROOF_WORDS } from '../domain/register/proof-words.js';
import { RuleQueries } from '../rule-queries.js';
import { RulesPreviews } from '../rules-previews.js';
import { ActsQuery, RulesPreviewRequest } from './requests.js';

const EXAMPLES = 5;

/** The register of rules, and what it says of a debt. */
@ApiTags('Rules')
@Controller('api/v1')
export class RulesController {
  constructor(
    @Inject(RuleQueries) private readonly queries: RuleQueries,
    @Inject(RulesPreviews) private readonly previews: RulesPreviews,
  ) {}

  @Get('rules')
  @ApiOperation({
    summary: 'Every rule of the register, with what it judges here, and why not where it judges nothing.',
  })
  rules() {
    return this.queries.list();
  }

  @Get('proof-words')
  @ApiOperation({
    summary:
      'The words by which proofs say what they are, and in which countries something looks for each: `noticeKind` of a notice, `subject` of anything else.',
  })
  proofWords() {
    return PROOF_WORDS;
  }

  @Post('rules/preview')
  @HttpCode(200)
  @ApiOperation({
    summary:
      'What other numbers of rules would change: by connector, how many referred debts open, restrain, block, close, withdraw or stay. Nothing is kept.',
  })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  @ApiConflictResponse({ description: '`reports-busy`: another preview is being made' })
  @ApiUnprocessableEntityResponse({ description: '`rules-invalid`' })
  preview(@Body() { jurisdictionId, rules, date, examples }: RulesPreviewRequest) {
    return this.previews.preview({
      jurisdictionId,
      proposed: rules ?? null,
      date: date ?? null,
      examples: examples ?? EXAMPLES,
    });
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
