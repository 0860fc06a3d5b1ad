import { Type } from 'class-transformer';
import {
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsObject,
  IsOptional,
  IsPositive,
  IsString,
  IsUUID,
  Length,
  Matches,
  Max,
  MaxLength,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { ACTS } from '@concord/plugin-sdk';
import type { Act, JsonValue, StopKind } from '@concord/plugin-sdk';
import { PLACED_STOP_KINDS } from '../domain/placed-stop-kinds.js';
import { IsCalendarDate } from './calendar-date.js';

export class PaymentRequest {
  @ApiProperty()
  @IsUUID()
  debtId!: string;

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

  @ApiPropertyOptional({ description: 'The office takes this payment in settlement of the whole debt.' })
  @IsOptional()
  @IsBoolean()
  settles?: boolean;
}

export class StopSubjectRequest {
  @ApiProperty({ enum: ['case', 'debt', 'party'] })
  @IsIn(['case', 'debt', 'party'])
  kind!: 'case' | 'debt' | 'party';

  @ApiProperty()
  @IsUUID()
  id!: string;
}

export class StopRequest {
  @ApiProperty()
  @IsDefined()
  @ValidateNested()
  @Type(() => StopSubjectRequest)
  subject!: StopSubjectRequest;

  @ApiProperty({ enum: PLACED_STOP_KINDS })
  @IsIn(PLACED_STOP_KINDS)
  kind!: StopKind;

  @ApiPropertyOptional({ description: "First day; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  startsOn?: string;

  @ApiPropertyOptional({ description: 'Last day; none means until it is lifted.' })
  @IsOptional()
  @IsCalendarDate()
  endsOn?: string;

  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: true,
    description: 'What the kind needs, e.g. `{ "chapter": "13" }` for an insolvency in the United States.',
  })
  @IsOptional()
  @IsObject()
  details?: Record<string, JsonValue>;

  @ApiProperty({ description: 'Who told the office, and how.' })
  @IsString()
  @Length(1, 200)
  source!: string;

  @ApiPropertyOptional({ description: 'What shows it: the reference of a notice, an order or a certificate.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  proof?: string;

  @ApiProperty()
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class ReferralRequest {
  @ApiProperty()
  @IsUUID()
  debtId!: string;

  @ApiProperty({ enum: ACTS })
  @IsIn(ACTS)
  act!: Act;

  @ApiProperty()
  @IsString()
  @Length(1, 100)
  connectorId!: string;

  @ApiPropertyOptional({ description: 'The most that the partner may act on, in minor units.' })
  @IsOptional()
  @IsInt()
  @IsPositive()
  @Max(Number.MAX_SAFE_INTEGER)
  capMinor?: number;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  expiresOn?: string;
}

export class WithdrawalRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { message: 'reason must have words' })
  reason!: string;
}
