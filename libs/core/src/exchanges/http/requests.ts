import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsIn,
  IsInt,
  IsObject,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import type { JsonValue } from '@concord/plugin-sdk';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { DecisionRequest } from '../../commands/http/decision-requests.js';
import { INBOUND_STATES, OUTBOUND_STATES } from '../domain/exchange-state.js';
import { FILE_DECISIONS } from '../file-decision.js';
import { MOST_LISTED } from '../exchange-reads.js';
import { MOST_RELEASES, RELEASE_STATES } from '../release-reads.js';
import type { ReleaseState } from '../release-reads.js';

const DIRECTIONS = ['out', 'in'] as const;
const QUARANTINE_STATUSES = ['quarantined', 'mended', 'dismissed'] as const;
const STATES = [...OUTBOUND_STATES, ...INBOUND_STATES];

export class ExchangeQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  connector?: string;

  @ApiPropertyOptional({ description: 'Business date, YYYY-MM-DD' })
  @IsOptional()
  @IsCalendarDate()
  date?: string;

  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  state?: string;

  @ApiPropertyOptional({ enum: DIRECTIONS })
  @IsOptional()
  @IsIn(DIRECTIONS)
  direction?: (typeof DIRECTIONS)[number];

  @ApiPropertyOptional({ description: `At most ${MOST_LISTED}, which is also the default.` })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_LISTED)
  limit?: number;
}

export class PositionQuery {
  @ApiProperty({ description: "A debt, by id or by Concord's number" })
  @IsString()
  @Length(1, 60)
  subject!: string;
}

export class ReleaseQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  jurisdiction?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  connector?: string;

  @ApiPropertyOptional({ description: "A debt, by id or by Concord's number" })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  subject?: string;

  @ApiPropertyOptional({ enum: RELEASE_STATES, description: 'Default open: owed and not confirmed, overdue or not.' })
  @IsOptional()
  @IsIn(RELEASE_STATES)
  state?: ReleaseState;

  @ApiPropertyOptional({ description: `At most ${MOST_RELEASES}, which is also the default.` })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(MOST_RELEASES)
  limit?: number;
}

export class RepeatRequest extends DecisionRequest {
  @ApiPropertyOptional({ description: 'Only show what would be done.' })
  @IsOptional()
  @IsBoolean()
  preview?: boolean;
}

export class DecideRequest extends DecisionRequest {
  @ApiProperty({
    enum: FILE_DECISIONS,
    description: "`apply` or `dismiss` a partner's file; whether one of ours `arrived` of which nobody knows.",
  })
  @IsIn(FILE_DECISIONS)
  decision!: (typeof FILE_DECISIONS)[number];
}

export class MendRequest extends DecisionRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: 'The record as it should have read, in the words of findings.',
  })
  @IsObject()
  finding!: Record<string, JsonValue>;
}

export class QuarantineQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  connector?: string;

  @ApiPropertyOptional({ description: 'Business date of the file, YYYY-MM-DD' })
  @IsOptional()
  @IsCalendarDate()
  date?: string;

  @ApiPropertyOptional({ description: 'Only records of this file.' })
  @IsOptional()
  @IsUUID()
  exchange?: string;

  @ApiPropertyOptional({ enum: QUARANTINE_STATUSES, description: 'Default quarantined: what waits for a person.' })
  @IsOptional()
  @IsIn(QUARANTINE_STATUSES)
  status?: (typeof QUARANTINE_STATUSES)[number];
}
