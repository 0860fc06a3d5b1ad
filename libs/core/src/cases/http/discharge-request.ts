import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  ArrayUnique,
  IsArray,
  IsOptional,
  IsString,
  IsUUID,
  Length,
  ValidateNested,
} from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCalendarDate } from './calendar-date.js';

export class SurvivingDebtRequest {
  @ApiProperty()
  @IsUUID()
  debtId!: string;

  @ApiProperty({ description: 'The provision under which it survives, such as 11 USC 523(a)(7).' })
  @IsString()
  @Length(1, 200)
  ground!: string;
}

export class DischargeRequest {
  @ApiProperty({ description: "The day of the discharge, not after the office's today." })
  @IsCalendarDate()
  on!: string;

  @ApiPropertyOptional({ type: [SurvivingDebtRequest], description: 'Debts that survive it; all others are closed.' })
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(1_000)
  @ArrayUnique(({ debtId }: SurvivingDebtRequest) => debtId)
  @ValidateNested({ each: true })
  @Type(() => SurvivingDebtRequest)
  surviving?: SurvivingDebtRequest[];

  @ApiPropertyOptional({ description: "The office's reference of the order." })
  @IsOptional()
  @IsString()
  @Length(1, 200)
  proof?: string;
}
