import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsPositive, IsString, IsUUID, Length, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IDENTIFIER_KINDS } from '../domain/match.js';
import type { ComparedIdentifier, MatchLevel } from '../domain/match.js';

const LEVELS = ['possible', 'likely', 'certain'] as const;
const MERGE_STATES = ['in-force', 'undone'] as const;

export class PartyListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  jurisdiction?: string;

  @ApiPropertyOptional({ description: 'Beginnings of words of a name, in any order, without regard to accents.' })
  @IsOptional()
  @IsString()
  @MaxLength(200)
  name?: string;

  @ApiPropertyOptional({ description: "The source's key of the party." })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  sourceReference?: string;

  @ApiPropertyOptional({ description: 'Number of the last party of the page before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number;

  @ApiPropertyOptional({ description: 'Default 100, at most 1000.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @IsPositive()
  @Max(1000)
  limit?: number;
}

export class IdentifierSearchRequest {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdictionId!: string;

  @ApiProperty({ enum: IDENTIFIER_KINDS })
  @IsIn(IDENTIFIER_KINDS)
  kind!: ComparedIdentifier;

  @ApiProperty({ description: 'Nine digits, or a date of birth as YYYY-MM-DD.' })
  @IsString()
  @Length(1, 20)
  value!: string;
}

export class PartyMatchesQuery {
  @ApiProperty()
  @IsString()
  @Length(1, 100)
  jurisdiction!: string;

  @ApiPropertyOptional({ enum: LEVELS, description: 'Default likely.' })
  @IsOptional()
  @IsIn(LEVELS)
  least?: MatchLevel;
}

export class MergeRequest {
  @ApiPropertyOptional({
    description: 'The party that stands for both: this one becomes its duplicate. Or `duplicate`.',
  })
  @IsOptional()
  @IsUUID()
  into?: string;

  @ApiPropertyOptional({ description: 'The party that becomes a duplicate of this one. Or `into`.' })
  @IsOptional()
  @IsUUID()
  duplicate?: string;

  @ApiProperty({ description: 'Why they are one; it is kept.' })
  @IsString()
  @Length(1, 500)
  reason!: string;

  @ApiPropertyOptional({ description: 'Why they are one although identifiers of one kind differ; it is kept.' })
  @IsOptional()
  @IsString()
  @Length(1, 500)
  despiteDifferences?: string;
}

export class UndoRequest {
  @ApiProperty({ description: 'Why they are not one; it is kept.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class DistinctRequest {
  @ApiProperty({ description: 'The party that this one is not.' })
  @IsUUID()
  from!: string;

  @ApiProperty({ description: 'Why they are not one; it is kept.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class MergeListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  jurisdiction?: string;

  @ApiPropertyOptional({ description: 'Merges of which this party is one side.' })
  @IsOptional()
  @IsUUID()
  party?: string;

  @ApiPropertyOptional({ enum: MERGE_STATES, description: 'Default both.' })
  @IsOptional()
  @IsIn(MERGE_STATES)
  state?: (typeof MERGE_STATES)[number];
}

export class AcceptContactRequest {
  @ApiPropertyOptional({
    description: 'Whom it is about; default the party whom the partner names, or else the debtor.',
  })
  @IsOptional()
  @IsUUID()
  partyId?: string;
}
