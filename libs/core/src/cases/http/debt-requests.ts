import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsInt,
  IsISO4217CurrencyCode,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Max,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCalendarDate } from './calendar-date.js';

export class DebtListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  jurisdiction?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  type?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  sourceReference?: string;

  @ApiPropertyOptional({ description: 'Number of the last debt of the page before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  limit?: number;
}

export class OfDebtQuery {
  @ApiProperty()
  @IsUUID()
  debt!: string;
}

/** One debt, as the source describes it: the row that `concord import` reads, with the jurisdiction it belongs to. */
export class DebtRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiProperty()
  @IsString()
  @Length(1, 60)
  sourceReference!: string;

  @ApiProperty()
  @IsString()
  type!: string;

  @ApiPropertyOptional({ type: Boolean, nullable: true })
  @IsOptional()
  @IsBoolean()
  aroseFromContract?: boolean | null;

  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  @IsOptional()
  @IsObject()
  originalCreditor?: { name: string; classification: string };

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  incurredOn?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  delinquentOn?: string;

  @ApiPropertyOptional({ description: 'The date from which the debt is itemised to the debtor.' })
  @IsOptional()
  @IsCalendarDate()
  itemisedOn?: string;

  @ApiProperty()
  @IsISO4217CurrencyCode()
  currency!: string;

  @ApiProperty({
    type: 'array',
    items: { type: 'object' },
    description: 'At least one assessment: `{ kind, amountMinor, on, reference }`.',
  })
  @IsArray()
  entries!: Record<string, unknown>[];

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description: "The party that owes, by the source's reference.",
  })
  @IsObject()
  debtor!: Record<string, unknown>;

  @ApiPropertyOptional({ type: 'array', items: { type: 'object' } })
  @IsOptional()
  @IsArray()
  coDebtors?: Record<string, unknown>[];

  @ApiPropertyOptional({
    type: 'array',
    items: { type: 'object' },
    description: 'What shows that a duty was met: `{ kind, on, reference }`.',
  })
  @IsOptional()
  @IsArray()
  proofs?: Record<string, unknown>[];

  @ApiPropertyOptional({ description: 'The day by which it was to be paid.' })
  @IsOptional()
  @IsCalendarDate()
  dueOn?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'A judgment that is in force: `{ court, caseNumber, enteredOn, principalMinor, ... }`.',
  })
  @IsOptional()
  @IsObject()
  judgment?: Record<string, unknown>;
}

export class ItemisationRequest {
  @ApiProperty({ description: "Not after the office's today, nor before the debt was incurred." })
  @IsCalendarDate()
  on!: string;
}
