import { Inject, Injectable, Optional } from '@nestjs/common';
import type { BeforeApplicationShutdown } from '@nestjs/common';
import type { Logger } from 'pino';
import { ArrangementCommands } from '../arrangements/arrangement-commands.js';
import { LedgerRuns } from '../cases/ledger/ledger-runs.js';
import type { ConnectorNotice } from '../connectors/connector-registry.js';
import { OutboxRelay } from '../events/outbox-relay.js';
import { HostIntakeCommands } from '../intake/host-intake-commands.js';
import { Loops } from '../platform/loops.js';
import { LOG } from '../platform/tokens.js';
import { StrategyReviews } from '../strategies/strategy-reviews.js';
import type { Work } from './work.js';

/** A change should be with the connectors within a moment; asking costs one look at an index. */
const RELAY_PAUSE_MS = 20;
const REVIEW_PAUSE_MS = 60_000;

/**
 * The gateway's own work: publishes what changed in cases, posts the charges and the interest that time brings, lets the
 * strategies look at debts that come of age, marks arrangements, and goes on with host files that were cut off.
 */
@Injectable()
export class GatewayWork implements Work, BeforeApplicationShutdown {
  private loops: Loops | null = null;

  constructor(
    @Inject(OutboxRelay) private readonly relay: OutboxRelay,
    @Inject(StrategyReviews) private readonly reviews: StrategyReviews,
    @Inject(ArrangementCommands) private readonly arrangements: ArrangementCommands,
    @Inject(LedgerRuns) private readonly ledgers: LedgerRuns,
    @Inject(LOG) private readonly log: Logger,
    // Whoever only publishes takes no files in.
    @Optional() @Inject(HostIntakeCommands) private readonly hostFiles: HostIntakeCommands | null = null,
  ) {}

  start(): Promise<ConnectorNotice[]> {
    if (!this.loops) {
      this.loops = new Loops(this.log);
      this.loops.begin({
        name: 'relay',
        pauseMs: RELAY_PAUSE_MS,
        turn: async () => (await this.relay.drain()) > 0,
      });
    }
    return Promise.resolve([]);
  }

  actByTheClock(): void {
    this.loops?.begin({ name: 'ledgers', pauseMs: REVIEW_PAUSE_MS, turn: () => this.ledgers.runAll() });
    this.loops?.begin({ name: 'review', pauseMs: REVIEW_PAUSE_MS, turn: () => this.reviews.reviewAll() });
    this.loops?.begin({ name: 'arrangements', pauseMs: REVIEW_PAUSE_MS, turn: () => this.arrangements.reviewAll() });
    const { hostFiles } = this;
    if (hostFiles === null) return;
    this.loops?.begin({ name: 'host files', pauseMs: REVIEW_PAUSE_MS, turn: () => hostFiles.resume() });
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loops?.stop();
  }
}
