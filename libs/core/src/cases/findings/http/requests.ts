import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsIn, IsOptional, IsString, IsUUID, Length, MaxLength } from 'class-validator';

const SUSPENSE_STATES = ['open', 'posted', 'cancelled'] as const;
const PROPOSAL_STATES = ['open', 'closed'] as const;

export class SuspenseListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  jurisdiction?: string;

  @ApiPropertyOptional({ enum: SUSPENSE_STATES, description: 'Default open.' })
  @IsOptional()
  @IsIn(SUSPENSE_STATES)
  state?: (typeof SUSPENSE_STATES)[number];
}

export class PostSuspenseRequest {
  @ApiProperty({ description: 'The debt that the money was meant for.' })
  @IsUUID()
  debtId!: string;
}

export class ReasonRequest {
  @ApiProperty({ description: 'What was done about it, in words.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}

export class ProposalListQuery {
  @ApiPropertyOptional()
  @IsOptional()
  @IsString()
  @MaxLength(100)
  jurisdiction?: string;

  @ApiPropertyOptional({ description: 'The kind of finding, `contradiction`, or `balance-differs`.' })
  @IsOptional()
  @IsString()
  @MaxLength(40)
  kind?: string;

  @ApiPropertyOptional({ enum: PROPOSAL_STATES, description: 'Default open.' })
  @IsOptional()
  @IsIn(PROPOSAL_STATES)
  state?: (typeof PROPOSAL_STATES)[number];
}
