import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { Refusal } from '../../platform/errors.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { CaseCommands } from '../case-commands.js';
import {
  listDebts,
  listJurisdictions,
  listProofs,
  listReferrals,
  listStops,
  readDebt,
  readLedger,
} from '../case-reads.js';
import { intakeRow } from '../domain/intake-row.js';
import { DebtListQuery, DebtRequest, ItemisationRequest, OfDebtQuery } from './debt-requests.js';
import { DischargeRequest } from './discharge-request.js';
import { ProofRequest } from './proof-request.js';
import { AskedBy } from './requester.js';
import type { Requester } from './requester.js';
import { PaymentRequest, ReferralRequest, StopRequest, WithdrawalRequest } from './requests.js';
import { StopDetailsRequest } from './stop-details-request.js';

@ApiTags('Cases')
@Controller('api/v1')
export class CasesController {
  constructor(
    @Inject(CaseCommands) private readonly commands: CaseCommands,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
  ) {}

  @Get('jurisdictions')
  jurisdictions() {
    return listJurisdictions(this.gateway);
  }

  @Post('debts')
  async registerDebt(@AskedBy() by: Requester, @Body() { jurisdictionId, ...body }: DebtRequest) {
    const row = intakeRow.safeParse(body);
    if (!row.success) {
      const issues = row.error.issues.map(({ path, message }) => `${path.join('.')} ${message}`);
      throw new Refusal('debt-invalid', issues.join('; '));
    }
    return this.commands.registerDebt(by, jurisdictionId, row.data);
  }

  @Get('debts')
  debts(@Query() query: DebtListQuery) {
    return listDebts(this.gateway, query);
  }

  @Get('debts/:id')
  debt(@Param('id', ParseUUIDPipe) id: string) {
    return readDebt(this.gateway, id);
  }

  @Post('debts/:id/itemisation')
  @HttpCode(200)
  setItemisation(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { on }: ItemisationRequest) {
    return this.commands.setItemisation(by, { debtId: id, on });
  }

  @Post('payments')
  postPayment(@AskedBy() by: Requester, @Body() body: PaymentRequest) {
    return this.commands.postPayment(by, {
      debtId: body.debtId,
      amountMinor: body.amountMinor,
      currency: body.currency,
      paidOn: body.paidOn ?? null,
      reference: body.reference ?? null,
      idempotencyKey: body.idempotencyKey,
      settles: body.settles ?? false,
    });
  }

  @Get('payments')
  async payments(@Query() { debt }: OfDebtQuery) {
    const entries = await readLedger(this.gateway, debt);
    return entries.filter(
      ({ kind, reversesKind }) => kind === 'payment' || (kind === 'reversal' && reversesKind === 'payment'),
    );
  }

  @Post('proofs')
  @ApiNotFoundResponse({ description: '`debt-unknown`, `document-unknown`' })
  @ApiConflictResponse({ description: '`key-reused`' })
  @ApiUnprocessableEntityResponse({ description: '`date-in-future`, `proof-details`' })
  recordProof(@AskedBy() by: Requester, @Body() body: ProofRequest) {
    return this.commands.recordProof(by, {
      debtId: body.debtId,
      kind: body.kind,
      on: body.on,
      reference: body.reference ?? null,
      noticeKind: body.noticeKind ?? null,
      subject: body.subject ?? null,
      method: body.method ?? null,
      trackingNumber: body.trackingNumber ?? null,
      outcome: body.outcome ?? null,
      documentId: body.documentId ?? null,
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Get('proofs')
  proofs(@Query() { debt }: OfDebtQuery) {
    return listProofs(this.gateway, debt);
  }

  @Post('proofs/:id/withdraw')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes back a proof that was recorded in error. It stays on record; no rule counts it any more.',
  })
  @ApiNotFoundResponse({ description: '`proof-unknown`' })
  @ApiUnprocessableEntityResponse({ description: '`proof-of-notice`' })
  withdrawProof(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: WithdrawalRequest) {
    return this.commands.withdrawProof(by, { proofId: id, reason: body.reason });
  }

  @Post('stops')
  placeStop(@AskedBy() by: Requester, @Body() body: StopRequest) {
    return this.commands.placeStop(by, {
      subject: body.subject,
      kind: body.kind,
      startsOn: body.startsOn ?? null,
      endsOn: body.endsOn ?? null,
      details: body.details ?? {},
      source: body.source,
      proof: body.proof ?? null,
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Get('stops')
  stops(@Query() { debt }: OfDebtQuery) {
    return listStops(this.gateway, debt);
  }

  @Post('stops/:id/lift')
  @HttpCode(200)
  liftStop(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string) {
    return this.commands.liftStop(by, id);
  }

  @Post('stops/:id/details')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Changes or completes details of a stop that is in force. What they were stays on record.',
  })
  @ApiNotFoundResponse({ description: '`stop-unknown`' })
  @ApiConflictResponse({ description: '`key-reused`, `stop-lifted`, `discharge-stands`' })
  @ApiUnprocessableEntityResponse({ description: '`stop-details`' })
  changeStopDetails(
    @AskedBy() by: Requester,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: StopDetailsRequest,
  ) {
    return this.commands.changeStopDetails(by, { ...body, stopId: id, proof: body.proof ?? null });
  }

  @Post('stops/:id/discharge')
  @HttpCode(200)
  @ApiOperation({ summary: 'Ends an insolvency by its discharge; debts that do not survive it are closed for good.' })
  @ApiNotFoundResponse({ description: '`stop-unknown`' })
  @ApiConflictResponse({ description: '`stop-lifted`' })
  @ApiUnprocessableEntityResponse({
    description: '`not-an-insolvency`, `date-in-future`, `discharge-before-filing`, `debt-not-reached`',
  })
  discharge(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: DischargeRequest) {
    const surviving = body.surviving ?? [];
    return this.commands.dischargeStop(by, { stopId: id, on: body.on, surviving, proof: body.proof ?? null });
  }

  @Post('referrals')
  makeReferral(@AskedBy() by: Requester, @Body() body: ReferralRequest) {
    return this.commands.makeReferral(by, {
      debtId: body.debtId,
      act: body.act,
      connectorId: body.connectorId,
      capMinor: body.capMinor ?? null,
      expiresOn: body.expiresOn ?? null,
    });
  }

  @Get('referrals')
  referrals(@Query() { debt }: OfDebtQuery) {
    return listReferrals(this.gateway, debt);
  }

  @Post('referrals/:id/withdraw')
  @HttpCode(200)
  withdraw(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: WithdrawalRequest) {
    return this.commands.withdrawReferral(by, id, reason);
  }
}
