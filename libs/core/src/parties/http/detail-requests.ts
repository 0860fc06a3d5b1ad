import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsOptional, IsUUID, Length, Matches, MaxLength, ValidateNested } from 'class-validator';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsCalendarDate } from '../../cases/http/calendar-date.js';
import { IsPrintableText } from '../../cases/http/printable-text.js';
import {
  ADDRESS_KINDS,
  CONSENT_PURPOSES,
  CONSENT_STATES,
  CONSENT_WAYS,
  CONTACT_KINDS,
  DETAIL_SOURCES,
  NAME_KINDS,
} from '../domain/party-words.js';
import type {
  AddressKind,
  ConsentPurpose,
  ConsentState,
  ConsentWay,
  ContactKind,
  DetailSource,
  NameKind,
} from '../domain/party-words.js';

const KEY = { description: 'The same key adds once, however often it is sent.' };
const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/;

export class NameRequest {
  @ApiProperty({ enum: NAME_KINDS })
  @IsIn(NAME_KINDS)
  kind!: NameKind;

  @ApiProperty({ description: "A person's family name, or a business's whole name." })
  @IsPrintableText()
  @Length(1, 100)
  surname!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPrintableText()
  @Length(1, 60)
  firstName?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPrintableText()
  @Length(1, 60)
  middleName?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPrintableText()
  @Length(1, 10)
  generation?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  since?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  until?: string;

  @ApiProperty({ description: 'Who told the office, and how.' })
  @IsPrintableText()
  @Length(1, 200)
  source!: string;

  @ApiProperty(KEY)
  @IsPrintableText()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class PostalAddressRequest {
  @ApiProperty()
  @IsPrintableText()
  @Length(1, 100)
  line1!: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPrintableText()
  @Length(1, 100)
  line2?: string;

  @ApiProperty()
  @IsPrintableText()
  @Length(1, 60)
  city!: string;

  @ApiPropertyOptional({ description: 'State or province code; county or nothing in the United Kingdom.' })
  @IsOptional()
  @IsPrintableText()
  @MaxLength(60)
  region?: string;

  @ApiProperty()
  @IsPrintableText()
  @Length(1, 12)
  postalCode!: string;

  @ApiProperty({ description: 'ISO 3166-1 alpha-2, in capitals.' })
  @Matches(/^[A-Z]{2}$/)
  country!: string;
}

export class AddressRequest {
  @ApiProperty({ enum: ADDRESS_KINDS })
  @IsIn(ADDRESS_KINDS)
  kind!: AddressKind;

  @ApiProperty()
  @IsDefined()
  @ValidateNested()
  @Type(() => PostalAddressRequest)
  address!: PostalAddressRequest;

  @ApiProperty({ enum: DETAIL_SOURCES })
  @IsIn(DETAIL_SOURCES)
  source!: DetailSource;

  @ApiPropertyOptional({ description: 'The connector, register or letter.' })
  @IsOptional()
  @IsPrintableText()
  @Length(1, 200)
  sourceDetail?: string;

  @ApiPropertyOptional({ description: "Since when it holds; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  since?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  verifiedOn?: string;

  @ApiProperty(KEY)
  @IsPrintableText()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class AddressMarkRequest {
  @ApiPropertyOptional({ description: 'Default the one that the host system says now.' })
  @IsOptional()
  @IsUUID()
  addressId?: string;

  @ApiPropertyOptional()
  @IsOptional()
  @IsCalendarDate()
  verifiedOn?: string;

  @ApiPropertyOptional({ description: 'The day on which mail that was sent there came back.' })
  @IsOptional()
  @IsCalendarDate()
  returnedOn?: string;

  @ApiPropertyOptional({ description: 'Last day on which it held.' })
  @IsOptional()
  @IsCalendarDate()
  until?: string;
}

export class HoursRequest {
  @ApiProperty({ description: "HH:MM on the office's clock." })
  @Matches(HOUR)
  from!: string;

  @ApiProperty({ description: "HH:MM on the office's clock." })
  @Matches(HOUR)
  until!: string;
}

export class ContactPointRequest {
  @ApiProperty({ enum: CONTACT_KINDS, description: '`post`: letters to whatever address is current.' })
  @IsIn(CONTACT_KINDS)
  kind!: ContactKind;

  @ApiPropertyOptional({ description: 'A telephone with area code, or an e-mail address; nothing for letters.' })
  @IsOptional()
  @IsPrintableText()
  @Length(1, 254)
  value?: string;

  @ApiProperty({ enum: DETAIL_SOURCES })
  @IsIn(DETAIL_SOURCES)
  source!: DetailSource;

  @ApiPropertyOptional()
  @IsOptional()
  @IsPrintableText()
  @Length(1, 200)
  sourceDetail?: string;

  @ApiPropertyOptional({ description: "Default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  since?: string;

  @ApiPropertyOptional({ description: 'When the party may be contacted there.' })
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursRequest)
  hours?: HoursRequest;

  @ApiPropertyOptional({ description: 'Why it is not to be used.' })
  @IsOptional()
  @IsPrintableText()
  @Length(1, 500)
  doNotUseReason?: string;

  @ApiProperty(KEY)
  @IsPrintableText()
  @Length(1, 100)
  idempotencyKey!: string;
}

export class ContactPointChangeRequest {
  @ApiPropertyOptional({ description: 'Null: at any hour.', nullable: true })
  @IsOptional()
  @ValidateNested()
  @Type(() => HoursRequest)
  hours?: HoursRequest | null;

  @ApiPropertyOptional({
    description: 'Why it is not to be used; null where it may be again.',
    nullable: true,
    type: String,
  })
  @IsOptional()
  @IsPrintableText()
  @Length(1, 500)
  doNotUseReason?: string | null;

  @ApiPropertyOptional({ description: 'Last day on which it held.' })
  @IsOptional()
  @IsCalendarDate()
  until?: string;
}

export class ConsentRequest {
  @ApiProperty({ enum: CONSENT_PURPOSES })
  @IsIn(CONSENT_PURPOSES)
  purpose!: ConsentPurpose;

  @ApiProperty({ enum: CONSENT_STATES })
  @IsIn(CONSENT_STATES)
  state!: ConsentState;

  @ApiPropertyOptional({ description: "The day on which it was said; default the office's today." })
  @IsOptional()
  @IsCalendarDate()
  on?: string;

  @ApiProperty({ enum: CONSENT_WAYS })
  @IsIn(CONSENT_WAYS)
  how!: ConsentWay;

  @ApiProperty(KEY)
  @IsPrintableText()
  @Length(1, 100)
  idempotencyKey!: string;
}
