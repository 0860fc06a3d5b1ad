import { Body, Controller, Get, HttpCode, Inject, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import type { CommandKind } from '../../commands/command-kinds.js';
import { CommandReplies } from '../../commands/http/command-replies.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listConnectors, readConnector, requireConnector } from '../connector-reads.js';
import { ModeRequest, PreviewRequest } from './requests.js';

/** The gateway's side of connectors: what there is, and what people ask of it. */
@ApiTags('Connectors')
@Controller('api/v1')
export class ConnectorsController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(CommandReplies) private readonly replies: CommandReplies,
  ) {}

  @Get('connectors')
  connectors() {
    return listConnectors(this.gateway);
  }

  @Get('connectors/:id')
  connector(@Param('id') id: string) {
    return readConnector(this.gateway, id);
  }

  @Post('connectors/:id/run')
  @HttpCode(200)
  run(@AskedBy() by: Requester, @Res({ passthrough: true }) reply: FastifyReply, @Param('id') connectorId: string) {
    return this.ask(reply, by, 'exchange-run', connectorId, {});
  }

  @Post('connectors/:id/preview')
  @HttpCode(200)
  preview(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') connectorId: string,
    @Body() { date }: PreviewRequest,
  ) {
    return this.ask(reply, by, 'exchange-preview', connectorId, date === undefined ? {} : { date });
  }

  @Post('connectors/:id/mode')
  @HttpCode(200)
  mode(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id') connectorId: string,
    @Body() { mode, reason }: ModeRequest,
  ) {
    return this.ask(reply, by, 'connector-mode', connectorId, { mode, reason });
  }

  @Post('connectors/:id/check')
  @HttpCode(200)
  check(@AskedBy() by: Requester, @Res({ passthrough: true }) reply: FastifyReply, @Param('id') connectorId: string) {
    return this.ask(reply, by, 'connector-check', connectorId, {});
  }

  private async ask(
    reply: FastifyReply,
    by: Requester,
    kind: CommandKind,
    connectorId: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<unknown> {
    await requireConnector(this.gateway, connectorId);
    return this.replies.of(reply, by, kind, { connectorId, ...body });
  }
}
