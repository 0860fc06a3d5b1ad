import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query } from '@nestjs/common';
import {
  ApiNotFoundResponse,
  ApiOkResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { DataSource } from 'typeorm';
import { FieldCipher } from '../../crypto/field-cipher.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { Refusal } from '../../platform/errors.js';
import { normalisedIdentifier } from '../domain/identifier-text.js';
import { findDuplicates, findMatches } from '../matching/find-matches.js';
import { readParty } from '../party-reads.js';
import { findByIdentifier, listParties } from '../party-search.js';
import { IdentifierSearchRequest, PartyListQuery, PartyMatchesQuery } from './requests.js';

const UNKNOWN = { description: '`party-unknown`' };

@ApiTags('Parties')
@Controller('api/v1')
export class PartiesController {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
  ) {}

  @Get('parties')
  @ApiOperation({ summary: 'Parties by number, a page at a time.' })
  list(@Query() query: PartyListQuery) {
    return listParties(this.gateway, query);
  }

  @Post('parties/search')
  @HttpCode(200)
  @ApiOperation({ summary: 'Parties that have an identifier, which is in the body so that no address holds it.' })
  @ApiUnprocessableEntityResponse({ description: '`identifier-invalid`' })
  search(@Body() { jurisdictionId, kind, value }: IdentifierSearchRequest) {
    const normalised = normalisedIdentifier(kind, value);
    if (normalised === null) throw new Refusal('identifier-invalid', `that is no ${kind}`);
    return findByIdentifier(this.gateway, this.cipher, jurisdictionId, { kind, value: normalised });
  }

  @Get('parties/:id')
  @ApiOperation({ summary: 'A party with all that stands with it; of a duplicate, the party that stands for it.' })
  @ApiNotFoundResponse(UNKNOWN)
  party(@Param('id', ParseUUIDPipe) id: string) {
    return readParty(this.gateway, id);
  }

  @Get('parties/:id/matches')
  @ApiOperation({ summary: 'Who may be the same, with the score, the level and the reasons; the surest first.' })
  @ApiNotFoundResponse(UNKNOWN)
  matches(@Param('id', ParseUUIDPipe) id: string) {
    return findMatches(this.gateway, id);
  }

  @Get('party-matches')
  @ApiOperation({ summary: "Pairs of an office's parties that may be one, for a person to decide. Nothing is merged." })
  @ApiOkResponse({ description: 'At most a thousand, the surest first.' })
  duplicates(@Query() { jurisdiction, least }: PartyMatchesQuery) {
    return findDuplicates(this.gateway, jurisdiction, least ?? 'likely');
  }
}
