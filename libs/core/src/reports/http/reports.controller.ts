import { Body, Controller, Get, Inject, Param, Post, Query, StreamableFile } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { bytesOf, CONTENT_TYPES, fileName, REPORT_FORMATS } from '../formats/report-format.js';
import { Reports } from '../reports.js';
import { SignOffs } from '../sign-off.js';
import { ReportQuery, SignOffQuery, SignOffRequest } from './requests.js';

const ADDS_UP = '`totals-differ` and `signed-month-changed` (they name the debts)';

@ApiTags('Reports')
@Controller('api/v1/reports')
export class ReportsController {
  constructor(
    @Inject(Reports) private readonly reports: Reports,
    @Inject(SignOffs) private readonly signOffs: SignOffs,
  ) {}

  @Get()
  @ApiOperation({ summary: 'The reports, with which days each takes and its columns.' })
  list() {
    return this.reports.list();
  }

  @Get('control-totals/sign-offs')
  @ApiOperation({ summary: 'Who signed which month, the newest first.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  signed(@Query() { jurisdiction }: SignOffQuery) {
    return this.signOffs.list(jurisdiction);
  }

  @Post('control-totals/sign-off')
  @ApiOperation({ summary: 'Records that a person found the control totals of a month right.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`' })
  @ApiConflictResponse({ description: '`content-differs`, `reports-busy`' })
  @ApiUnprocessableEntityResponse({ description: `\`signer-unnamed\`, \`month-not-over\`, ${ADDS_UP}` })
  sign(@AskedBy() by: Requester, @Body() { jurisdiction, month, contentHash, note }: SignOffRequest) {
    return this.signOffs.sign(by, { jurisdiction, month, contentHash, note: note ?? null });
  }

  @Get(':name')
  @ApiOperation({
    summary: 'One report. JSON has amounts in minor units, CSV and XLSX in the units of their currency.',
  })
  @ApiProduces(...REPORT_FORMATS.map((format) => CONTENT_TYPES[format].split(';')[0]!))
  @ApiOkResponse({
    description: '`{report, title, jurisdiction, from, to, columns, rows, totals, contentHash}`, or a file',
  })
  @ApiNotFoundResponse({ description: '`report-unknown`, `jurisdiction-unknown`' })
  @ApiConflictResponse({ description: '`reports-busy`' })
  @ApiUnprocessableEntityResponse({
    description: `\`days-not-meant\`, \`days-reversed\`, \`date-in-future\`, \`report-too-large\` (XLSX); of control totals ${ADDS_UP}`,
  })
  async run(@Param('name') report: string, @Query() query: ReportQuery): Promise<StreamableFile> {
    const { jurisdiction, asOf = null, from = null, to = null, format = 'json' } = query;
    const opened = await this.reports.run({ report, jurisdiction, asOf, from, to });
    return new StreamableFile(await bytesOf(opened, format), {
      type: CONTENT_TYPES[format],
      disposition: `${format === 'json' ? 'inline' : 'attachment'}; filename="${fileName(opened, format)}"`,
    });
  }
}
