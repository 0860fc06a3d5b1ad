import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import type { ArchiveStore } from '../archive/archive-store.js';
import type { AskedBy } from '../cases/case-commands.js';
import { locateDebt } from '../cases/case-lookup.js';
import { judgingIn } from '../configuration/judging.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { ARCHIVE, CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { lettersOf, lockBatch, readBatch, settingOfBatch } from './batch-store.js';
import type { StoredBatch } from './batch-store.js';
import { readManifest } from './batch-view.js';
import type { Manifest } from './batch-view.js';
import { factsOf } from './domain/facts.js';
import { hindranceOf } from './domain/hindrance.js';
import type { Hindrance, Look } from './domain/hindrance.js';
import { composeLetter } from './domain/letter.js';
import type { Language, NoticeKind } from './domain/notice-kind.js';
import type { NoticeSetting } from './domain/setting.js';
import { lookAgain } from './look-again.js';
import type { HinderedNotice } from './look-again.js';
import { lockedPositions, makeBatch } from './make-batch.js';
import type { BatchOrder, MadeBatch } from './make-batch.js';
import { postBatch } from './post-batch.js';
import type { PostedBatch, PostingOrder } from './post-batch.js';
import { cancelBatch, releaseBatch } from './release-batch.js';
import type { ReleasedBatch } from './release-batch.js';
import { LetterFont } from './render/letter-font.js';
import { writePdf } from './render/write-pdf.js';
import type { PrintedFile } from './render/write-pdf.js';
import { readNotice, returnNotice } from './return-notice.js';
import type { ReturnOrder } from './return-notice.js';
import { NoticeTemplates } from './templates.js';
import { withdrawReturn } from './withdraw-return.js';
import type { WithdrawalOrder } from './withdraw-return.js';

/** Which letter an office asks for. */
export interface NoticeWish {
  readonly kind: NoticeKind;
  readonly language: Language;
}

/** What stands for a number on a letter that has none yet. */
const NOT_NUMBERED = '-';

/** What offices do with notices: make, release, post, and record what came back. */
@Injectable()
export class NoticeCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(NoticeTemplates) private readonly templates: NoticeTemplates,
    @Inject(LetterFont) private readonly font: LetterFont,
    @Inject(ARCHIVE) private readonly archive: ArchiveStore,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @throws Refusal `jurisdiction-unknown`, `template-unknown`, or as {@link makeBatch} */
  async make(
    by: AskedBy,
    jurisdictionId: string,
    wish: NoticeWish,
    order: Omit<BatchOrder, 'setting'>,
  ): Promise<MadeBatch> {
    const look = await this.look(jurisdictionId);
    const setting = this.templates.require(jurisdictionId, wish.kind, wish.language);
    const context = { ...by, jurisdictionId, at: this.clock.now() };
    return this.gateway.transaction((manager) => makeBatch(manager, context, { ...order, setting }, look));
  }

  /**
   * Makes a batch of one letter.
   *
   * @throws Refusal as {@link make}, or with the code of what stands in the way
   */
  async makeOne(
    by: AskedBy,
    debtId: string,
    wish: NoticeWish,
    idempotencyKey: string,
  ): Promise<{ readonly batchId: string; readonly noticeId: string; readonly made: boolean }> {
    const { jurisdictionId } = await locateDebt(this.gateway, debtId);
    const order = { debts: [debtId], limit: 1, idempotencyKey };
    const { batchId, noticeIds, leftOut, made } = await this.make(by, jurisdictionId, wish, order);
    if (batchId !== null) return { batchId, noticeId: noticeIds[0]!, made };
    throw new Refusal(leftOut[0]!.code, inWords(leftOut[0]!));
  }

  /**
   * The letter that {@link makeOne} would make now, of which nothing is kept.
   *
   * @throws Refusal as {@link makeOne}
   */
  async preview(debtId: string, wish: NoticeWish): Promise<Uint8Array> {
    const { jurisdictionId, caseId } = await locateDebt(this.gateway, debtId);
    const setting = this.templates.require(jurisdictionId, wish.kind, wish.language);
    const look = await this.look(jurisdictionId);
    const facts = await this.gateway.transaction(async (manager) => {
      const [position] = await lockedPositions(manager, [{ id: debtId, caseId }], look.on);
      const hindrance = hindranceOf(position!, setting, { ...look, another: false });
      if (hindrance !== null) throw new Refusal(hindrance.code, inWords(hindrance));
      return factsOf(position!, setting.allocation, look.on);
    });
    const letter = composeLetter(facts, setting, NOT_NUMBERED);
    return (await this.print(setting, look.on, true, [letter])).content;
  }

  /** @throws Refusal as {@link releaseBatch} */
  async release(by: AskedBy, batchId: string): Promise<ReleasedBatch & { readonly batch: Manifest }> {
    const batch = await readBatch(this.gateway, batchId);
    const setting = await this.settingOf(batch);
    const look = await this.look(batch.jurisdictionId);
    const context = { ...by, at: this.clock.now() };
    const released = await this.gateway.transaction((manager) =>
      releaseBatch(manager, context, batchId, setting, look),
    );
    // After the locks are let go: printing takes long, and what the letters say is fixed.
    await this.finish(batchId);
    return { ...released, batch: await readManifest(this.gateway, batchId) };
  }

  /**
   * A batch with its letters; of a released one also what has come in the way since, which the posting asks about.
   *
   * @throws Refusal `notice-batch-unknown`
   */
  async manifest(batchId: string): Promise<Manifest & { readonly hindered: readonly HinderedNotice[] }> {
    const batch = await readManifest(this.gateway, batchId);
    const setting = batch.state === 'released' ? await settingOfBatch(this.gateway, batchId) : null;
    if (setting === null) return { ...batch, hindered: [] };
    const look = await this.look(batch.jurisdictionId);
    const standing = batch.notices.filter(({ state }) => state === 'released');
    return { ...batch, hindered: (await lookAgain(this.gateway, standing, setting, look)).hindered };
  }

  /** @throws Refusal as {@link cancelBatch} */
  cancel(by: AskedBy, batchId: string): Promise<{ readonly cancelled: boolean }> {
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => cancelBatch(manager, context, batchId));
  }

  /** @throws Refusal as {@link postBatch} */
  async posted(by: AskedBy, order: PostingOrder): Promise<PostedBatch> {
    const { jurisdictionId } = await readBatch(this.gateway, order.batchId);
    const look = await this.look(jurisdictionId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => postBatch(manager, context, order, look));
  }

  /** @throws Refusal as {@link returnNotice} */
  async returned(by: AskedBy, order: ReturnOrder): Promise<{ readonly returned: boolean }> {
    const { jurisdictionId } = await readNotice(this.gateway, order.noticeId);
    const today = await officeDate(this.gateway, this.clock, jurisdictionId);
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => returnNotice(manager, context, order, today));
  }

  /** @throws Refusal as {@link withdrawReturn} */
  returnWithdrawn(by: AskedBy, order: WithdrawalOrder): Promise<{ readonly withdrawn: boolean }> {
    const context = { ...by, at: this.clock.now() };
    return this.gateway.transaction((manager) => withdrawReturn(manager, context, order));
  }

  /**
   * The printed letters of a batch: from the archive once it is released, before that as a draft.
   *
   * @throws Refusal `notice-batch-unknown`, `notice-batch-cancelled`, or `notice-batch-empty`
   */
  async pdf(batchId: string): Promise<{ readonly batch: StoredBatch; readonly content: Uint8Array }> {
    let batch = await readBatch(this.gateway, batchId);
    refuseCancelled(batch);
    if (batch.state === 'made') return { batch, content: (await this.printBatch(batch, true)).content };
    // A process that ended between releasing and printing left it to whoever asks next.
    if (batch.contentHash === null) batch = await this.finish(batchId);
    refuseCancelled(batch);
    if (batch.contentHash === null) throw new Refusal('notice-batch-empty', 'no letter is left in the batch');
    const chunks: Uint8Array[] = [];
    for await (const chunk of this.archive.open(batch.contentHash)) chunks.push(chunk);
    return { batch, content: Buffer.concat(chunks) };
  }

  /** Prints a released batch into the archive, once. The same letters are the same bytes, whoever prints them. */
  private async finish(batchId: string): Promise<StoredBatch> {
    const batch = await readBatch(this.gateway, batchId);
    if (batch.state !== 'released' || batch.contentHash !== null) return batch;
    const letters = await lettersOf(this.gateway, batchId);
    if (letters.length === 0) return batch;
    const { content, pages, places } = await this.printBatch(batch, false);
    const { hash, bytes } = await this.archive.put(inOnePiece(content));
    await this.gateway.transaction(async (manager) => {
      // The batch before its notices, as everything locks them; it may have been printed or given up meanwhile.
      const now = await lockBatch(manager, batchId);
      if (now.state !== 'released' || now.contentHash !== null) return;
      await rows(
        manager,
        `update cases.notice n set first_page = p."firstPage", pages = p.pages
         from jsonb_to_recordset($1::jsonb) as p (id uuid, "firstPage" integer, pages integer) where n.id = p.id`,
        [JSON.stringify(letters.map(({ id }, place) => ({ id, ...places[place]! })))],
      );
      await rows(manager, `update cases.notice_batch set content_hash = $2, bytes = $3, pages = $4 where id = $1`, [
        batchId,
        hash,
        bytes,
        pages,
      ]);
    });
    return readBatch(this.gateway, batchId);
  }

  private async printBatch(batch: StoredBatch, draft: boolean): Promise<PrintedFile> {
    const setting = await this.settingOf(batch);
    const letters = await lettersOf(this.gateway, batch.id);
    const composed = letters.map(({ letter, number }) => composeLetter(letter, setting, String(number)));
    return this.print(setting, batch.releasedOn ?? batch.madeOn, draft, composed);
  }

  private print(
    { letterhead, template, language }: NoticeSetting,
    on: IsoDate,
    draft: boolean,
    letters: readonly ReturnType<typeof composeLetter>[],
  ): Promise<PrintedFile> {
    const title = `${letterhead.name}: ${template.title.replace(/\{[^}]*\}/g, '').trim()}`;
    return writePdf(this.font, { title, on, page: letterhead.page, language, draft }, letters);
  }

  /** How positions are looked at today: by the register, with the numbers and the days that the office has now. */
  private async look(jurisdictionId: string): Promise<Omit<Look, 'another'>> {
    const office = this.jurisdictions.find(({ id }) => id === jurisdictionId);
    if (!office) throw new Refusal('jurisdiction-unknown', `no file describes the jurisdiction ${jurisdictionId}`);
    const on = await officeDate(this.gateway, this.clock, jurisdictionId);
    return { on, judging: judgingIn(office, this.clock), unwritable: this.font.unwritable };
  }

  /** What a batch was released by; before that, what the office has now. */
  private async settingOf({ id, jurisdictionId, kind, language }: StoredBatch): Promise<NoticeSetting> {
    return (await settingOfBatch(this.gateway, id)) ?? this.templates.require(jurisdictionId, kind, language);
  }
}

function refuseCancelled({ state }: StoredBatch): void {
  if (state === 'cancelled') throw new Refusal('notice-batch-cancelled', 'the batch was cancelled');
}

function inWords({ rule, citation, reason }: Hindrance): string {
  const sources = [rule, citation].filter((each) => each !== null);
  return sources.length === 0 ? reason : `${reason} (${sources.join(': ')})`;
}

async function* inOnePiece(content: Uint8Array): AsyncGenerator<Uint8Array> {
  yield content;
}
