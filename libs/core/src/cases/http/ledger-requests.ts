import { Type } from 'class-transformer';
import {
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
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { BUCKETS } from '../domain/ledger/entry.js';
import type { Bucket } from '../domain/ledger/entry.js';
import { IsCalendarDate } from './calendar-date.js';

/** What every entry that an officer posts has. */
class EntryRequest {
  @ApiPropertyOptional({
    description: "The day on which it takes effect, not after the office's today; default today.",
  })
  @IsOptional()
  @IsCalendarDate()
  effectiveOn?: string;

  @ApiPropertyOptional({ description: "The office's own reference." })
  @IsOptional()
  @IsString()
  @MaxLength(100)
  reference?: string;

  @ApiProperty({ description: 'Why, kept with the entry.' })
  @IsString()
  @Length(1, 500)
  reason!: string;

  @ApiProperty({ description: 'The same key posts once in a debt, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

class AmountRequest extends EntryRequest {
  @ApiProperty({ description: 'Minor units, above zero.' })
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  amountMinor!: number;

  @ApiProperty()
  @IsISO4217CurrencyCode()
  currency!: string;
}

/** An adjustment, a credit note, a waiver or a write-off. */
export class CreditRequest extends AmountRequest {
  @ApiPropertyOptional({
    enum: BUCKETS,
    description: 'The only bucket that it lowers; default in the order of allocation.',
  })
  @IsOptional()
  @IsIn(BUCKETS)
  bucket?: Bucket;
}

export class FeeRequest extends AmountRequest {
  @ApiPropertyOptional({ enum: ['fee', 'cost'], description: 'Cost is what the office laid out; default fee.' })
  @IsOptional()
  @IsIn(['fee', 'cost'])
  bucket?: 'fee' | 'cost';
}

/** Money that was given back to the debtor. */
export class RefundRequest extends AmountRequest {}

export class ReversalRequest extends EntryRequest {
  @ApiProperty({ description: 'The entry of this debt that is taken back, in full.' })
  @IsUUID()
  entryId!: string;
}

export class LedgerQuery {
  @ApiPropertyOptional({ description: 'With a day, entries in order of effect and the balance by bucket at its end.' })
  @IsOptional()
  @IsCalendarDate()
  asOf?: string;
}

export class RefundsOwedQuery {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;

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

export class FreezeRequest {
  @ApiPropertyOptional({ description: "First day without interest; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  startsOn?: string;

  @ApiPropertyOptional({ description: 'Last day without interest; none means until it is ended.' })
  @IsOptional()
  @IsCalendarDate()
  endsOn?: string;

  @ApiProperty()
  @IsString()
  @Length(1, 500)
  reason!: string;

  @ApiProperty({ description: 'The same key freezes once, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class FreezeEndRequest {
  @ApiPropertyOptional({ description: "First day that bears interest again; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  on?: string;
}

export class AccrualRequest {
  @ApiPropertyOptional({ description: "Last day that bears interest, not after the office's today; default today." })
  @IsOptional()
  @IsCalendarDate()
  through?: string;
}
