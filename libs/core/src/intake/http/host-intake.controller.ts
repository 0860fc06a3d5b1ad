import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import { ApiConflictResponse, ApiNotFoundResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { HostIntakeCommands } from '../host-intake-commands.js';
import { HostFaultsQuery, HostFileDecision, HostFilesQuery } from './requests.js';

const UNKNOWN = { description: '`host-file-unknown`' };
const NOT_HELD = { description: '`host-file-not-held`' };

/** Daily files of host billing systems. They are taken in by the command line, where they lie. */
@ApiTags('Host files')
@Controller('api/v1/host-files')
export class HostIntakeController {
  constructor(@Inject(HostIntakeCommands) private readonly commands: HostIntakeCommands) {}

  @Get()
  @ApiOperation({ summary: 'Files of host systems, the latest taken in first.' })
  list(@Query() { jurisdiction, system, state }: HostFilesQuery) {
    return this.commands.list({ jurisdictionId: jurisdiction, systemId: system, state });
  }

  @Get(':id')
  @ApiOperation({ summary: 'A file with its counts; of a picture that waits, what it would close.' })
  @ApiNotFoundResponse(UNKNOWN)
  show(@Param('id', ParseUUIDPipe) id: string) {
    return this.commands.show(id);
  }

  @Get(':id/faults')
  @ApiOperation({ summary: 'Rows of a file that were set aside, with field, value, rule and reason.' })
  @ApiNotFoundResponse(UNKNOWN)
  faults(@Param('id', ParseUUIDPipe) id: string, @Query() { after, limit }: HostFaultsQuery) {
    return this.commands.faults(id, after ?? 0, limit ?? 200);
  }

  @Post(':id/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Applies a file that waits for a person.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(NOT_HELD)
  accept(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: HostFileDecision) {
    return this.commands.accept(by, id, reason);
  }

  @Post(':id/refuse')
  @HttpCode(200)
  @ApiOperation({ summary: 'Puts a file away that waits for a person.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(NOT_HELD)
  refuse(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { reason }: HostFileDecision) {
    return this.commands.refuse(by, id, reason);
  }
}
