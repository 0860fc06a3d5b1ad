import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../platform/tokens.js';
import { reviewDueDebts } from './strategy-review.js';

/** Lets each office's strategies look at the debts whose review has come. */
@Injectable()
export class StrategyReviews {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** @returns how many referrals were made */
  review(jurisdiction: Jurisdiction, date: string, correlationId: string): Promise<number> {
    const context = { jurisdictionId: jurisdiction.id, actor: 'strategy', correlationId, at: this.clock.now() };
    return reviewDueDebts(this.gateway, context, jurisdiction.strategies, date);
  }

  /** Every office, on its own today. Never busy: what is not due yet is looked at with the next turn. */
  async reviewAll(): Promise<boolean> {
    for (const jurisdiction of this.jurisdictions) {
      await this.review(jurisdiction, await officeDate(this.gateway, this.clock, jurisdiction.id), randomUUID());
    }
    return false;
  }
}
