import { randomUUID } from 'node:crypto';
import { Inject, Injectable, Optional } from '@nestjs/common';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import type { Jurisdiction } from '../configuration/jurisdiction-file.js';
import { officeDate } from '../configuration/office-date.js';
import type { Clock } from '../platform/clock.js';
import { CLOCK, GATEWAY_DATABASE, JURISDICTIONS, LOG } from '../platform/tokens.js';
import type { StrategyPreview } from './domain/preview-tally.js';
import type { Strategy } from './domain/strategy.js';
import { readProposal } from './proposal-store.js';
import { recallWithoutResult } from './recall-review.js';
import { inOrder, stillInForce, strategiesInForce } from './strategies-in-force.js';
import { markForReview } from './strategy-marks.js';
import type { PreviewOffice } from './strategy-preview.js';
import { reviewDueDebts } from './strategy-review.js';
import { readVersions } from './strategy-version-store.js';
import { noteUnweighed, noteWeighed } from './weighing-store.js';

/** After a change could not be weighed, such as for want of time: it reads every debt of its types. */
const FIRST_PAUSE_MS = 60_000;
const LONGEST_PAUSE_MS = 3_600_000;

/** Lets each office's strategies look at the debts whose review has come, and at the referrals that brought nothing. */
@Injectable()
export class StrategyReviews {
  private readonly unweighed = new Map<string, { readonly times: number; readonly until: number }>();

  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CLOCK) private readonly clock: Clock,
    @Optional() @Inject(LOG) private readonly log: Logger | null = null,
  ) {}

  /**
   * What is taken back makes room before anything is referred. Where another content comes into force meanwhile, the rest
   * is for the next turn.
   *
   * @returns how many referrals were made
   */
  async review(jurisdiction: Jurisdiction, date: string, correlationId: string): Promise<number> {
    const { id: jurisdictionId, country } = jurisdiction;
    const at = this.clock.now();
    const configured = await readProposal(this.gateway, jurisdiction);
    const strategies = await this.inForce({ jurisdictionId, country, today: date }, configured, at);
    await markForReview(this.gateway, jurisdictionId, date);
    const context = { jurisdictionId, actor: 'strategy', correlationId, at };
    const stillHold = stillInForce(jurisdictionId, configured, strategies);
    await recallWithoutResult(this.gateway, context, strategies, date, stillHold);
    return reviewDueDebts(this.gateway, context, strategies, date, stillHold);
  }

  /**
   * Every office, on its own today. Never busy: what is not due yet is looked at with the next turn.
   *
   * @throws what an office could not be reviewed for, once all the others were
   */
  async reviewAll(): Promise<boolean> {
    const failures: unknown[] = [];
    for (const jurisdiction of this.jurisdictions) {
      try {
        await this.review(jurisdiction, await officeDate(this.gateway, this.clock, jurisdiction.id), randomUUID());
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length === 1) throw failures[0];
    if (failures.length > 1) throw new AggregateError(failures, `${failures.length} offices could not be reviewed`);
    return false;
  }

  /** What was in force goes on where a change of it could not be weighed. That is tried again later and later. */
  private async inForce(office: PreviewOffice, configured: readonly Strategy[], at: Date): Promise<Strategy[]> {
    const { jurisdictionId } = office;
    const failed = this.unweighed.get(jurisdictionId);
    if (failed === undefined || failed.until <= at.getTime()) {
      try {
        const strategies = await strategiesInForce(this.gateway, office, configured, at, (effect) =>
          this.tellHeld(jurisdictionId, effect),
        );
        this.unweighed.delete(jurisdictionId);
        await noteWeighed(this.gateway, jurisdictionId);
        return strategies;
      } catch (error) {
        const times = (failed?.times ?? 0) + 1;
        const pause = Math.min(FIRST_PAUSE_MS * 2 ** (times - 1), LONGEST_PAUSE_MS);
        this.unweighed.set(jurisdictionId, { times, until: at.getTime() + pause });
        this.log?.error(
          { jurisdictionId, times, err: error },
          'changed strategies could not be weighed: the old ones hold',
        );
        await noteUnweighed(this.gateway, jurisdictionId, at);
      }
    }
    return inOrder(configured, await readVersions(this.gateway, jurisdictionId));
  }

  private tellHeld(jurisdictionId: string, { strategyId, referred, recalled }: StrategyPreview): void {
    this.log?.warn(
      { jurisdictionId, strategyId, referred: referred.debts, recalled: recalled.debts },
      'a changed strategy is held: look with `strategies preview --held`, then `strategies apply`',
    );
  }
}
