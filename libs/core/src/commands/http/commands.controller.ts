import { Controller, Get, Inject, Param, ParseUUIDPipe } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { FieldCipher } from '../../crypto/field-cipher.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { readCommand } from '../command-reads.js';
import { openedResult } from '../command-result.js';

/** Commands whose request was answered before they were done. */
@ApiTags('Commands')
@Controller('api/v1')
export class CommandsController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  @Get('commands/:id')
  async command(@Param('id', ParseUUIDPipe) id: string) {
    const command = await readCommand(this.gateway, id);
    return { ...command, result: openedResult(this.cipher, command.id, command.kind, command.result) };
  }
}
