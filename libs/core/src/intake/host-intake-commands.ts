import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { ArchiveStore } from '../archive/archive-store.js';
import type { AskedBy } from '../cases/case-commands.js';
import type { HostFileSettings } from '../configuration/host-system-settings.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import { FieldCipher } from '../crypto/field-cipher.js';
import { rows } from '../database/sql.js';
import type { Clock } from '../platform/clock.js';
import { Refusal } from '../platform/errors.js';
import { ARCHIVE, CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { firstReviewOn } from '../strategies/domain/strategy.js';
import { applyFile } from './apply-file.js';
import type { HostFault } from './domain/read-record.js';
import { listFaults } from './fault-store.js';
import { claimCutOff, listHostFiles, lockHostFile, readHostFile } from './host-file-store.js';
import type { HostFileFilter, HostFileView } from './host-file-store.js';
import { checkPicture } from './picture-check.js';
import { stageFile } from './stage-file.js';
import type { Staged } from './stage-file.js';

/** A file to be taken in. */
export interface HostFileOrder {
  readonly jurisdictionId: string;
  readonly systemId: string;
  /** Its name in the office's settings; null where the system has only one. */
  readonly file: string | null;
  readonly path: string;
}

/** A file that was taken in. */
export interface TakenHostFile extends HostFileView {
  /** True when this very file was taken in before, and nothing was done now. */
  readonly before: boolean;
}

/** Takes in the daily files of host billing systems, and carries out what people decide about those that wait. */
@Injectable()
export class HostIntakeCommands {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(FieldCipher) private readonly cipher: FieldCipher,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ARCHIVE) private readonly archive: ArchiveStore,
  ) {}

  /**
   * Takes a file in: keeps its bytes, reads it to its end, refuses it or sets bad rows aside, and applies it unless it has to
   * wait for a person. The same file again changes nothing; one that was cut off goes on.
   *
   * @throws Refusal `jurisdiction-unknown`, `host-system-unknown`, `host-definition-unknown` or `file-unreadable`
   */
  async take(by: AskedBy, order: HostFileOrder): Promise<TakenHostFile> {
    const settings = this.settingsOf(order.jurisdictionId, order.systemId, order.file);
    const { hash } = await this.archive.put(contentOf(order.path));
    const id = await this.open(by, order, settings, hash);
    const before = await readHostFile(this.gateway, id);
    if (before.state === 'reading') await this.read(settings, before, hash);
    await this.goOn(by, id);
    return { ...(await readHostFile(this.gateway, id)), before: !['reading', 'applying'].includes(before.state) };
  }

  /**
   * Goes on with a file whose process died, as whoever took it in or accepted it: from the archive where it was being read,
   * with the rows that are left where it was being applied. After three times it is left to a person, who is alerted.
   *
   * @returns whether there was one
   */
  async resume(): Promise<boolean> {
    const cut = await claimCutOff(this.gateway, this.clock.now());
    if (cut === null) return false;
    const file = await readHostFile(this.gateway, cut.id);
    if (file.state === 'reading') {
      await this.read(this.settingsOf(file.jurisdictionId, file.systemId, file.file), file, cut.contentHash);
    }
    await this.goOn({ actor: cut.actor, correlationId: randomUUID() }, file.id);
    return true;
  }

  /**
   * Applies a file that waited for a person. One that is being applied goes on: its process may have died.
   *
   * @throws Refusal `host-file-unknown` or `host-file-not-held`
   */
  async accept(by: AskedBy, id: string, reason: string): Promise<HostFileView> {
    await this.decide(by, id, 'applying', reason);
    await this.goOn(by, id);
    return readHostFile(this.gateway, id);
  }

  /** Puts a file away that waited for a person. @throws Refusal `host-file-unknown` or `host-file-not-held` */
  async refuse(by: AskedBy, id: string, reason: string): Promise<HostFileView> {
    await this.decide(by, id, 'dismissed', reason);
    return readHostFile(this.gateway, id);
  }

  list(filter: HostFileFilter): Promise<HostFileView[]> {
    return listHostFiles(this.gateway, filter);
  }

  show(id: string): Promise<HostFileView> {
    return readHostFile(this.gateway, id);
  }

  /** What was set aside of a file, by row, from the row after `after`. */
  async faults(id: string, after: number, limit: number): Promise<HostFault[]> {
    await readHostFile(this.gateway, id);
    return listFaults(this.gateway, id, after, limit);
  }

  private async open(by: AskedBy, order: HostFileOrder, settings: HostFileSettings, hash: string): Promise<string> {
    const { jurisdictionId, systemId, path } = order;
    await rows(
      this.gateway,
      `insert into cases.host_file (id, jurisdiction_id, system_id, definition, kind, picture, file_name, content_hash,
         state, actor, received_at, progressed_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, 'reading', $9, $10, $10)
       on conflict (jurisdiction_id, system_id, definition, content_hash) where state <> 'refused' do nothing`,
      [
        ...[randomUUID(), jurisdictionId, systemId, settings.name, settings.kind, settings.picture, basename(path)],
        ...[hash, by.actor, this.clock.now()],
      ],
    );
    // A statement of its own: it must see the row that another take of the same file has just committed.
    const [opened] = await rows<{ id: string }>(
      this.gateway,
      `select id from cases.host_file
       where jurisdiction_id = $1 and system_id = $2 and definition = $3 and content_hash = $4 and state <> 'refused'`,
      [jurisdictionId, systemId, settings.name, hash],
    );
    return opened!.id;
  }

  /** Reads a file to its end, from the archive: what is read is what its hash says, whatever became of the file. */
  private async read(settings: HostFileSettings, file: HostFileView, hash: string): Promise<void> {
    const today = await officeDate(this.gateway, this.clock, file.jurisdictionId);
    await this.gateway.transaction((manager) => this.readLocked(manager, settings, file, hash, today));
  }

  private async readLocked(
    manager: EntityManager,
    settings: HostFileSettings,
    file: HostFileView,
    hash: string,
    today: string,
  ): Promise<void> {
    if ((await lockHostFile(manager, file.id)) !== 'reading') return;
    const content = this.archive.open(hash);
    const staged = await stageFile(manager, this.cipher, settings, {
      ...{ id: file.id, jurisdictionId: file.jurisdictionId, systemId: file.systemId },
      ...{ name: file.fileName, content, today },
    });
    const refusal = staged.refusal ?? (await this.outOfOrder(manager, file, staged, today));
    if (refusal !== null) {
      await rows(manager, 'delete from cases.host_row where file_id = $1', [file.id]);
      await this.store(manager, file.id, staged, { state: 'refused', reason: refusal });
      return;
    }
    const check =
      settings.kind === 'debts'
        ? await checkPicture(manager, file, settings, staged.order!, staged.rowsUnreadable)
        : null;
    await this.store(manager, file.id, staged, {
      state: check?.holds ? 'held' : 'applying',
      ...{ reason: check?.holds ?? null, wouldClose: check?.wouldClose ?? 0, openDebts: check?.openDebts ?? 0 },
      examples: check?.examples ?? [],
    });
  }

  private async outOfOrder(
    manager: EntityManager,
    file: HostFileView,
    { order }: Staged,
    today: string,
  ): Promise<string | null> {
    const { date, sequence } = order!;
    if (date > today) return `it is of ${date}, after ${today}, the office's today`;
    const [other] = await rows<{ file_name: string }>(
      manager,
      `select o.file_name from cases.host_file o
       where o.jurisdiction_id = $1 and o.system_id = $2 and o.definition = $3 and o.business_date = $4
         and o.sequence = $5 and o.state in ('held', 'applying', 'applied') limit 1`,
      [file.jurisdictionId, file.systemId, file.file, date, sequence],
    );
    return other === undefined
      ? null
      : `${other.file_name} is of ${date} with the number ${sequence}, too, and says something else`;
  }

  private async store(
    manager: EntityManager,
    id: string,
    { order, rowsRead, rowsUnreadable }: Staged,
    outcome: {
      readonly state: string;
      readonly reason: string | null;
      readonly wouldClose?: number;
      readonly openDebts?: number;
      readonly examples?: readonly string[];
    },
  ): Promise<void> {
    await rows(
      manager,
      `update cases.host_file set state = $2, reason = $3, business_date = $4, sequence = $5, rows_read = $6,
         rows_unreadable = $7, would_close = $8, open_debts = $9, examples = $10 where id = $1`,
      [
        ...[id, outcome.state, outcome.reason, order?.date ?? null, order?.sequence ?? null, rowsRead, rowsUnreadable],
        ...[outcome.wouldClose ?? 0, outcome.openDebts ?? 0, outcome.examples ?? []],
      ],
    );
  }

  private async decide(by: AskedBy, id: string, state: 'applying' | 'dismissed', reason: string): Promise<void> {
    await this.gateway.transaction(async (manager) => {
      const before = await lockHostFile(manager, id);
      if (before === 'applying' && state === 'applying') return;
      if (before !== 'held') throw new Refusal('host-file-not-held', `the file is ${before}: it waits for nobody`);
      await rows(
        manager,
        `update cases.host_file set state = $2, decided_by = $3, decided_at = $4, decided_reason = $5, progressed_at = $4
         where id = $1`,
        [id, state, by.actor, this.clock.now(), reason],
      );
      if (state === 'dismissed') await rows(manager, 'delete from cases.host_row where file_id = $1', [id]);
    });
  }

  private async goOn(by: AskedBy, id: string): Promise<void> {
    const file = await readHostFile(this.gateway, id);
    if (file.state !== 'applying') return;
    const jurisdiction = this.jurisdiction(file.jurisdictionId);
    const at = this.clock.now();
    const registeredOn = at.toISOString().slice(0, 10);
    await applyFile(this.gateway, {
      ...{ cipher: this.cipher, jurisdiction, systemId: file.systemId, fileId: id, kind: file.kind },
      picture: file.picture,
      context: { ...by, jurisdictionId: file.jurisdictionId, at },
      ...{ date: file.businessDate!, sequence: file.sequence! },
      bookedOn: await officeDate(this.gateway, this.clock, file.jurisdictionId),
      clock: this.clock,
      firstReviewOn: ({ type, delinquentOn, incurredOn }) =>
        firstReviewOn(jurisdiction.strategies, type, { lastPaidOn: null, delinquentOn, incurredOn, registeredOn }),
    });
  }

  private jurisdiction(id: string): Jurisdiction {
    const found = this.jurisdictions.find((each) => each.id === id);
    if (!found) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${id}`);
    return found;
  }

  private settingsOf(jurisdictionId: string, systemId: string, name: string | null): HostFileSettings {
    const system = this.jurisdiction(jurisdictionId).hostSystems?.find((each) => each.id === systemId);
    if (!system) throw new Refusal('host-system-unknown', `${jurisdictionId} has no host system ${systemId}`);
    const found = name === null && system.files.length === 1 ? system.files[0] : null;
    const named = found ?? system.files.find((each) => each.name === name);
    if (!named) {
      const names = system.files.map((each) => each.name).join(', ');
      throw new Refusal('host-definition-unknown', `name the file of ${systemId}: ${names}`);
    }
    return named;
  }
}

async function* contentOf(path: string): AsyncGenerator<Uint8Array> {
  try {
    for await (const chunk of createReadStream(path)) yield chunk as Buffer;
  } catch (error) {
    throw new Refusal('file-unreadable', `${path} can't be read: ${(error as Error).message}`);
  }
}
