import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { Notices } from '../alerts/notices/notices.js';
import { Watch } from '../alerts/watch/watch.js';
import { CommandDesk } from '../commands/command-desk.js';
import { ConnectorRegistry } from '../connectors/connector-registry.js';
import type { ConnectorNotice } from '../connectors/connector-registry.js';
import { FINDINGS_RELAY } from '../events/events.module.js';
import { POSITIONS_CONSUMER } from '../events/inbox.js';
import type { OutboxRelay } from '../events/outbox-relay.js';
import { JobQueue } from '../jobs/job-queue.js';
import type { Clock } from '../platform/clock.js';
import type { Environment } from '../platform/environment.js';
import { Loops } from '../platform/loops.js';
import { CLOCK, CONNECTORS_DATABASE, ENVIRONMENT, LOG } from '../platform/tokens.js';
import { lookAtMissedCases } from '../positions/looks.js';
import { LiveProcess } from '../processes/live-process.js';
import { takeOverFromDead } from '../processes/take-over.js';
import type { BegunCommands } from '../processes/take-over.js';
import { DayRun } from './day-run.js';
import { LiveWork } from './live-work.js';
import type { Work } from './work.js';

const FINDINGS_PAUSE_MS = 20;
const DAYS_PAUSE_MS = 100;
const COMMANDS_PAUSE_MS = 50;
const TAKE_OVER_PAUSE_MS = 1_000;
const LOST_JOBS_PAUSE_MS = 5_000;
const JUDGE_PAUSE_MS = 500;
const SCHEDULE_PAUSE_MS = 20_000;
const WATCH_PAUSE_MS = 30_000;
const NOTICES_PAUSE_MS = 5_000;

/**
 * The connectors' own work: publishes what partners said, carries out jobs and the days that are ordered, takes over from processes
 * that died, and judges, sends and collects when dates come by themselves.
 */
@Injectable()
export class ConnectorsWork implements Work, BeforeApplicationShutdown {
  private loops: Loops | null = null;

  constructor(
    @Inject(CONNECTORS_DATABASE) private readonly exchange: DataSource,
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(FINDINGS_RELAY) private readonly findings: OutboxRelay,
    @Inject(DayRun) private readonly days: DayRun,
    @Inject(CommandDesk) private readonly commands: CommandDesk,
    @Inject(LiveWork) private readonly live: LiveWork,
    @Inject(Watch) private readonly watch: Watch,
    @Inject(Notices) private readonly notices: Notices,
    @Inject(LiveProcess) private readonly process: LiveProcess,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  async start(): Promise<ConnectorNotice[]> {
    if (this.loops) return [];
    const notices = await this.registry.propose();
    const id = await this.process.register();
    await this.jobs.start(id);
    await this.takeOver();
    await this.jobs.forgetIfAlone();
    // Alone, and with nobody to be ordered from but this process: what still waits was ordered by one that is gone.
    if (this.environment.kafka === null) await this.days.abandonBegun();
    const missed = await lookAtMissedCases(this.exchange, POSITIONS_CONSUMER);
    if (missed > 0)
      this.log.info({ cases: missed }, 'cases are newer than the events taken in of them: they are judged');
    this.loops = new Loops(this.log);
    this.loops.begin(
      { name: 'findings', pauseMs: FINDINGS_PAUSE_MS, turn: async () => (await this.findings.drain()) > 0 },
      { name: 'days', pauseMs: DAYS_PAUSE_MS, turn: () => this.days.takeNext(id) },
      { name: 'commands', pauseMs: COMMANDS_PAUSE_MS, turn: () => this.commands.beginNext(id) },
      { name: 'lost-jobs', pauseMs: LOST_JOBS_PAUSE_MS, turn: () => this.freeLost() },
      { name: 'take-over', pauseMs: TAKE_OVER_PAUSE_MS, turn: () => this.takeOver() },
      { name: 'notices', pauseMs: NOTICES_PAUSE_MS, turn: () => this.notices.turn() },
    );
    return notices;
  }

  actByTheClock(): void {
    this.loops?.begin(
      { name: 'judge', pauseMs: JUDGE_PAUSE_MS, turn: () => this.ifMine(() => this.live.judgeDue()) },
      { name: 'schedule', pauseMs: SCHEDULE_PAUSE_MS, turn: () => this.ifMine(() => this.live.keepSchedule()) },
      { name: 'watch', pauseMs: WATCH_PAUSE_MS, turn: () => this.ifMine(() => this.lookAround()) },
    );
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loops?.stop();
    await this.commands.ended();
    if (this.loops) await this.sayFarewell();
    await this.jobs.stop();
    await this.process.leave();
  }

  private async lookAround(): Promise<boolean> {
    await this.watch.look();
    return false;
  }

  /** What nobody could be told is told after the next start: it must not keep this process from ending. */
  private async sayFarewell(): Promise<void> {
    await this.notices
      .sayFarewell()
      .catch((error: unknown) => this.log.warn({ err: error }, 'alerts could not be told before the end'));
  }

  /** Every process may carry jobs out; one of them asks for what the dates bring. */
  private async ifMine(turn: () => Promise<boolean>): Promise<boolean> {
    return (await this.process.actsByTheClock()) && (await turn());
  }

  private async freeLost(): Promise<boolean> {
    await this.jobs.freeLost();
    return false;
  }

  private async takeOver(): Promise<boolean> {
    if (!this.process.seesOthers) return false;
    const begun: BegunCommands = this.environment.kafka === null ? 'give-up' : 'begin-anew';
    return (await takeOverFromDead(this.exchange, begun, this.clock.now(), this.log)) > 0;
  }
}
