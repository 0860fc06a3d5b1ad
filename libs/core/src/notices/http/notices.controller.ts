import { Body, Controller, Get, HttpCode, Inject, Param, ParseUUIDPipe, Post, Query, Res } from '@nestjs/common';
import {
  ApiConflictResponse,
  ApiNotFoundResponse,
  ApiOperation,
  ApiProduces,
  ApiTags,
  ApiUnprocessableEntityResponse,
} from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import type { DataSource } from 'typeorm';
import { AskedBy } from '../../cases/http/requester.js';
import type { Requester } from '../../cases/http/requester.js';
import { asAttachment, fileAnswer } from '../../documents/http/attachment.js';
import { Refusal } from '../../platform/errors.js';
import { GATEWAY_DATABASE } from '../../platform/tokens.js';
import { findBatches } from '../batch-store.js';
import { HINDRANCE_CODES } from '../domain/hindrance.js';
import { NoticeCommands } from '../notice-commands.js';
import { readTracking } from '../read-tracking.js';
import { LARGEST_BATCH } from '../select-debts.js';
import type { NoticeSelection } from '../select-debts.js';
import {
  NoticeBatchListQuery,
  NoticeBatchRequest,
  NoticeRequest,
  PostedRequest,
  PreviewQuery,
  ReturnedRequest,
  WithdrawReturnRequest,
} from './requests.js';
import type { SelectionRequest } from './requests.js';

const PDF = 'application/pdf';
const BATCH_UNKNOWN = { description: '`notice-batch-unknown`' };
const HINDRANCES = HINDRANCE_CODES.map((code) => `\`${code}\``).join(', ');

@ApiTags('Notices')
@Controller('api/v1')
export class NoticesController {
  constructor(
    @Inject(NoticeCommands) private readonly commands: NoticeCommands,
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
  ) {}

  @Post('debts/:id/notices')
  @ApiOperation({ summary: 'Makes a letter about a debt, as a batch of its own; or previews it as PDF.' })
  @ApiProduces('application/json', PDF)
  @ApiNotFoundResponse({ description: '`debt-unknown`, `template-unknown`' })
  @ApiConflictResponse({ description: '`key-reused`' })
  @ApiUnprocessableEntityResponse({ description: `${HINDRANCES}, \`key-missing\`` })
  async make(
    @AskedBy() by: Requester,
    @Res({ passthrough: true }) reply: FastifyReply,
    @Param('id', ParseUUIDPipe) id: string,
    @Query() { preview }: PreviewQuery,
    @Body() { kind, language, idempotencyKey }: NoticeRequest,
  ) {
    const wish = { kind, language: language ?? 'en' };
    if (preview !== true) {
      if (idempotencyKey === undefined) throw new Refusal('key-missing', 'idempotencyKey is needed to make a letter');
      return this.commands.makeOne(by, id, wish, idempotencyKey);
    }
    const content = await this.commands.preview(id, wish);
    void reply.status(200);
    asAttachment(reply, `preview-${kind}.pdf`);
    return fileAnswer(content, PDF);
  }

  @Post('notice-batches')
  @ApiOperation({ summary: 'Makes a batch of letters. Debts with something in the way are left out, with the reason.' })
  @ApiNotFoundResponse({ description: '`jurisdiction-unknown`, `template-unknown`, `debt-unknown`' })
  @ApiConflictResponse({ description: '`key-reused`' })
  @ApiUnprocessableEntityResponse({ description: '`debts-unclear`' })
  makeBatch(@AskedBy() by: Requester, @Body() body: NoticeBatchRequest) {
    const { jurisdictionId, kind, language, debtIds, select, limit, idempotencyKey } = body;
    if ((debtIds === undefined) === (select === undefined)) {
      throw new Refusal('debts-unclear', 'either debtIds or select says which debts');
    }
    return this.commands.make(
      by,
      jurisdictionId,
      { kind, language: language ?? 'en' },
      { debts: debtIds ?? selectionOf(select!), limit: limit ?? LARGEST_BATCH, idempotencyKey },
    );
  }

  @Get('notice-batches')
  @ApiOperation({ summary: 'Batches of letters, the newest first.' })
  batches(@Query() query: NoticeBatchListQuery) {
    return findBatches(this.gateway, query);
  }

  @Get('notice-batches/:id')
  @ApiOperation({ summary: 'A batch with its letters, what they ask for, and what came in the way since the release.' })
  @ApiNotFoundResponse(BATCH_UNKNOWN)
  batch(@Param('id', ParseUUIDPipe) id: string) {
    return this.commands.manifest(id);
  }

  @Get('notice-batches/:id/pdf')
  @ApiOperation({ summary: 'The letters of a batch in one file, ready for print once it is released, a draft before.' })
  @ApiProduces(PDF)
  @ApiNotFoundResponse(BATCH_UNKNOWN)
  @ApiConflictResponse({ description: '`notice-batch-cancelled`' })
  @ApiUnprocessableEntityResponse({ description: '`notice-batch-empty`' })
  async pdf(@Param('id', ParseUUIDPipe) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { batch, content } = await this.commands.pdf(id);
    const draft = batch.state === 'made' ? '-draft' : '';
    asAttachment(reply, `notices-${batch.jurisdictionId}-${batch.number}${draft}.pdf`);
    return fileAnswer(content, PDF);
  }

  @Post('notice-batches/:id/release')
  @HttpCode(200)
  @ApiOperation({ summary: 'Reads every position once more, takes out what may not go, and prints the others.' })
  @ApiNotFoundResponse(BATCH_UNKNOWN)
  @ApiConflictResponse({ description: '`notice-batch-cancelled`' })
  release(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string) {
    return this.commands.release(by, id);
  }

  @Post('notice-batches/:id/cancel')
  @HttpCode(200)
  @ApiOperation({ summary: 'Gives a batch up that was not posted.' })
  @ApiNotFoundResponse(BATCH_UNKNOWN)
  @ApiConflictResponse({ description: '`notice-batch-posted`' })
  cancel(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string) {
    return this.commands.cancel(by, id);
  }

  @Post('notice-batches/:id/posted')
  @HttpCode(200)
  @ApiOperation({ summary: 'Records that the letters were posted: each is proof that a notice was sent.' })
  @ApiNotFoundResponse({ description: '`notice-batch-unknown`, `notice-unknown`' })
  @ApiConflictResponse({ description: '`notice-batch-not-released`, `notice-batch-posted`' })
  @ApiUnprocessableEntityResponse({
    description:
      '`notice-batch-empty`, `notice-batch-not-printed`, `notice-hindered`, `date-in-future`, `posted-before-release`, ' +
      '`release-too-old`, `tracking-unreadable`, `tracking-refused`',
  })
  posted(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() body: PostedRequest) {
    return this.commands.posted(by, {
      batchId: id,
      on: body.on,
      method: body.method,
      trackingNumber: body.trackingNumber ?? null,
      tracking: body.trackingCsv === undefined ? null : readTracking(body.trackingCsv),
      notPosted: body.notPosted ?? [],
      despite: body.despite ?? [],
    });
  }

  @Post('notices/:id/returned')
  @HttpCode(200)
  @ApiOperation({ summary: 'Records that a letter came back. To a wrong address nothing more is written.' })
  @ApiNotFoundResponse({ description: '`notice-unknown`' })
  @ApiConflictResponse({ description: '`notice-not-posted`' })
  @ApiUnprocessableEntityResponse({ description: '`date-in-future`, `returned-before-posted`' })
  returned(@AskedBy() by: Requester, @Param('id', ParseUUIDPipe) id: string, @Body() { on, reason }: ReturnedRequest) {
    return this.commands.returned(by, { noticeId: id, on, reason });
  }

  @Post('notices/:id/returned/withdraw')
  @HttpCode(200)
  @ApiOperation({ summary: 'Takes back that a letter came back, which was recorded in error. Both stay on record.' })
  @ApiNotFoundResponse({ description: '`notice-unknown`' })
  @ApiConflictResponse({ description: '`notice-not-returned`' })
  withdrawReturned(
    @AskedBy() by: Requester,
    @Param('id', ParseUUIDPipe) id: string,
    @Body() { reason }: WithdrawReturnRequest,
  ) {
    return this.commands.returnWithdrawn(by, { noticeId: id, reason });
  }
}

function selectionOf(select: SelectionRequest): NoticeSelection {
  return {
    debtTypes: select.debtTypes ?? null,
    minAgeDays: select.minAgeDays ?? 0,
    minBalanceMinor: select.minBalanceMinor ?? 1,
    maxBalanceMinor: select.maxBalanceMinor ?? null,
    notWithinDays: select.notWithinDays ?? 0,
    after: select.after ?? null,
  };
}
