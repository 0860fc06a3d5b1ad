import type { EntityManager } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import { Refusal } from '../../platform/errors.js';
import type { ExchangeRow } from '../exchange-ledger.js';
import { applyBatch, applyNumbered } from './apply-batch.js';
import { checkFile, readArchived } from './check.js';
import type { InboundRun } from './inbound-run.js';
import { lockIncoming } from './lock-incoming.js';
import { inParts } from './parts.js';
import { nextPlace, outcomesOf } from './places.js';
import type { Outcomes } from './places.js';
import { PlacesOnRecord } from './places-on-record.js';
import { faultInWords } from './refused-file.js';
import type { ApplyContext, Statement } from './statements.js';

/** What reading a file again came to, in statements. */
export interface ReplayCounts {
  readonly statements: number;
  readonly applied: number;
  /** Had their effect before, from this file or another. */
  readonly already: number;
  /** Are about nothing that we sent, or about something that was overtaken since: kept, without effect. */
  readonly unmatched: number;
  /** Can't be read, or contradict what was said before. */
  readonly quarantined: number;
}

const NOTHING: ReplayCounts = { statements: 0, applied: 0, already: 0, unmatched: 0, quarantined: 0 };

/** Ends a transaction whose effects are only counted. */
class OnlyCounted extends Error {}

/** Reads archived files of partners again, with the plugin and the settings of now. What had its effect has none again. */
export class Replay {
  constructor(private readonly inbound: InboundRun) {}

  /**
   * @throws Refusal `file-refused` when the file as a whole is not right now either
   */
  async check(connector: Connector, row: ExchangeRow): Promise<void> {
    const { faults } = await checkFile(this.inbound.parts, connector, row);
    const [fault] = faults;
    if (fault) throw new Refusal('file-refused', `${row.file_name} is refused as a whole: ${faultInWords(fault)}`);
  }

  /** Counts what a file of which nothing was applied would do, part by part, and does nothing. */
  async previewWhole(connector: Connector, row: ExchangeRow): Promise<ReplayCounts> {
    const context = await this.inbound.contextOf(connector, row, true);
    let counts = NOTHING;
    let next = 1;
    for await (const part of inParts(readArchived(this.inbound.parts, connector, row))) {
      const first = next;
      next += part.length;
      const outcomes = await this.inTransaction(true, async (manager) => {
        await applyBatch(manager, context, first, part);
        return outcomesOf(manager, row.id, first, next - 1);
      });
      counts = withOutcomes(counts, part.length, 0, outcomes);
    }
    return counts;
  }

  /**
   * Applies what is missing of a file that was applied: records that could not be read then and can be now. A place of the file
   * that had its effect, or about which a person decided, is passed over.
   *
   * @param mark kept with each record that this applies, and with the one that it replaces; null to count only
   * @throws Refusal `replay-ambiguous` when the file is read in another way than it was: its places can't be told apart then
   */
  async applyMissing(
    connector: Connector,
    row: ExchangeRow,
    mark: object | null,
    correlationId: string,
  ): Promise<ReplayCounts> {
    const { exchange, checkpoints } = this.inbound.parts;
    const places = await PlacesOnRecord.of(exchange, row);
    await this.assertReadAsBefore(connector, row, places);
    const context = { ...(await this.inbound.contextOf(connector, row, true)), correlationId };
    let counts = NOTHING;
    let next = 1;
    for await (const part of inParts(readArchived(this.inbound.parts, connector, row))) {
      const first = next;
      next += part.length;
      const done = await this.inTransaction(mark === null, async (manager) => {
        await lockIncoming(manager, row.id);
        return this.applyPart(manager, context, places, first, part, mark);
      });
      counts = withOutcomes(counts, part.length, done.passed, done.outcomes);
      if (done.outcomes !== null && mark !== null) await checkpoints.reached('mid-apply', connector.id);
    }
    return counts;
  }

  private async assertReadAsBefore(connector: Connector, row: ExchangeRow, places: PlacesOnRecord): Promise<void> {
    let next = 1;
    for await (const part of inParts(readArchived(this.inbound.parts, connector, row))) {
      const other = await places.firstReadOtherwise(this.inbound.parts.exchange, next, part);
      if (other !== null) {
        throw new Refusal(
          'replay-ambiguous',
          `${row.file_name} is read in another way than when it was applied, from place ${other} on: nothing of it is applied ` +
            'again. Mend or dismiss its quarantined records one by one.',
        );
      }
      next += part.length;
    }
  }

  private async applyPart(
    manager: EntityManager,
    context: ApplyContext,
    places: PlacesOnRecord,
    first: number,
    part: readonly Statement[],
    mark: object | null,
  ): Promise<{ readonly passed: number; readonly outcomes: Outcomes | null }> {
    const missing = await places.missing(manager, first, part);
    const unread = part.filter((statement) => 'fault' in statement).length;
    const passed = part.length - unread - missing.length;
    if (missing.length === 0) {
      return {
        passed,
        outcomes: unread === 0 ? null : { applied: 0, duplicate: 0, unmatched: 0, quarantined: unread },
      };
    }
    const place = await nextPlace(manager, context.exchangeId);
    const last = place + missing.length - 1;
    const numbered = missing.map(({ statement }, index) => ({ sequence: place + index, statement }));
    await applyNumbered(manager, { ...context, at: this.inbound.parts.clock.now() }, numbered);
    const replaced = missing.map(({ sequence }, index) => ({
      was: places.isInFile(sequence) ? sequence : null,
      is: place + index,
    }));
    await markReplaced(manager, context.exchangeId, replaced, mark);
    const outcomes = await outcomesOf(manager, context.exchangeId, place, last);
    return { passed, outcomes: { ...outcomes, quarantined: outcomes.quarantined + unread } };
  }

  private async inTransaction<T>(onlyCount: boolean, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    let result: { readonly value: T } | undefined;
    try {
      await this.inbound.parts.exchange.transaction(async (manager) => {
        result = { value: await work(manager) };
        if (onlyCount) throw new OnlyCounted();
      });
    } catch (error) {
      if (!(error instanceof OnlyCounted)) throw error;
    }
    return result!.value;
  }
}

function withOutcomes(
  counts: ReplayCounts,
  statements: number,
  passed: number,
  outcomes: Outcomes | null,
): ReplayCounts {
  return {
    statements: counts.statements + statements,
    applied: counts.applied + (outcomes?.applied ?? 0),
    already: counts.already + passed + (outcomes?.duplicate ?? 0),
    unmatched: counts.unmatched + (outcomes?.unmatched ?? 0),
    quarantined: counts.quarantined + (outcomes?.quarantined ?? 0),
  };
}

/** The record that could not be read stays, mended by the one that was read in its place; each names the other. */
async function markReplaced(
  manager: EntityManager,
  exchangeId: string,
  replaced: readonly { readonly was: number | null; readonly is: number }[],
  mark: object | null,
): Promise<void> {
  const parameters = [
    exchangeId,
    replaced.map(({ was }) => was),
    replaced.map(({ is }) => is),
    JSON.stringify(mark ?? {}),
  ];
  await rows(
    manager,
    `update exchange.inbound_record r set decision = $4::jsonb || jsonb_strip_nulls(jsonb_build_object('mends', g.was))
     from unnest($2::integer[], $3::integer[]) as g (was, is_now) where r.exchange_id = $1 and r.sequence = g.is_now`,
    parameters,
  );
  await rows(
    manager,
    `update exchange.inbound_record r set status = 'mended', decision = $4::jsonb || jsonb_build_object('sequence', g.is_now)
     from unnest($2::integer[], $3::integer[]) as g (was, is_now)
     where r.exchange_id = $1 and r.sequence = g.was and r.status = 'quarantined' and r.kind = 'fault'`,
    parameters,
  );
}
