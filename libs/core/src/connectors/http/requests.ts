import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional } from 'class-validator';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { DecisionRequest } from '../../commands/http/decision-requests.js';
import { CONNECTOR_MODES } from '../connector-entry.js';
import type { ConnectorMode } from '../connector-entry.js';

export class ModeRequest extends DecisionRequest {
  @ApiProperty({ enum: CONNECTOR_MODES })
  @IsIn(CONNECTOR_MODES)
  mode!: ConnectorMode;
}

export class PreviewRequest {
  @ApiPropertyOptional({ description: "The day that it is shown for; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  date?: string;
}
