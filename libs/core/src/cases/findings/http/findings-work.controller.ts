import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import type { Clock } from '../../../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE } from '../../../platform/tokens.js';
import { AskedBy } from '../../http/requester.js';
import type { Requester } from '../../http/requester.js';
import { closeProposal, listProposals } from '../proposals.js';
import { dismissSuspense, listSuspense, postSuspense } from '../suspense.js';
import { PostSuspenseRequest, ProposalListQuery, ReasonRequest, SuspenseListQuery } from './requests.js';

/** What partners left for a person: money in suspense, and proposals. */
@ApiTags('What partners said')
@Controller('api/v1')
export class FindingsWorkController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Get('suspense')
  suspense(@Query() query: SuspenseListQuery) {
    return listSuspense(this.gateway, query);
  }

  @Post('suspense/:id/post')
  @HttpCode(200)
  post(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { debtId }: PostSuspenseRequest) {
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => postSuspense(manager, context, id, debtId));
  }

  @Post('suspense/:id/dismiss')
  @HttpCode(200)
  async dismiss(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: ReasonRequest) {
    const context = { ...by, at: this.clock.now() };
    await this.gateway.transaction((manager) => dismissSuspense(manager, context, id, reason));
    return { dismissed: true };
  }

  @Get('proposals')
  proposals(@Query() query: ProposalListQuery) {
    return listProposals(this.gateway, query);
  }

  @Post('proposals/:id/close')
  @HttpCode(200)
  close(@AskedBy() { actor }: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: ReasonRequest) {
    return closeProposal(this.gateway, id, { actor, at: this.clock.now(), reason });
  }
}
