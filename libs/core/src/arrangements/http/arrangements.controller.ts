import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { ArrangementCommands } from '../arrangement-commands.js';
import type { PlanTerms } from '../domain/plan-terms.js';
import {
  ArrangementPaymentRequest,
  ArrangementRequest,
  AsOfQuery,
  CalculationRequest,
  EndRequest,
  ExtensionRequest,
} from './requests.js';
import type { TermsRequest } from './requests.js';

const PLAN_FAULTS =
  '`terms-unclear`, `amount-missing`, `amount-too-small`, `first-instalment-too-large`, `until-before-first`, ' +
  '`too-many-instalments`, `plan-too-long`, `beyond-calendar`';
const UNKNOWN = { description: '`arrangement-unknown`' };

@ApiTags('Arrangements')
@Controller('api/v1')
export class ArrangementsController {
  constructor(@Inject(ArrangementCommands) private readonly commands: ArrangementCommands) {}

  @Post('arrangements/calculate')
  @HttpCode(200)
  @ApiOperation({ summary: 'The schedule that terms would make. Nothing is kept.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  @ApiUnprocessableEntityResponse({ description: PLAN_FAULTS })
  calculate(@Body() { jurisdictionId, terms }: CalculationRequest) {
    return this.commands.calculate(jurisdictionId, termsOf(terms));
  }

  @Post('arrangements')
  @ApiOperation({ summary: 'Agrees a payment arrangement.' })
  @ApiNotFoundResponse({ description: '`debt-unknown`' })
  @ApiConflictResponse({ description: '`already-arranged`, `key-reused`' })
  @ApiUnprocessableEntityResponse({
    description: `\`debts-of-several-cases\`, \`nothing-owed\`, \`amount-above-balance\`, \`first-due-past\`, ${PLAN_FAULTS}`,
  })
  agree(@AskedBy() by: Requester, @Body() body: ArrangementRequest) {
    return this.commands.agree(by, {
      debtIds: body.debtIds,
      allocation: body.allocation ?? 'oldest-first',
      terms: termsOf(body.terms),
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Get('arrangements/:id')
  @ApiOperation({ summary: 'An arrangement with its schedule, and how it stands on a day.' })
  @ApiNotFoundResponse(UNKNOWN)
  view(@Param('id', ParseUUIDPipe) id: string, @Query() { asOf }: AsOfQuery) {
    return this.commands.view(id, asOf ?? null);
  }

  @Get('debts/:id/arrangements')
  @ApiOperation({ summary: 'The arrangements of a debt, the newest first.' })
  @ApiNotFoundResponse({ description: '`debt-unknown`' })
  ofDebt(@Param('id', ParseUUIDPipe) id: string, @Query() { asOf }: AsOfQuery) {
    return this.commands.viewOf(id, asOf ?? null);
  }

  @Post('arrangements/:id/extend')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives an arrangement a new schedule; the earlier one stays on record.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse({ description: '`arrangement-over`, `already-arranged`, `key-reused`' })
  @ApiUnprocessableEntityResponse({
    description: `\`nothing-owed\`, \`amount-above-balance\`, \`first-due-past\`, ${PLAN_FAULTS}`,
  })
  extend(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ExtensionRequest) {
    const { terms, idempotencyKey } = body;
    return this.commands.extend(by, { arrangementId: id, terms: termsOf(terms), idempotencyKey });
  }

  @Post('arrangements/:id/end')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends an arrangement by agreement.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse({ description: '`arrangement-over`' })
  end(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: EndRequest) {
    return this.commands.end(by, id, reason);
  }

  @Post('arrangements/:id/payments')
  @ApiOperation({ summary: 'Posts a payment to the debts of an arrangement, as it says.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse({ description: '`key-reused`' })
  @ApiUnprocessableEntityResponse({ description: '`currency-differs`' })
  pay(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ArrangementPaymentRequest) {
    return this.commands.pay(by, {
      arrangementId: id,
      amountMinor: body.amountMinor,
      currency: body.currency,
      paidOn: body.paidOn ?? null,
      reference: body.reference ?? null,
      idempotencyKey: body.idempotencyKey,
    });
  }
}

function termsOf(terms: TermsRequest): PlanTerms {
  return {
    frequency: terms.frequency,
    firstDueOn: terms.firstDueOn,
    amountMinor: terms.amountMinor ?? null,
    firstInstalmentMinor: terms.firstInstalmentMinor ?? null,
    instalments: terms.instalments ?? null,
    instalmentMinor: terms.instalmentMinor ?? null,
    until: terms.until ?? null,
  };
}
