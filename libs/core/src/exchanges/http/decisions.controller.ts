import { Body, Controller, HttpCode, Inject, Param, ParseIntPipe, ParseUUIDPipe, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import type { CommandKind } from '../../commands/command-kinds.js';
import { CommandReplies } from '../../commands/http/command-replies.js';
import { DecisionRequest } from '../../commands/http/decision-requests.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { readExchangeView } from '../exchange-reads.js';
import { commandOf } from '../file-decision.js';
import { DecideRequest, MendRequest, RepeatRequest } from './requests.js';

/** What people decide about files and about records that were set aside. The connectors carry it out. */
@ApiTags('Exchanges')
@Controller('api/v1')
export class DecisionsController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CommandReplies) private readonly replies: CommandReplies,
  ) {}

  @Post('exchanges/:id/hold')
  @HttpCode(200)
  hold(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecisionRequest,
  ) {
    return this.ofExchange(reply, by, 'exchange-hold', id, { ...body });
  }

  @Post('exchanges/:id/release')
  @HttpCode(200)
  release(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecisionRequest,
  ) {
    return this.ofExchange(reply, by, 'exchange-release', id, { ...body });
  }

  @Post('exchanges/:id/cancel')
  @HttpCode(200)
  cancel(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() body: DecisionRequest,
  ) {
    return this.ofExchange(reply, by, 'exchange-cancel', id, { ...body });
  }

  @Post('exchanges/:id/preview')
  @HttpCode(200)
  preview(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
  ) {
    return this.ofExchange(reply, by, 'exchange-preview', id, {});
  }

  @Post('exchanges/:id/resend')
  @HttpCode(200)
  async resend(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, preview = false }: RepeatRequest,
  ) {
    const { connector: connectorId } = await readExchangeView(this.gateway, id);
    return this.replies.of(reply, by, 'exchange-resend', { connectorId, exchangeIds: [id], reason, preview });
  }

  @Post('exchanges/:id/replay')
  @HttpCode(200)
  replay(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason, preview = false }: RepeatRequest,
  ) {
    return this.ofExchange(reply, by, 'exchange-replay', id, { reason, preview });
  }

  @Post('exchanges/:id/decide')
  @HttpCode(200)
  decide(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { decision, reason }: DecideRequest,
  ) {
    const { kind, body } = commandOf(decision);
    return this.ofExchange(reply, by, kind, id, { ...body, reason });
  }

  @Post('quarantine/:exchange/:sequence/mend')
  @HttpCode(200)
  mend(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('exchange', ParseUUIDPipe) id: string,
    @Param('sequence', ParseIntPipe) sequence: number,
    @Body() { finding, reason }: MendRequest,
  ) {
    return this.ofExchange(reply, by, 'quarantine-mend', id, { sequence, finding, reason });
  }

  @Post('quarantine/:exchange/:sequence/dismiss')
  @HttpCode(200)
  dismiss(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('exchange', ParseUUIDPipe) id: string,
    @Param('sequence', ParseIntPipe) sequence: number,
    @Body() { reason }: DecisionRequest,
  ) {
    return this.ofExchange(reply, by, 'quarantine-dismiss', id, { sequence, reason });
  }

  /** An exchange that does not exist is told at once, also while no connectors' process is there to say so. */
  private async ofExchange(
    reply: FastifyReply,
    by: Requester,
    kind: CommandKind,
    exchangeId: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    await readExchangeView(this.gateway, exchangeId);
    return this.replies.of(reply, by, kind, { exchangeId, ...body });
  }
}
