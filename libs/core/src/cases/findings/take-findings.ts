import { Inject, Injectable } from '@nestjs/common';
import type { DataSource, EntityManager } from 'typeorm';
import type { Jurisdiction } from '../../configuration/jurisdiction-file.js';
import { rows } from '../../database/sql.js';
import type { FindingsEvent } from '../../events/findings-event.js';
import type { CheckpointListener } from '../../platform/checkpoints.js';
import type { Clock } from '../../platform/clock.js';
import { CHECKPOINTS, CLOCK, GATEWAY_DATABASE, JURISDICTIONS } from '../../platform/tokens.js';
import { adoptReferrals } from './adopt-referrals.js';
import { closeMended } from './close-mended.js';
import { endReturnedReferrals } from './end-returned-referrals.js';
import { postPayments } from './post-payments.js';
import { postReversals } from './post-reversals.js';
import { propose } from './propose.js';
import { holdPart, proposeUnnamed, protect } from './protect.js';
import type { FindingsPart } from './findings-part.js';

/**
 * Turns findings into case commands, a part of a file at a time and each in one transaction with its events: what protects
 * a debtor applies at once, money posts or goes to suspense, and the rest is proposed to a person. A part that was taken
 * before has no effect.
 */
@Injectable()
export class TakeFindings {
  constructor(
    @Inject(GATEWAY_DATABASE) private readonly gateway: DataSource,
    @Inject(JURISDICTIONS) private readonly jurisdictions: readonly Jurisdiction[],
    @Inject(CHECKPOINTS) private readonly checkpoints: CheckpointListener,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async take(event: FindingsEvent): Promise<void> {
    await this.gateway.transaction(async (manager) => {
      const part = await this.partOf(manager, event);
      if (!(await isNew(manager, part))) return;
      const { payments, reversals, others } = await contents(manager, part);
      // Protection first: a debtor is protected also from what the same file says of money.
      if (others) {
        await holdPart(manager, part);
        await protect(manager, part);
      }
      if (payments) await postPayments(manager, part);
      await this.checkpoints.reached('mid-posting', part.connectorId);
      if (reversals) await postReversals(manager, part);
      await closeMended(manager, part);
      if (!others) return;
      await endReturnedReferrals(manager, part);
      await propose(manager, part);
      await proposeUnnamed(manager, part);
      await adoptReferrals(manager, part);
    });
  }

  private async partOf(manager: EntityManager, { data, correlationid }: FindingsEvent): Promise<FindingsPart> {
    const [connector] = await rows<{ jurisdiction_id: string; act: string }>(
      manager,
      'select jurisdiction_id, act from exchange_v1.connector where id = $1',
      [data.connectorId],
    );
    if (!connector) throw new Error(`findings of a connector that does not exist: ${data.connectorId}`);
    const strategies = this.jurisdictions.find(({ id }) => id === connector.jurisdiction_id)?.strategies ?? [];
    return {
      ...data,
      jurisdictionId: connector.jurisdiction_id,
      act: connector.act,
      source: `partner:${data.connectorId}`,
      reviewsLess: strategies.some(({ maxBalanceMinor }) => maxBalanceMinor !== undefined),
      reviewsMore: strategies.length > 0,
      context: {
        jurisdictionId: connector.jurisdiction_id,
        actor: `partner:${data.connectorId}`,
        correlationId: correlationid,
        at: this.clock.now(),
      },
    };
  }
}

async function isNew(manager: EntityManager, { exchangeId, first, last }: FindingsPart): Promise<boolean> {
  const [taken] = await rows<{ first: number }>(
    manager,
    `insert into cases.findings_taken (exchange_id, first_sequence, last_sequence) values ($1, $2, $3)
     on conflict do nothing returning first_sequence as first`,
    [exchangeId, first, last],
  );
  return taken !== undefined;
}

/** Which steps a part has something for: most parts are nothing but payments. */
interface Contents {
  readonly payments: boolean;
  readonly reversals: boolean;
  /** Anything else, contradictions about money included. */
  readonly others: boolean;
}

async function contents(manager: EntityManager, { exchangeId, first, last }: FindingsPart): Promise<Contents> {
  const [found] = await rows<Contents>(
    manager,
    `select coalesce(bool_or(status = 'applied' and kind = 'paid'), false) as payments,
            coalesce(bool_or(status = 'applied' and kind = 'payment-reversed'), false) as reversals,
            coalesce(bool_or(status <> 'applied' or kind not in ('paid', 'payment-reversed')), false) as others
     from exchange_v1.finding where exchange_id = $1 and sequence between $2 and $3`,
    [exchangeId, first, last],
  );
  if (!found) throw new Error('an aggregate returned nothing');
  return found;
}
