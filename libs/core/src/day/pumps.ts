import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { ConnectorRegistry } from '../connectors/connector-registry.js';
import type { ConnectorNotice } from '../connectors/connector-registry.js';
import { FINDINGS_RELAY } from '../events/events.module.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import { JobQueue } from '../jobs/job-queue.js';
import { LOG } from '../platform/tokens.js';
import { StrategyReviews } from '../strategies/strategy-reviews.js';
import { DayRun } from './day-run.js';
import { LiveWork } from './live-work.js';

const PAUSE_MS = 100;
const JUDGE_PAUSE_MS = 500;
const SCHEDULE_PAUSE_MS = 20_000;
const REVIEW_PAUSE_MS = 60_000;
/** How long a stop waits at most for a pause to end. */
const PULSE_MS = 100;

/**
 * Keeps the process at work by itself: publishes events both ways, takes the days that are ordered, judges what changed, sends at
 * cutoffs, looks for answers, and lets the strategies look at debts that come of age.
 */
@Injectable()
export class Pumps implements BeforeApplicationShutdown {
  private running = false;
  private loops: Promise<void>[] = [];

  constructor(
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(FINDINGS_RELAY) private readonly findings: OutboxRelay,
    @Inject(DayRun) private readonly days: DayRun,
    @Inject(LiveWork) private readonly live: LiveWork,
    @Inject(StrategyReviews) private readonly reviews: StrategyReviews,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /**
   * Begins, once handlers have subscribed. A second call changes nothing.
   *
   * @returns what there is to say about the connectors
   */
  async start(): Promise<ConnectorNotice[]> {
    if (this.running) return [];
    const notices = await this.registry.propose();
    await this.days.abandonBegun();
    await this.jobs.start();
    this.running = true;
    this.loops = [
      this.loop('relay', PAUSE_MS, async () => (await this.relay.drain()) > 0),
      this.loop('findings', PAUSE_MS, async () => (await this.findings.drain()) > 0),
      this.loop('days', PAUSE_MS, () => this.days.takeNext()),
    ];
    return notices;
  }

  /** From now on also acts when dates come by themselves, except while a day that was ordered is being run. */
  actByTheClock(): void {
    this.loops.push(
      this.loop('judge', JUDGE_PAUSE_MS, () => this.live.judgeDue()),
      this.loop('schedule', SCHEDULE_PAUSE_MS, () => this.live.keepSchedule()),
      this.loop('review', REVIEW_PAUSE_MS, () => this.reviews.reviewAll()),
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  /** A turn that says it was busy is followed by the next at once. */
  private async loop(name: string, pauseMs: number, turn: () => Promise<boolean>): Promise<void> {
    while (this.running) {
      let busy = false;
      try {
        busy = await turn();
      } catch (error) {
        this.log.error({ pump: name, err: error }, 'a turn failed and is tried again');
      }
      const until = Date.now() + (busy ? 0 : pauseMs);
      while (this.running && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, PULSE_MS));
    }
  }
}
