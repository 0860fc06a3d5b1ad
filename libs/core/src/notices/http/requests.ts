import { Transform, Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayMinSize,
  ArrayUnique,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Max,
  MaxLength,
  Min,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { DELIVERY_METHODS } from '../../cases/domain/proof.js';
import type { DeliveryMethod } from '../../cases/domain/proof.js';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { LANGUAGES, NOTICE_KINDS } from '../domain/notice-kind.js';
import type { Language, NoticeKind } from '../domain/notice-kind.js';
import { RETURN_REASONS } from '../domain/return-reason.js';
import type { ReturnReason } from '../domain/return-reason.js';
import { LARGEST_BATCH } from '../select-debts.js';

export class NoticeRequest {
  @ApiProperty({ enum: NOTICE_KINDS })
  @IsIn(NOTICE_KINDS)
  kind!: NoticeKind;

  @ApiPropertyOptional({ enum: LANGUAGES, description: 'Default en.' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @ApiPropertyOptional({ description: 'The same key is made once in an office. Needed unless it is a preview.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  idempotencyKey?: string;
}

export class PreviewQuery {
  @ApiPropertyOptional({ description: 'Answers the letter as PDF and keeps nothing.' })
  @IsOptional()
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  preview?: boolean;
}

export class SelectionRequest {
  @ApiPropertyOptional({ type: [String] })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(100)
  @IsString({ each: true })
  @MaxLength(40, { each: true })
  debtTypes?: string[];

  @ApiPropertyOptional({ description: 'Days since the date of first delinquency; default 0.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36_500)
  minAgeDays?: number;

  @ApiPropertyOptional({ description: 'What is owed, in minor units; default 1.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  minBalanceMinor?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  maxBalanceMinor?: number;

  @ApiPropertyOptional({
    description: 'Only debts about which no letter of the kind was posted within so many days; default 0, none ever.',
  })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(36_500)
  notWithinDays?: number;

  @ApiPropertyOptional({ description: 'Number of a debt to go on after: `goesOnAfter` of the batch before.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  after?: number;
}

export class NoticeBatchRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiProperty({ enum: NOTICE_KINDS })
  @IsIn(NOTICE_KINDS)
  kind!: NoticeKind;

  @ApiPropertyOptional({ enum: LANGUAGES, description: 'Default en.' })
  @IsOptional()
  @IsIn(LANGUAGES)
  language?: Language;

  @ApiPropertyOptional({ type: [String], description: 'The debts by id; or else `select`.' })
  @IsOptional()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(LARGEST_BATCH)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  debtIds?: string[];

  @ApiPropertyOptional({ description: 'The debts by what they have in common, the oldest first.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => SelectionRequest)
  select?: SelectionRequest;

  @ApiPropertyOptional({ description: `At most so many letters; default and most ${LARGEST_BATCH}.` })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(LARGEST_BATCH)
  limit?: number;

  @ApiProperty({ description: 'The same key is made once in an office, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class NoticeBatchListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  jurisdiction?: string;

  @ApiPropertyOptional({ enum: ['made', 'released', 'posted', 'cancelled'] })
  @IsOptional()
  @IsIn(['made', 'released', 'posted', 'cancelled'])
  state?: string;

  @ApiPropertyOptional({ description: 'Number of the last batch of the page before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Max(Number.MAX_SAFE_INTEGER)
  before?: number;

  @ApiPropertyOptional({ description: 'At most 1000; default 100.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @IsPositive()
  limit?: number;
}

export class PostedRequest {
  @ApiProperty({ description: 'The day on which the letters were handed over.' })
  @IsCalendarDate()
  on!: string;

  @ApiProperty({ enum: DELIVERY_METHODS })
  @IsIn(DELIVERY_METHODS)
  method!: DeliveryMethod;

  @ApiPropertyOptional({ description: 'Of the only letter of a batch.' })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  trackingNumber?: string;

  @ApiPropertyOptional({ description: "The carrier's list: CSV with the columns `notice` and `tracking_number`." })
  @IsOptional()
  @IsString()
  @Length(1, 500_000)
  trackingCsv?: string;

  @ApiPropertyOptional({ type: [String], description: 'Ids of letters that were held back by hand.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LARGEST_BATCH)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  notPosted?: string[];

  @ApiPropertyOptional({
    type: [String],
    description: 'Ids of letters that went out although something has come in the way since the release.',
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(LARGEST_BATCH)
  @ArrayUnique()
  @IsUUID(undefined, { each: true })
  despite?: string[];
}

export class ReturnedRequest {
  @ApiProperty({ description: 'The day on which it came back.' })
  @IsCalendarDate()
  on!: string;

  @ApiProperty({ enum: RETURN_REASONS })
  @IsIn(RETURN_REASONS)
  reason!: ReturnReason;
}

export class WithdrawReturnRequest {
  @ApiProperty({ description: 'Why it was recorded in error.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
