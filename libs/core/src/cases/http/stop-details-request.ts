import { IsNotEmptyObject, IsObject, IsOptional, IsString, Length, Matches } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { JsonValue } from '@concord/plugin-sdk';

export class StopDetailsRequest {
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'The details that change, e.g. `{ "dismissedOn": "2026-03-02" }`; `null` takes one away. All others stay as they are.',
  })
  @IsObject()
  @IsNotEmptyObject({ nullable: true })
  details!: Record<string, JsonValue>;

  @ApiProperty()
  @IsString()
  @Length(1, 500)
  @Matches(/\S/, { message: 'reason must have words' })
  reason!: string;

  @ApiProperty({ description: 'Who told the office, and how.' })
  @IsString()
  @Length(1, 200)
  source!: string;

  @ApiPropertyOptional({ description: 'What shows it: the reference of a notice, an order or a certificate.' })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  proof?: string;

  @ApiProperty({ description: 'The same key changes the stop once, however often it is sent.' })
  @IsString()
  @Length(1, 100)
  idempotencyKey!: string;
}
