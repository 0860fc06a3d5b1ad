import { Body, Controller, HttpCode, Inject, Param, Post } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOperation,
  ApiProperty,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { GeneralLedgerCommands } from '../general-ledger-commands.js';

export class GlPostingsRequest {
  @ApiProperty({ description: 'A day that is over at the office, YYYY-MM-DD.' })
  @IsCalendarDate()
  date!: string;
}

/** Postings out to the office's general ledger. */
@ApiTags('General ledger')
@Controller('api/v1')
export class GeneralLedgerController {
  constructor(@Inject(GeneralLedgerCommands) private readonly commands: GeneralLedgerCommands) {}

  @Post('jurisdictions/:id/gl-postings')
  @HttpCode(200)
  @ApiOperation({ summary: "A day's file for the general ledger, with its lines. Asked for again, it is the same." })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  @ApiUnprocessableEntityResponse({
    description: '`gl-not-configured`, `gl-day-not-over`, `gl-day-past`, `gl-account-missing`, `gl-not-writable`',
  })
  postings(@AskedBy() by: Requester, @Param('id') id: string, @Body() { date }: GlPostingsRequest) {
    return this.commands.postings(by, id, date);
  }
}
