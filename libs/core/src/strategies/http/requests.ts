import { Type } from 'class-transformer';
import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString, Length, Max, Min } from 'class-validator';
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

  @ApiProperty({ description: 'Why; it is kept with your name.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
