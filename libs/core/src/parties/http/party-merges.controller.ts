import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { Refusal } from '../../platform/errors.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { listMerges } from '../merging/merge-reads.js';
import { PartyCommands } from '../party-commands.js';
import { DistinctRequest, MergeListQuery, MergeRequest, UndoRequest } from './requests.js';

@ApiTags('Parties')
@Controller('api/v1')
export class PartyMergesController {
  constructor(
    @Inject(PartyCommands) private readonly commands: PartyCommands,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
  ) {}

  @Post('parties/:id/merge')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Takes a duplicate and the party that it duplicates for one. Nothing is moved; it can be undone.',
  })
  @ApiNotFoundResponse({ description: '`party-unknown`' })
  @ApiConflictResponse({ description: '`party-merged`, `identifiers-differ`' })
  @ApiUnprocessableEntityResponse({
    description: '`merge-unclear`, `same-party`, `jurisdictions-differ`, `kinds-differ`',
  })
  merge(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: MergeRequest) {
    const { into, duplicate, reason } = body;
    if ((into === undefined) === (duplicate === undefined)) {
      throw new Refusal('merge-unclear', 'say either into or duplicate');
    }
    return this.commands.merge(by, {
      duplicateId: duplicate ?? id,
      survivorId: into ?? id,
      reason,
      despiteDifferences: body.despiteDifferences ?? null,
    });
  }

  @Post('parties/:id/distinct')
  @HttpCode(200)
  @ApiOperation({ summary: 'Keeps that two parties are not one: they are not named as a pair again.' })
  @ApiNotFoundResponse({ description: '`party-unknown`' })
  @ApiUnprocessableEntityResponse({ description: '`same-party`, `jurisdictions-differ`' })
  distinct(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: DistinctRequest) {
    return this.commands.decideDistinct(by, { partyId: id, otherId: body.from, reason: body.reason });
  }

  @Get('merges')
  @ApiOperation({ summary: 'Merges, the newest first.' })
  merges(@Query() query: MergeListQuery) {
    return listMerges(this.gateway, query);
  }

  @Post('merges/:id/undo')
  @HttpCode(200)
  @ApiOperation({ summary: 'Undoes a merge: both parties are again what they were.' })
  @ApiNotFoundResponse({ description: '`merge-unknown`' })
  undo(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: UndoRequest) {
    return this.commands.undoMerge(by, id, reason);
  }
}
