import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS, LOG } from '../platform/tokens.js';
import { recallWithoutResult } from './recall-review.js';
import { strategiesInForce } from './strategies-in-force.js';
import { reviewDueDebts } from './strategy-review.js';

/** Lets each office's strategies look at the debts whose review has come, and at the referrals that brought nothing. */
@Injectable()
export class StrategyReviews {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(LOG) private readonly log: Logger | null = null,
  ) {}

  /** What is taken back makes room before anything is referred. @returns how many referrals were made */
  async review(jurisdiction: Jurisdiction, date: string, correlationId: string): Promise<number> {
    const { id: jurisdictionId, country } = jurisdiction;
    const at = this.clock.now();
    const office = { jurisdictionId, country, today: date };
    const strategies = await strategiesInForce(
      this.gateway,
      office,
      jurisdiction.strategies,
      at,
      ({ strategyId, referred, recalled }) =>
        this.log?.warn(
          { jurisdictionId, strategyId, referred: referred.debts, recalled: recalled.debts },
          'a changed strategy is held: look with `strategies preview`, then `strategies apply`',
        ),
    );
    const context = { jurisdictionId, actor: 'strategy', correlationId, at };
    await recallWithoutResult(this.gateway, context, strategies, date);
    return reviewDueDebts(this.gateway, context, strategies, date);
  }

  /** Every office, on its own today. Never busy: what is not due yet is looked at with the next turn. */
  async reviewAll(): Promise<boolean> {
    for (const jurisdiction of this.jurisdictions) {
      await this.review(jurisdiction, await officeDate(this.gateway, this.clock, jurisdiction.id), randomUUID());
    }
    return false;
  }
}
