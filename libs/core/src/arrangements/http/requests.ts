import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsDefined,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { ALLOCATIONS } from '../domain/allocation.js';
import type { Allocation } from '../domain/allocation.js';
import { FREQUENCIES } from '../domain/plan-terms.js';
import type { Frequency } from '../domain/plan-terms.js';

export class TermsRequest {
  @ApiProperty({ enum: FREQUENCIES })
  @IsIn(FREQUENCIES)
  frequency!: Frequency;

  @ApiProperty({ description: 'The day on which the first instalment falls due; all others are counted from it.' })
  @IsCalendarDate()
  firstDueOn!: string;

  @ApiPropertyOptional({ description: 'What is to be paid, in minor units; of an agreement default all that is owed.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  amountMinor?: number;

  @ApiPropertyOptional({ description: 'A first instalment of another size.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  firstInstalmentMinor?: number;

  @ApiPropertyOptional({ description: 'How many instalments; or else their size.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(10_000)
  instalments?: number;

  @ApiPropertyOptional({ description: 'The size of an instalment; the last one has the rest.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  instalmentMinor?: number;

  @ApiPropertyOptional({ description: 'With a size: no instalment falls due after this day.' })
  @IsOptional()
  @IsCalendarDate()
  until?: string;
}

export class CalculationRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiProperty()
  @IsDefined()
  @ValidateNested()
  @Type(() => TermsRequest)
  terms!: TermsRequest;
}

export class ArrangementRequest {
  @ApiProperty({ type: [String], description: 'One or several debts of one case.' })
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  debtIds!: string[];

  @ApiPropertyOptional({ enum: ALLOCATIONS, description: 'How money goes to several debts; default oldest-first.' })
  @IsOptional()
  @IsIn(ALLOCATIONS)
  allocation?: Allocation;

  @ApiProperty()
  @IsDefined()
  @ValidateNested()
  @Type(() => TermsRequest)
  terms!: TermsRequest;

  @ApiProperty({ description: 'The same key is agreed once in a case, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class ExtensionRequest {
  @ApiProperty({ description: 'What is still to be paid, from `firstDueOn` on.' })
  @IsDefined()
  @ValidateNested()
  @Type(() => TermsRequest)
  terms!: TermsRequest;

  @ApiProperty()
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class EndRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class ArrangementPaymentRequest {
  @ApiProperty({ description: 'Minor units, above zero.' })
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  amountMinor!: number;

  @ApiProperty()
  @IsISO4217CurrencyCode()
  currency!: string;

  @ApiPropertyOptional({ description: "The day on which the office received it; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  paidOn?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  reference?: string;

  @ApiProperty({ description: 'The same key posts once, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class AsOfQuery {
  @ApiPropertyOptional({ description: "Default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  asOf?: string;
}
