import { IsIn, IsOptional, IsString, Length, Matches, MaxLength } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { REPORT_FORMATS } from '../formats/report-format.js';
import type { ReportFormat } from '../formats/report-format.js';

/** Which office, which days, and as what. */
export class ReportQuery {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;

  @ApiPropertyOptional({
    description:
      "Of a report about a day: the day, default the office's today. Of a month: its last day that counts, default the end of last month.",
  })
  @IsOptional()
  @IsCalendarDate()
  asOf?: string;

  @ApiPropertyOptional({
    description: 'Of a report over a span: its first day, default the first of the month of `to`.',
  })
  @IsOptional()
  @IsCalendarDate()
  from?: string;

  @ApiPropertyOptional({ description: "Of a report over a span: its last day, default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  to?: string;

  @ApiPropertyOptional({ enum: REPORT_FORMATS, default: 'json' })
  @IsOptional()
  @IsIn(REPORT_FORMATS)
  format?: ReportFormat;
}

export class SignOffRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;

  @ApiProperty({ description: 'The month, YYYY-MM.' })
  @Matches(/^\d{4}-(0[1-9]|1[0-2])$/, { message: '$property must be a month, YYYY-MM' })
  month!: string;

  @ApiProperty({ description: '`contentHash` of the totals that the person has looked at.' })
  @Matches(/^[0-9a-f]{64}$/, { message: '$property must be 64 hexadecimal digits' })
  contentHash!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(500)
  note?: string;
}

export class SignOffQuery {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;
}
