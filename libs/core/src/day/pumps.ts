import { Inject, Injectable } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { ConnectorRegistry } from '../connectors/connector-registry.js';
import type { ConnectorNotice } from '../connectors/connector-registry.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import { JobQueue } from '../jobs/job-queue.js';
import { LOG } from '../platform/tokens.js';
import { DayRun } from './day-run.js';

const PAUSE_MS = 100;

/** Keeps the process at work by itself: publishes what the outbox holds and takes the days that are ordered. */
@Injectable()
export class Pumps implements BeforeApplicationShutdown {
  private running = false;
  private loops: Promise<void>[] = [];

  constructor(
    @Inject(ConnectorRegistry) private readonly registry: ConnectorRegistry,
    @Inject(JobQueue) private readonly jobs: JobQueue,
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(DayRun) private readonly days: DayRun,
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
      this.loop('relay', async () => (await this.relay.drain()) > 0),
      this.loop('days', () => this.days.takeNext()),
    ];
    return notices;
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.running = false;
    await Promise.all(this.loops);
  }

  private async loop(name: string, turn: () => Promise<boolean>): Promise<void> {
    while (this.running) {
      let busy = false;
      try {
        busy = await turn();
      } catch (error) {
        this.log.error({ pump: name, err: error }, 'a turn failed and is tried again');
      }
      if (!busy) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  }
}
