import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { ArrangementCommands } from '../arrangements/arrangement-commands.js';
import { LedgerRuns } from '../cases/ledger/ledger-runs.js';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { rows } from '../database/sql.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import type { Clock } from '../platform/clock.js';
import type { Environment } from '../platform/environment.js';
import type { BusinessCalendar } from '../calendar/domain/business-calendar.js';
import { jurisdictionCalendar } from '../configuration/jurisdiction-calendar.js';
import { Refusal } from '../platform/errors.js';
import { CLOCK, ENVIRONMENT, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { StrategyReviews } from '../strategies/strategy-reviews.js';
import { commandStatus, orderDay } from './day-command.js';
import type { DayProgress } from './day-command.js';
import { dayReport } from './day-report.js';
import type { DayReport } from './day-report.js';
import { latestCommonBusinessDay } from '../configuration/office-date.js';

const WATCH_MS = 100;

export interface DayOrder {
  /** Any day not before the last one run; default the latest day that is a business day everywhere. */
  readonly date: string | null;
  /** One jurisdiction; null for all. */
  readonly jurisdictionId: string | null;
  readonly actor: string;
  readonly onProgress: (progress: DayProgress) => void;
}

export interface DayResult {
  readonly report: DayReport;
  /** One line for every connector whose work could not be done; the same day again goes on with it. */
  readonly failures: readonly string[];
}

/** Runs one business day from the gateway's side: ledgers and strategies, then the connectors' work, then the report. */
@Injectable()
export class RunDay {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(StrategyReviews) private readonly reviews: StrategyReviews,
    @Inject(ArrangementCommands) private readonly arrangements: ArrangementCommands,
    @Inject(LedgerRuns) private readonly ledgers: LedgerRuns,
  ) {}

  /**
   * @throws Refusal `day-past` for a day before the last one run, or `jurisdiction-unknown`
   */
  async run(order: DayOrder): Promise<DayResult> {
    const chosen = this.chosen(order.jurisdictionId);
    const date = await this.dateOf(order.date, chosen);
    const correlationId = randomUUID();
    await rows(
      this.gateway,
      'update cases.jurisdiction set last_day = greatest(last_day, $2::date) where id = any($1)',
      [chosen.map(({ id }) => id), date],
    );
    for (const [index, jurisdiction] of chosen.entries()) {
      order.onProgress({ step: 'Referring debts', done: index, of: chosen.length });
      // What the day brings onto ledgers counts for what is referred, and for what partners are told.
      await this.ledgers.run(jurisdiction, date, correlationId);
      await this.reviews.review(jurisdiction, date, correlationId);
      await this.arrangements.review(jurisdiction.id, date, correlationId);
    }
    await this.published();
    const command = await orderDay(
      this.gateway,
      { date, jurisdictions: chosen.map(({ id }) => id), answerWaitMs: this.environment.answerWaitMs },
      { actor: order.actor, correlationId, at: this.clock.now() },
    );
    const failures = await this.watch(command, order.onProgress);
    const report = await dayReport(
      this.gateway,
      date,
      chosen.map(({ id }) => id),
    );
    return { report, failures };
  }

  private chosen(jurisdictionId: string | null): readonly Jurisdiction[] {
    if (jurisdictionId === null) return this.jurisdictions;
    const found = this.jurisdictions.filter(({ id }) => id === jurisdictionId);
    if (found.length === 0) throw new Refusal('jurisdiction-unknown', `no jurisdiction has the id ${jurisdictionId}`);
    return found;
  }

  private async dateOf(wanted: string | null, chosen: readonly Jurisdiction[]): Promise<string> {
    const [last] = await rows<{ day: string | null }>(
      this.gateway,
      'select max(last_day) as day from cases.jurisdiction where id = any($1)',
      [chosen.map(({ id }) => id)],
    );
    const lastDay = last?.day ?? '';
    if (wanted === null) {
      const latest = latestCommonBusinessDay(chosen, this.clock);
      return latest < lastDay ? lastDay : latest;
    }
    if (wanted < lastDay) throw new Refusal('day-past', `${wanted} is before ${lastDay}, the last day that was run`);
    // A mistyped year would be for good: the office's date never goes back.
    if (!chosen.every((jurisdiction) => covers(jurisdictionCalendar(jurisdiction, this.clock), wanted))) {
      throw new Refusal('day-too-far', `${wanted} is beyond the calendars that Concord has`);
    }
    return wanted;
  }

  /** What was changed before the day must have reached the connectors before they judge it. */
  private async published(): Promise<void> {
    const [newest] = await rows<{ id: number }>(this.gateway, 'select coalesce(max(id), 0) as id from cases.outbox');
    for (;;) {
      await this.relay.drain();
      const [outbox] = await rows<{ waiting: boolean }>(
        this.gateway,
        'select exists (select 1 from cases.outbox where id <= $1) as waiting',
        [newest!.id],
      );
      if (!outbox!.waiting) return;
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    }
  }

  private async watch(command: string, onProgress: (progress: DayProgress) => void): Promise<string[]> {
    let shown = '';
    for (;;) {
      const { state, progress, failure } = await commandStatus(this.gateway, command);
      if (progress.step && progress.step !== shown) {
        shown = progress.step;
        onProgress({ step: progress.step, done: progress.done ?? 0, of: progress.of ?? 0 });
      }
      if (state === 'done') return [];
      if (state === 'failed') return (failure ?? 'the day failed').split('\n');
      await new Promise((resolve) => setTimeout(resolve, WATCH_MS));
    }
  }
}

function covers(calendar: BusinessCalendar, date: string): boolean {
  try {
    calendar.isBusinessDay(date);
    return true;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
