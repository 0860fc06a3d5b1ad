import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { JudgmentTurn } from '../domain/judgment.js';
import { DebtDetailCommands } from '../details/debt-detail-commands.js';
import {
  DatesRequest,
  DebtTypesQuery,
  JudgmentEndRequest,
  JudgmentRenewalRequest,
  JudgmentRequest,
} from './debt-detail-requests.js';
import { AskedBy } from './requester.js';
import type { Requester } from './requester.js';

const DEBT_UNKNOWN = { description: '`debt-unknown`' };
const NO_JUDGMENT = { description: '`debt-unknown`, `judgment-unknown`' };
const KEY_REUSED = { description: '`key-reused`' };
const TURN_FAULTS = { description: '`date-in-future`, `judgment-dates`' };

/** Types, dates and judgments of debts. */
@ApiTags('Debts')
@Controller('api/v1')
export class DebtDetailsController {
  constructor(@Inject(DebtDetailCommands) private readonly commands: DebtDetailCommands) {}

  @Get('debt-types')
  @ApiOperation({ summary: 'The types of debts of an office, and what each is owed for.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  types(@Query() { jurisdiction }: DebtTypesQuery) {
    return this.commands.types(jurisdiction);
  }

  @Get('debts/:id/details')
  @ApiOperation({ summary: 'Type, dates with their history, judgments, and which facts rules miss.' })
  @ApiNotFoundResponse(DEBT_UNKNOWN)
  details(@Param('id', ParseUUIDPipe) id: string) {
    return this.commands.details(id);
  }

  @Post('debts/:id/dates')
  @HttpCode(200)
  @ApiOperation({ summary: 'Sets or corrects dates of a debt; what they were is kept.' })
  @ApiNotFoundResponse(DEBT_UNKNOWN)
  @ApiConflictResponse(KEY_REUSED)
  @ApiUnprocessableEntityResponse({ description: '`date-in-future`, `dates-out-of-order`' })
  changeDates(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: DatesRequest) {
    const { reason, source, idempotencyKey } = body;
    const { incurredOn: incurred, dueOn: due, delinquentOn: delinquent, itemisedOn: itemised } = body;
    const dates = { incurred, due, delinquent, itemised };
    return this.commands.changeDates(by, { debtId: id, dates, reason, source, idempotencyKey });
  }

  @Post('debts/:id/judgment')
  @ApiOperation({ summary: 'Records a judgment on a debt. The ledger is not changed.' })
  @ApiNotFoundResponse(DEBT_UNKNOWN)
  @ApiConflictResponse({ description: '`judgment-stands`, `key-reused`' })
  @ApiUnprocessableEntityResponse({
    description:
      '`currency-differs`, `party-not-liable`, `date-in-future`, `judgment-dates`, `judgment-empty`, `judgment-too-large`',
  })
  enter(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: JudgmentRequest) {
    return this.commands.enterJudgment(by, {
      ...{ debtId: id, court: body.court, caseNumber: body.caseNumber, enteredOn: body.enteredOn },
      ...{ currency: body.currency, principalMinor: body.principalMinor ?? 0, interestMinor: body.interestMinor ?? 0 },
      ...{ feesMinor: body.feesMinor ?? 0, costsMinor: body.costsMinor ?? 0 },
      ...{ yearlyPercent: body.yearlyPercent ?? null, enforceableUntil: body.enforceableUntil ?? null },
      ...{ against: body.against ?? null, source: body.source, proof: body.proof ?? null },
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Post('debts/:id/judgment/renewed')
  @HttpCode(200)
  @ApiOperation({ summary: 'The judgment in force can be enforced for longer.' })
  @ApiNotFoundResponse(NO_JUDGMENT)
  @ApiConflictResponse(KEY_REUSED)
  @ApiUnprocessableEntityResponse(TURN_FAULTS)
  renew(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: JudgmentRenewalRequest) {
    return this.turn(by, id, 'renewed', body, body.enforceableUntil ?? null);
  }

  @Post('debts/:id/judgment/satisfied')
  @HttpCode(200)
  @ApiOperation({ summary: 'What the judgment in force awarded was paid.' })
  @ApiNotFoundResponse(NO_JUDGMENT)
  @ApiConflictResponse(KEY_REUSED)
  @ApiUnprocessableEntityResponse(TURN_FAULTS)
  satisfy(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: JudgmentEndRequest) {
    return this.turn(by, id, 'satisfied', body, null);
  }

  @Post('debts/:id/judgment/vacated')
  @HttpCode(200)
  @ApiOperation({ summary: 'A court took the judgment back, also one that was satisfied.' })
  @ApiNotFoundResponse(NO_JUDGMENT)
  @ApiConflictResponse(KEY_REUSED)
  @ApiUnprocessableEntityResponse(TURN_FAULTS)
  vacate(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: JudgmentEndRequest) {
    return this.turn(by, id, 'vacated', body, null);
  }

  private turn(by: Requester, debtId: string, turn: JudgmentTurn, body: JudgmentEndRequest, until: string | null) {
    return this.commands.turnJudgment(by, {
      ...{ debtId, turn, on: body.on ?? null, enforceableUntil: until, reason: body.reason },
      ...{ source: body.source, proof: body.proof ?? null, idempotencyKey: body.idempotencyKey },
    });
  }
}
