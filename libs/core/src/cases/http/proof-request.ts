import { IsIn, IsOptional, IsString, IsUUID, Length, Matches } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { CASE_PROOF_KINDS, DELIVERY_METHODS, HEARING_OUTCOMES } from '../domain/proof.js';
import type { CaseProofKind, DeliveryMethod, HearingOutcome } from '../domain/proof.js';
import { IsCalendarDate } from './calendar-date.js';

export class ProofRequest {
  @ApiProperty()
  @IsUUID()
  debtId!: string;

  @ApiProperty({ enum: CASE_PROOF_KINDS })
  @IsIn(CASE_PROOF_KINDS)
  kind!: CaseProofKind;

  @ApiProperty({ description: "The day on which it happened, not after the office's today." })
  @IsCalendarDate()
  on!: string;

  @ApiPropertyOptional({ description: "The office's own reference of the letter, message or call." })
  @IsOptional()
  @IsString()
  @Length(1, 100)
  reference?: string;

  @ApiPropertyOptional({
    description:
      'Which kind of notice was sent or came back, in the words that rules look for (`GET proof-words`), or others of the office.',
  })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  noticeKind?: string;

  @ApiPropertyOptional({
    description:
      'What a certificate, a hearing, a document or a conversation is about, in the words that rules look for (`GET proof-words`), e.g. `active-duty-certificate`.',
  })
  @IsOptional()
  @Matches(/^[a-z][a-z0-9-]{0,59}$/, { message: 'subject must be small letters, digits and hyphens' })
  subject?: string;

  @ApiPropertyOptional({ enum: DELIVERY_METHODS, description: 'How a notice was sent.' })
  @IsOptional()
  @IsIn(DELIVERY_METHODS)
  method?: DeliveryMethod;

  @ApiPropertyOptional({ description: "The carrier's number of a notice." })
  @IsOptional()
  @IsString()
  @Length(1, 60)
  trackingNumber?: string;

  @ApiPropertyOptional({ enum: HEARING_OUTCOMES, description: 'Of a `hearing-outcome`, where it must stand.' })
  @IsOptional()
  @IsIn(HEARING_OUTCOMES)
  outcome?: HearingOutcome;

  @ApiPropertyOptional({ description: 'The document of the same debt that shows it.' })
  @IsOptional()
  @IsUUID()
  documentId?: string;

  @ApiProperty({ description: 'The same key is recorded once, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}
