import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { readCommand } from '../command-reads.js';

/** Commands whose request was answered before they were done. */
@ApiTags('Commands')
@Controller('api/v1')
export class CommandsController {
  constructor(@Inject(GATEWAY_DATABASE) private readonly gateway: DataSource) {}

  @Get('commands/:id')
  command(@Param('id', ParseUUIDPipe) id: string) {
    return readCommand(this.gateway, id);
  }
}
