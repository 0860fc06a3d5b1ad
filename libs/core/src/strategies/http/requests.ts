import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsIn, IsInt, IsOptional, IsString, Length, Matches, Max, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

/** The most debts that a count names. */
const MOST_EXAMPLES = 100;

export class OfJurisdictionQuery {
  @ApiProperty({ description: 'The office.' })
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;
}

export class PreviewQuery extends OfJurisdictionQuery {
  @ApiPropertyOptional({ description: 'Only the result of this strategy.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  strategy?: string;

  @ApiPropertyOptional({ description: 'How many debts each count names; default 5.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  @Max(MOST_EXAMPLES)
  examples?: number;
}

export class HeldPreviewQuery extends PreviewQuery {
  @ApiPropertyOptional({ enum: ['true', 'false'], description: 'With what is held in the place of what is in force.' })
  @IsOptional()
  @IsIn(['true', 'false'])
  held?: string;
}

export class PreviewRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiPropertyOptional({
    description: "The office's strategies as they would be, as the configuration has them; default those in force.",
    type: 'array',
    items: { type: 'object' },
  })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(200)
  strategies?: unknown[];

  @ApiPropertyOptional({ description: 'Only the result of this strategy.' })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  strategyId?: string;

  @ApiPropertyOptional({ description: 'How many debts each count names; default 5.' })
  @IsOptional()
  @IsInt()
  @Min(0)
  @Max(MOST_EXAMPLES)
  examples?: number;
}

export class ApplyRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiProperty({ description: 'The held version that you have looked at, or at least its first 12 digits.' })
  @Matches(/^[0-9a-f]{12,64}$/, { message: '$property must be 12 to 64 hexadecimal digits' })
  version!: string;

  @ApiProperty({ description: 'Why; it is kept with your name.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
