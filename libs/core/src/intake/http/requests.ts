import { Type } from 'class-transformer';
import { IsIn, IsInt, IsOptional, IsString, Length, Max, MaxLength, Min } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const STATES = ['reading', 'refused', 'held', 'dismissed', 'applying', 'applied'] as const;

export class HostFilesQuery {
  @ApiPropertyOptional({ description: 'Only this office.' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  jurisdiction?: string;

  @ApiPropertyOptional({ description: 'Only this host system.' })
  @IsOptional()
  @IsString()
  @MaxLength(60)
  system?: string;

  @ApiPropertyOptional({ enum: STATES })
  @IsOptional()
  @IsIn(STATES)
  state?: (typeof STATES)[number];
}

export class HostFaultsQuery {
  @ApiPropertyOptional({ description: 'The number of the last row of the page before.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(0)
  after?: number;

  @ApiPropertyOptional({ description: 'At most so many faults; 200 when left out.' })
  @IsOptional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(1000)
  limit?: number;
}

export class HostFileDecision {
  @ApiProperty({ description: 'Why; kept with the name of who decides.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
