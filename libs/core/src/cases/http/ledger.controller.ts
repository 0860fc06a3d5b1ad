import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { locateDebt } from '../case-lookup.js';
import { readLedger } from '../case-reads.js';
import type { Bucket } from '../domain/ledger/entry.js';
import type { PostableKind } from '../domain/ledger/entry-refusal.js';
import { listFreezes } from '../ledger/interest-freezes.js';
import { LedgerCommands } from '../ledger/ledger-commands.js';
import { listRefundsOwed } from '../ledger/ledger-reads.js';
import {
  AccrualRequest,
  CreditRequest,
  FeeRequest,
  FreezeEndRequest,
  FreezeRequest,
  LedgerQuery,
  RefundRequest,
  RefundsOwedQuery,
  ReversalRequest,
} from './ledger-requests.js';
import { AskedBy } from './requester.js';
import type { Requester } from './requester.js';

/** Ledgers of debts: what officers post on them, and how they stand. */
@ApiTags('Ledger')
@Controller('api/v1')
export class LedgerController {
  constructor(
    @Inject(LedgerCommands) private readonly commands: LedgerCommands,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
  ) {}

  @Get('debts/:id/ledger')
  async ledger(@Param('id', ParseUUIDPipe) id: string, @Query() { asOf }: LedgerQuery) {
    if (asOf !== undefined) return this.commands.ledgerAsOf(id, asOf);
    await locateDebt(this.gateway, id);
    return readLedger(this.gateway, id);
  }

  @Post('debts/:id/adjustments')
  adjust(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: CreditRequest) {
    return this.post(by, id, 'adjustment', body);
  }

  @Post('debts/:id/credit-notes')
  credit(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: CreditRequest) {
    return this.post(by, id, 'credit-note', body);
  }

  @Post('debts/:id/waivers')
  waive(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: CreditRequest) {
    return this.post(by, id, 'waiver', body);
  }

  @Post('debts/:id/write-offs')
  writeOff(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: CreditRequest) {
    return this.post(by, id, 'write-off', body);
  }

  @Post('debts/:id/fees')
  charge(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: FeeRequest) {
    return this.post(by, id, 'fee', body);
  }

  @Post('debts/:id/refunds')
  refund(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: RefundRequest) {
    return this.post(by, id, 'refund', body);
  }

  @Post('debts/:id/reversals')
  reverse(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ReversalRequest) {
    const { entryId, reason, idempotencyKey } = body;
    const stated = { reference: body.reference ?? null, effectiveOn: body.effectiveOn ?? null };
    return this.commands.reverse(by, { debtId: id, entryId, reason, idempotencyKey, ...stated });
  }

  @Get('refunds-owed')
  refundsOwed(@Query() query: RefundsOwedQuery) {
    return listRefundsOwed(this.gateway, query);
  }

  @Post('debts/:id/interest-freezes')
  freeze(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: FreezeRequest) {
    const { reason, idempotencyKey } = body;
    const days = { startsOn: body.startsOn ?? null, endsOn: body.endsOn ?? null };
    return this.commands.freeze(by, { debtId: id, reason, idempotencyKey, ...days });
  }

  @Get('debts/:id/interest-freezes')
  async freezes(@Param('id', ParseUUIDPipe) id: string) {
    await locateDebt(this.gateway, id);
    return listFreezes(this.gateway, id);
  }

  @Post('interest-freezes/:id/end')
  @HttpCode(200)
  endFreeze(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { on }: FreezeEndRequest) {
    return this.commands.endFreeze(by, id, on ?? null);
  }

  @Post('jurisdictions/:id/interest')
  @HttpCode(200)
  accrue(@AskedBy() by: Requester, @Param('id') id: string, @Body() { through }: AccrualRequest) {
    return this.commands.accrueInterest(by, id, through ?? null);
  }

  private post(by: Requester, debtId: string, kind: PostableKind, body: RefundRequest & { readonly bucket?: Bucket }) {
    return this.commands.post(by, {
      ...{ debtId, kind, amountMinor: body.amountMinor, currency: body.currency, bucket: body.bucket ?? null },
      ...{ effectiveOn: body.effectiveOn ?? null, reference: body.reference ?? null },
      ...{ reason: body.reason, idempotencyKey: body.idempotencyKey },
    });
  }
}
