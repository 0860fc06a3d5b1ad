import { ApiProperty } from '@nestjs/swagger';
import { IsString, Length } from 'class-validator';

/** What a person decides is kept with why. */
export class DecisionRequest {
  @ApiProperty({ description: 'Why, in words: kept with the name of whoever decided.' })
  @IsString()
  @Length(1, 500)
  reason!: string;
}
