import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';

/** The most debts that an effect names. */
const MOST_EXAMPLES = 100;

export class ActsQuery {
  @ApiPropertyOptional({ enum: ACTS, description: 'Only this act; default every one.' })
  @IsOptional()
  @IsIn(ACTS)
  act?: Act;

  @ApiPropertyOptional({ description: "The day to be judged; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  date?: string;
}

export class RulesPreviewRequest {
  @ApiProperty({ description: 'The office.' })
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiPropertyOptional({
    description:
      "The office's numbers of rules as they would be, as the configuration has them. Left out: the rules and numbers of this process, beside what was said of each debt when it was judged last.",
    type: 'array',
    items: { type: 'object' },
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  rules?: unknown[];

  @ApiPropertyOptional({
    description: "The day to be judged; default the first on which the change holds, not before the office's today.",
  })
  @IsOptional()
  @IsCalendarDate()
  date?: string;

  @ApiPropertyOptional({ description: 'How many debts each effect names; default 5.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_EXAMPLES)
  examples?: number;
}
