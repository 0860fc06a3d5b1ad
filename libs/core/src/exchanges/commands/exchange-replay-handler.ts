import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { CommandHandler, OrderedCommand } from '../../commands/command-handler.js';
import type { Connector } from '../../connectors/connector.js';
import type { ConnectorRegistry } from '../../connectors/connector-registry.js';
import { rows } from '../../database/sql.js';
import type { Clock } from '../../platform/clock.js';
import { Refusal } from '../../platform/errors.js';
import { advance } from '../exchange-ledger.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import type { InboundRun } from '../in/inbound-run.js';
import { lockIncoming, readIncoming } from '../in/lock-incoming.js';
import { outcomesOf } from '../in/places.js';
import { noteQuarantine } from '../in/quarantine.js';
import { Replay } from '../in/replay.js';
import type { ReplayCounts } from '../in/replay.js';
import { commandBody } from './command-body.js';
import { decidedBy, decisionBy, keepDecision, reasonSchema } from './human-decision.js';

const bodySchema = z.strictObject({ exchangeId: z.uuid(), reason: reasonSchema, preview: z.boolean().default(false) });

export interface ReplayResult extends ReplayCounts {
  /** For a preview, in which nothing is applied. */
  readonly wouldApply?: number;
}

/**
 * Reads an archived file of a partner again and applies what is missing: of one that was applied the records that can be read
 * by now, of one that was refused or dismissed everything, if its totals are right by now.
 */
export class ExchangeReplayHandler implements CommandHandler {
  readonly kind = 'exchange-replay';
  private readonly replay: Replay;

  constructor(
    private readonly exchange: DataSource,
    private readonly registry: ConnectorRegistry,
    private readonly inbound: InboundRun,
    private readonly clock: Clock,
  ) {
    this.replay = new Replay(inbound);
  }

  async carryOut(command: OrderedCommand): Promise<ReplayResult> {
    const { exchangeId, reason, preview } = commandBody(bodySchema, command.body);
    const row = await readIncoming(this.exchange, exchangeId);
    const connector = await this.registry.one(row.connector_id);
    const begun = decidedBy(row.decision, command);
    if (row.state === 'applied' && begun) return this.resultOf(row);
    if ((row.state === 'received' || row.state === 'applying') && begun) return this.goOn(connector, row);
    switch (row.state) {
      case 'applied':
        return this.ofApplied(connector, row, command, preview ? null : reason);
      case 'refused':
      case 'dismissed':
        await this.replay.check(connector, row);
        if (preview) return asPreview(await this.replay.previewWhole(connector, row));
        await this.reopen(connector, row, command, reason);
        return this.goOn(connector, row);
      case 'undecided':
        if (!preview) {
          throw new Refusal(
            'exchange-undecided',
            `${row.file_name} waits for a decision: apply or dismiss it (exchange decide)`,
          );
        }
        await this.replay.check(connector, row);
        return asPreview(await this.replay.previewWhole(connector, row));
      default:
        throw new Refusal('exchange-unfinished', `${row.file_name} is still being applied: replay it afterwards`);
    }
  }

  /** @param reason null for a preview */
  private async ofApplied(
    connector: Connector,
    row: ExchangeRow,
    command: OrderedCommand,
    reason: string | null,
  ): Promise<ReplayResult> {
    await this.replay.check(connector, row);
    if (reason === null) {
      return asPreview(await this.replay.applyMissing(connector, row, null, command.correlationId));
    }
    const at = this.clock.now();
    const mark = decisionBy(command, reason, at);
    const counts = await this.replay.applyMissing(connector, row, mark, command.correlationId);
    await this.exchange.transaction(async (manager) => {
      await lockIncoming(manager, row.id);
      await keepDecision(manager, row.id, { ...mark, decision: 'replay', result: counts });
      await noteQuarantine(manager, row.id, at);
    });
    return counts;
  }

  private async reopen(connector: Connector, row: ExchangeRow, command: OrderedCommand, reason: string): Promise<void> {
    const at = this.clock.now();
    await this.exchange.transaction(async (manager) => {
      const now = await lockIncoming(manager, row.id);
      if (now.state !== row.state) throw new Refusal('exchange-unfinished', `${row.file_name} is ${now.state} by now`);
      await advance(manager, row, 'received', at);
      await rows(manager, 'update exchange.exchange set finished_at = null, settings_version = $2 where id = $1', [
        row.id,
        connector.settingsVersion,
      ]);
      await keepDecision(manager, row.id, { ...decisionBy(command, reason, at), decision: 'replay' });
    });
  }

  private async goOn(connector: Connector, { id }: ExchangeRow): Promise<ReplayResult> {
    await this.inbound.process(connector, id);
    const row = await readIncoming(this.exchange, id);
    if (row.state !== 'applied') throw new Refusal('file-refused', `${row.file_name} is refused as a whole again`);
    return this.resultOf(row);
  }

  /** What a replay came to that is done: kept with its decision, or counted on the ledger where it was the whole file. */
  private async resultOf({ id, decision }: ExchangeRow): Promise<ReplayResult> {
    const { result } = decision as { readonly result?: ReplayCounts };
    if (result) return result;
    const [file] = await rows<{ records: number }>(
      this.exchange,
      'select records from exchange.exchange where id = $1',
      [id],
    );
    const statements = file!.records;
    const { duplicate: already, ...outcomes } = await outcomesOf(this.exchange, id, 1, statements);
    return { statements, already, ...outcomes };
  }
}

function asPreview(counts: ReplayCounts): ReplayResult {
  return { ...counts, applied: 0, wouldApply: counts.applied };
}
