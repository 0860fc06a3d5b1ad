import { Body, Controller, HttpCode, Inject, Param, ParseUUIDPipe, Post } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { Refusal } from '../../platform/errors.js';
import { contactValue } from '../domain/contact-value.js';
import { PartyCommands } from '../party-commands.js';
import {
  AddressMarkRequest,
  AddressRequest,
  ConsentRequest,
  ContactPointChangeRequest,
  ContactPointRequest,
  NameRequest,
} from './detail-requests.js';
import { AcceptContactRequest } from './requests.js';

const UNKNOWN = { description: '`party-unknown`' };
const POINT_UNKNOWN = { description: '`contact-point-unknown`' };
const REUSED = { description: '`key-reused`' };

@ApiTags('Parties')
@Controller('api/v1')
export class PartyDetailsController {
  constructor(@Inject(PartyCommands) private readonly commands: PartyCommands) {}

  @Post('parties/:id/names')
  @ApiOperation({ summary: 'Adds a name or alias.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(REUSED)
  @ApiUnprocessableEntityResponse({ description: '`name-invalid`, `dates-invalid`' })
  addName(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: NameRequest) {
    return this.commands.addName(by, {
      partyId: id,
      kind: body.kind,
      surname: body.surname,
      firstName: body.firstName ?? null,
      middleName: body.middleName ?? null,
      generation: body.generation ?? null,
      since: body.since ?? null,
      until: body.until ?? null,
      source: body.source,
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Post('parties/:id/addresses')
  @ApiOperation({ summary: 'Adds an address beside what the host system says; the newest to which mail goes is used.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(REUSED)
  @ApiUnprocessableEntityResponse({ description: '`date-in-future`' })
  addAddress(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: AddressRequest) {
    const { line1, line2, city, region, postalCode, country } = body.address;
    return this.commands.addAddress(by, {
      partyId: id,
      kind: body.kind,
      address: { line1, line2: line2 ?? null, city, region: region ?? '', postalCode, country },
      source: body.source,
      sourceDetail: body.sourceDetail ?? null,
      since: body.since ?? null,
      verifiedOn: body.verifiedOn ?? null,
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Post('parties/:id/addresses/mark')
  @HttpCode(200)
  @ApiOperation({ summary: 'Notes that an address was verified, that mail came back from it, or that it ended.' })
  @ApiNotFoundResponse({ description: '`party-unknown`, `address-unknown`' })
  @ApiUnprocessableEntityResponse({ description: '`address-current`, `dates-invalid`, `date-in-future`' })
  markAddress(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: AddressMarkRequest) {
    return this.commands.markAddress(by, {
      partyId: id,
      addressId: body.addressId ?? null,
      verifiedOn: body.verifiedOn ?? null,
      returnedOn: body.returnedOn ?? null,
      until: body.until ?? null,
    });
  }

  @Post('parties/:id/contact-points')
  @ApiOperation({ summary: 'Adds a telephone, an e-mail address, or letters as a way to reach the party.' })
  @ApiNotFoundResponse(UNKNOWN)
  @ApiConflictResponse(REUSED)
  @ApiUnprocessableEntityResponse({ description: '`contact-invalid`, `hours-invalid`, `date-in-future`' })
  addContactPoint(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ContactPointRequest) {
    const value = body.value === undefined ? null : contactValue(body.kind, body.value);
    if (body.value !== undefined && value === null) {
      throw new Refusal('contact-invalid', 'that is neither a telephone with 7 to 15 digits nor an e-mail address');
    }
    return this.commands.addContactPoint(by, {
      partyId: id,
      kind: body.kind,
      value,
      source: body.source,
      sourceDetail: body.sourceDetail ?? null,
      since: body.since ?? null,
      hours: body.hours ?? null,
      doNotUseReason: body.doNotUseReason ?? null,
      idempotencyKey: body.idempotencyKey,
    });
  }

  @Post('contact-points/:id/change')
  @HttpCode(200)
  @ApiOperation({ summary: 'Says when, whether and until when a contact point may be used.' })
  @ApiNotFoundResponse(POINT_UNKNOWN)
  @ApiUnprocessableEntityResponse({ description: '`hours-invalid`, `dates-invalid`, `date-in-future`' })
  change(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ContactPointChangeRequest) {
    return this.commands.changeContactPoint(by, { contactPointId: id, ...definedParts(body) });
  }

  @Post('contact-points/:id/consents')
  @ApiOperation({ summary: 'Records consent for a purpose, or that it was withdrawn. The last word holds.' })
  @ApiNotFoundResponse(POINT_UNKNOWN)
  @ApiConflictResponse(REUSED)
  @ApiUnprocessableEntityResponse({ description: '`date-in-future`' })
  consent(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: ConsentRequest) {
    const { purpose, state, how, idempotencyKey } = body;
    return this.commands.recordConsent(by, {
      contactPointId: id,
      purpose,
      state,
      on: body.on ?? null,
      how,
      idempotencyKey,
    });
  }

  @Post('proposals/:id/accept')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes over an address or a telephone that a partner found, and closes the proposal.' })
  @ApiNotFoundResponse({ description: '`proposal-unknown`, `party-unknown`' })
  @ApiConflictResponse({ description: '`proposal-closed`' })
  @ApiUnprocessableEntityResponse({ description: '`proposal-not-acceptable`' })
  accept(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: AcceptContactRequest) {
    return this.commands.acceptContact(by, { proposalId: id, partyId: body.partyId ?? null });
  }
}

function definedParts({ hours, doNotUseReason, until }: ContactPointChangeRequest) {
  return {
    ...(hours === undefined ? {} : { hours }),
    ...(doNotUseReason === undefined ? {} : { doNotUseReason }),
    ...(until === undefined ? {} : { until }),
  };
}
