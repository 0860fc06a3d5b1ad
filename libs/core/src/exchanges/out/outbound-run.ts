import type { DataSource } from 'typeorm';
import type { ArchiveStore } from '../../archive/archive-store.js';
import { deliver } from '../../channels/delivery.js';
import type { DeliveryResult } from '../../channels/delivery.js';
import { remotePath } from '../../channels/file-channel.js';
import type { FileChannel } from '../../channels/file-channel.js';
import type { Connector } from '../../connectors/connector.js';
import type { FieldCipher } from '../../crypto/field-cipher.js';
import { rows } from '../../database/sql.js';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import type { Clock } from '../../platform/clock.js';
import type { PluginHost } from '../../plugin-host/pool.js';
import { recompute } from '../../positions/recompute.js';
import { advance, lockExchange, readExchange } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { outboundFile } from '../../connectors/connector.js';
import { settleUncertain, takeArrivalAsAnswer } from './arrival.js';
import { chooseAnew } from './choose.js';
import { openCutoff } from './open-cutoff.js';
import { encodeExchange } from './encode.js';
import type { EncodedFile } from './encode.js';
import { alertUncertain, noteStepDone, noteStepFailed } from './delivery-alerts.js';
import { freeHolds } from './exclusive-holds.js';
import { takePlaceOfArrival } from './overtaken.js';
import { chooseAgain, release } from './release.js';
import { asAllowedNow, goesOn, KeptBack, waitsForStop } from './stopped-output.js';

/** How often records whose cases change meanwhile are judged again before the file goes without them. */
const ROUNDS = 3;

/** Rule of the fault that says that a file's totals have no room for a record: it is not at fault, and goes into the next. */
const NO_ROOM = 'total';

export interface OutboundParts {
  readonly exchange: DataSource;
  readonly host: PluginHost;
  readonly archive: ArchiveStore;
  readonly cipher: FieldCipher;
  readonly clock: Clock;
  readonly checkpoints: CheckpointListener;
  readonly openChannel: (connector: Connector) => Promise<FileChannel>;
}

/** Carries one cutoff of a connector from choosing to delivery. Every step is committed before the next one begins. */
export class OutboundRun {
  constructor(private readonly parts: OutboundParts) {}

  /**
   * Opens the cutoff and takes its files as far as they go, one after the other; a cutoff that was begun before goes on
   * where it stopped.
   *
   * @returns the exchanges' ids
   * @throws whatever kept a step from being done; the ledger has the reason, and the same call tries again
   */
  async run(
    connector: Connector,
    order: { cutoffKey: string; first: boolean; businessDate: string; asOf: string; correlationId: string },
  ): Promise<string[]> {
    const at = this.parts.clock.now();
    const ids = await openCutoff(this.parts.exchange, connector, { ...order, at });
    for (const id of ids) await this.resume(connector, id, order.asOf);
    return ids;
  }

  async resume(given: Connector, id: string, asOf: string): Promise<void> {
    const connector = await asAllowedNow(this.parts.exchange, given);
    const first = await readExchange(this.parts.exchange, id);
    if (first.state === 'choosing' && first.mode !== connector.mode) {
      // What was chosen under another mode may be more than this one allows.
      await chooseAnew(this.parts.exchange, connector, outboundFile(connector, first.kind), id);
      return this.resume(connector, id, asOf);
    }
    if (first.state === 'choosing') {
      await this.step(connector, first, 'release', () =>
        first.mode === 'shadow' ? this.show(connector, first) : this.fix(connector, first, asOf),
      );
    }
    const second = await readExchange(this.parts.exchange, id);
    // The mode, or what the jurisdiction lets out, was changed after the records were chosen.
    if (second.state === 'choosing') return this.resume(connector, id, asOf);
    if (second.state === 'released')
      await this.step(connector, second, 'encode', () => this.archive(connector, second));
    const third = await readExchange(this.parts.exchange, id);
    if (third.state === 'archived') {
      const send = third.resends_id === null ? this.send.bind(this) : this.sendAgain.bind(this);
      await this.step(connector, third, 'deliver', () => send(connector, third));
    }
    for (const part of await this.unfinishedParts(id)) await this.resume(connector, part, asOf);
  }

  /** Files that say what must not wait for this one. */
  private async unfinishedParts(id: string): Promise<string[]> {
    const parts = await rows<{ id: string }>(
      this.parts.exchange,
      `select id from exchange.exchange
       where part_of_id = $1 and state in ('choosing', 'released', 'archived') order by started_at`,
      [id],
    );
    return parts.map((part) => part.id);
  }

  private async step(connector: Connector, row: ExchangeRow, name: string, work: () => Promise<void>): Promise<void> {
    const { exchange, clock } = this.parts;
    try {
      await work();
    } catch (error) {
      await noteStepFailed(exchange, connector, row, name, error, clock.now());
      throw error;
    }
    await noteStepDone(exchange, row, clock.now());
  }

  private async fix(connector: Connector, row: ExchangeRow, asOf: string): Promise<void> {
    const { exchange, host, clock, checkpoints } = this.parts;
    const file = outboundFile(connector, row.kind);
    await checkpoints.reached('after-choosing', connector.id);
    for (let round = 1; ; round++) {
      const result = await release(exchange, connector, file, row.id, asOf, clock.now(), round === ROUNDS);
      if (result.outcome === 'allowance-changed') return;
      if (result.outcome !== 'stale') break;
      await recompute(exchange, host, connector, { asOf, bookedOn: row.business_date });
      await chooseAgain(exchange, connector, file, row.id);
    }
    await checkpoints.reached('after-releasing', connector.id);
  }

  /** In shadow the file is built and kept to be looked at; nothing is numbered, in flight or sent. */
  private async show(connector: Connector, row: ExchangeRow): Promise<void> {
    const { exchange, clock } = this.parts;
    const [last] = await rows<{ last: number }>(
      exchange,
      'select last from exchange.file_sequence where connector_id = $1 and kind = $2',
      [connector.id, row.kind],
    );
    const encoded = await encodeExchange(this.parts, connector, row, (last?.last ?? 0) + 1, 'chosen');
    await exchange.transaction(async (manager) => {
      await advance(manager, row, 'shown', clock.now(), {
        file_name: encoded.name,
        content_hash: encoded.hash,
        bytes: encoded.bytes,
      });
      // An entry that was only shown was not told.
      await rows(
        manager,
        `update exchange.record set status = 'dropped', reason = 'shown in shadow, not sent'
         where exchange_id = $1 and status = 'chosen' and entry_id is not null`,
        [row.id],
      );
    });
  }

  private async archive(connector: Connector, row: ExchangeRow): Promise<void> {
    const encoded = await encodeExchange(this.parts, connector, row, row.file_sequence!, 'released');
    await this.parts.exchange.transaction(async (manager) => {
      await advance(manager, row, 'archived', this.parts.clock.now(), {
        file_name: encoded.name,
        content_hash: encoded.hash,
        bytes: encoded.bytes,
      });
      const aside = await rows<{ position_id: string }>(
        manager,
        `with faults as (
           select * from jsonb_to_recordset($2::jsonb) as f (sequence integer, rule text, reason text)),
         aside as (
           update exchange.record r set status = 'set-aside', code = f.rule, reason = f.reason
           from faults f where r.exchange_id = $1 and r.sequence = f.sequence and r.status = 'released'
           returning r.position_id, r.content_hash, r.code, r.reason, r.entry_id)
         update exchange.position p set
           parked_hash = case when a.code = '${NO_ROOM}' then p.parked_hash else a.content_hash end, parked_reason = a.reason
         from aside a where p.id = a.position_id and a.entry_id is null returning a.position_id`,
        [row.id, JSON.stringify(setAsideRows(encoded))],
      );
      await freeHolds(
        manager,
        connector,
        aside.map(({ position_id }) => position_id),
      );
    });
    await this.parts.checkpoints.reached('after-archiving', connector.id);
  }

  /** Sends a file's bytes once more, under the same name. What the partner says of it, it says of the file itself. */
  private async sendAgain(connector: Connector, row: ExchangeRow): Promise<void> {
    const { exchange, clock } = this.parts;
    if (await waitsForStop(exchange, connector, row, clock.now())) return;
    const channel = await this.parts.openChannel(connector);
    // Renamed is only what was verified: before that, a file of this name is the one that was sent first.
    if (row.delivery_step === null || row.delivery_step === 'uploaded') {
      const standing = await channel.size(remotePath(connector.body.channel.sendTo, row.file_name!));
      if (standing !== null) {
        const failure = { step: 'deliver', message: `${row.file_name} still stands at the partner` };
        await exchange.transaction((manager) => advance(manager, row, 'cancelled', clock.now(), { failure }));
        return;
      }
    }
    const outcome = await this.carry(channel, connector, row);
    if (outcome === null) return;
    await exchange.transaction(async (manager) => {
      await advance(manager, row, 'resent', clock.now(), { delivery_outcome: outcome });
      if (outcome !== 'delivered') return;
      const original = await lockExchange(manager, row.resends_id!);
      await settleUncertain(manager, connector, original, clock.now());
    });
  }

  /** @returns null where the file was kept back, because the adverse output of the jurisdiction was stopped meanwhile */
  private async carry(
    channel: FileChannel,
    connector: Connector,
    row: ExchangeRow,
  ): Promise<DeliveryResult['outcome'] | null> {
    const { exchange, archive, clock, checkpoints } = this.parts;
    const { outcome } = await deliver(channel, {
      open: () => archive.open(row.content_hash!),
      size: row.bytes!,
      folder: connector.body.channel.sendTo,
      finalName: row.file_name!,
      temporaryName: `${row.file_name}.${row.content_hash!.slice(0, 8)}.tmp`,
      reached: row.delivery_step,
      readBack: connector.body.channel.readBack,
      onStep: async (step) => {
        if (step === 'uploaded') await checkpoints.reached('after-temporary-upload', connector.id);
        if (step === 'renamed') await checkpoints.reached('after-rename', connector.id);
        await exchange.transaction(async (manager) => {
          await rows(manager, 'update exchange.exchange set delivery_step = $2 where id = $1', [row.id, step]);
          // It arrives with the rename that follows, even where its reply is lost and nobody sees the file any more.
          if (step === 'verified') await takePlaceOfArrival(manager, connector, row.id);
        });
        // The last moment at which a file can still be kept from its partner.
        if (step === 'verified' && (await waitsForStop(exchange, connector, row, clock.now()))) throw new KeptBack();
      },
    }).catch((error: unknown) => {
      if (error instanceof KeptBack) return { outcome: null };
      throw error;
    });
    return outcome;
  }

  private async send(connector: Connector, row: ExchangeRow): Promise<void> {
    const { exchange, clock } = this.parts;
    if (await waitsForStop(exchange, connector, row, clock.now())) return;
    const outcome = await this.carry(await this.parts.openChannel(connector), connector, row);
    if (outcome === null) return;
    const { confirm } = outboundFile(connector, row.kind);
    await exchange.transaction(async (manager) => {
      const dueOn =
        confirm === 'answer'
          ? connector.calendar.addBusinessDays(row.business_date, connector.body.answerWithinBusinessDays)
          : null;
      await goesOn(manager, connector, row, clock.now());
      await advance(manager, row, 'delivered', clock.now(), { delivery_outcome: outcome, answer_due_on: dueOn });
      await rows(
        manager,
        `update exchange.record set status = 'delivered' where exchange_id = $1 and status = 'released'`,
        [row.id],
      );
      // Where a person must say whether it arrived, nothing is taken as held, and nothing as released.
      if (outcome === 'presumed-collected') await alertUncertain(manager, connector, row, clock.now());
      else await takeArrivalAsAnswer(manager, connector, row, clock.now());
    });
  }
}

function setAsideRows({ setAside }: EncodedFile) {
  return setAside.map(({ sequence, fault }) => ({
    sequence,
    rule: fault.rule,
    reason: [fault.field, fault.position, fault.message].filter(Boolean).join(': '),
  }));
}
