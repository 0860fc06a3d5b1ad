import { Type } from 'class-transformer';
import {
  IsArray,
  IsBoolean,
  IsDefined,
  IsIn,
  IsInt,
  IsISO4217CurrencyCode,
  IsISO8601,
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
import { ACTS, STOP_KINDS } from '@concord/plugin-sdk';
import type { Act, JsonValue, StopKind } from '@concord/plugin-sdk';

const ISO_DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATE = { message: '$property must be a date, YYYY-MM-DD' };

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
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
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

  @ApiProperty({ enum: STOP_KINDS })
  @IsIn(STOP_KINDS)
  kind!: StopKind;

  @ApiPropertyOptional({ description: "First day; default the office's today." })
  @IsOptional()
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
  startsOn?: string;

  @ApiPropertyOptional({ description: 'Last day; none means until it is lifted.' })
  @IsOptional()
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
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
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
  expiresOn?: string;
}

export class WithdrawalRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 500)
  reason!: string;
}

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
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
  incurredOn?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @Matches(ISO_DATE, DATE)
  @IsISO8601({ strict: true }, DATE)
  delinquentOn?: string;

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
}
