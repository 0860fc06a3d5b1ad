import {
  ArrayMaxSize,
  ArrayNotEmpty,
  ArrayUnique,
  IsArray,
  IsInt,
  IsISO4217CurrencyCode,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  Min,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { YEARLY_PERCENT } from '../domain/judgment.js';
import { IsCalendarDate } from './calendar-date.js';

export class DebtTypesQuery {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;
}

/** What every record about a debt says of where it comes from. */
class RecordRequest {
  @ApiProperty({ description: 'Who told the office, and how.' })
  @IsString()
  @Length(1, 200)
  source!: string;

  @ApiProperty({ description: 'The same key is recorded once, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

/** Dates that are left out stay as they are; `null` takes one back that nobody knows after all. */
export class DatesRequest extends RecordRequest {
  @ApiPropertyOptional({ type: String, nullable: true, description: "Not after the office's today." })
  @IsOptional()
  @IsCalendarDate()
  incurredOn?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'The day by which it was to be paid.' })
  @IsOptional()
  @IsCalendarDate()
  dueOn?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, description: 'Date of first delinquency.' })
  @IsOptional()
  @IsCalendarDate()
  delinquentOn?: string | null;

  @ApiPropertyOptional({
    type: String,
    nullable: true,
    description: 'The date from which the debt is itemised to the debtor.',
  })
  @IsOptional()
  @IsCalendarDate()
  itemisedOn?: string | null;

  @ApiProperty({ description: 'Why, kept with the change.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

const AMOUNT = { description: 'Minor units; 0 where it is left out.' };

export class JudgmentRequest extends RecordRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 200)
  court!: string;

  @ApiProperty({ description: "The court's own number of the case." })
  @IsString()
  @Length(1, 60)
  caseNumber!: string;

  @ApiProperty({ description: "Not after the office's today, nor before the debt was incurred." })
  @IsCalendarDate()
  enteredOn!: string;

  @ApiProperty()
  @IsISO4217CurrencyCode()
  currency!: string;

  @ApiPropertyOptional(AMOUNT)
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  principalMinor?: number;

  @ApiPropertyOptional(AMOUNT)
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  interestMinor?: number;

  @ApiPropertyOptional(AMOUNT)
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  feesMinor?: number;

  @ApiPropertyOptional(AMOUNT)
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  costsMinor?: number;

  @ApiPropertyOptional({ description: "Per cent a year after the judgment, as it says: '8.25'." })
  @IsOptional()
  @Matches(YEARLY_PERCENT, { message: "yearlyPercent must be per cent with at most six places, such as '8.25'" })
  yearlyPercent?: string;

  @ApiPropertyOptional({ description: 'Last day on which it can be enforced, unless it is renewed.' })
  @IsOptional()
  @IsCalendarDate()
  enforceableUntil?: string;

  @ApiPropertyOptional({ type: [String], description: 'Ids of the parties whom it binds; all of the debt by default.' })
  @IsOptional()
  @IsArray()
  @ArrayNotEmpty()
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  against?: string[];

  @ApiPropertyOptional({ description: "The office's reference of the order." })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  proof?: string;
}

export class JudgmentEndRequest extends RecordRequest {
  @ApiPropertyOptional({ description: "Default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  on?: string;

  @ApiProperty({ description: 'Why, kept with it.' })
  @IsString()
  @Length(1, 500)
  reason!: string;

  @ApiPropertyOptional({ description: "The office's reference of what shows it." })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  proof?: string;
}

export class JudgmentRenewalRequest extends JudgmentEndRequest {
  @ApiPropertyOptional({ description: 'The new last day on which it can be enforced.' })
  @IsOptional()
  @IsCalendarDate()
  enforceableUntil?: string;
}
