import { IsIn, IsOptional } from 'class-validator';
import { ApiPropertyOptional } from '@nestjs/swagger';
import { ACTS } from '@concord/plugin-sdk';
import type { Act } from '@concord/plugin-sdk';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';

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
