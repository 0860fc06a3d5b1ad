import type { EntityManager } from 'typeorm';
import type { Act } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';
import { makeReferrals } from '../referrals.js';
import type { FindingsPart } from './findings-part.js';

/**
 * What a partner held before Concord was referred to it by someone: the referral is taken over with the position, or what
 * the office had placed would be recalled for want of one. Where another partner of an exclusive group has the debt, none
 * is made, and the position is taken back.
 */
export async function adoptReferrals(manager: EntityManager, part: FindingsPart): Promise<void> {
  const adopted = await rows<{ debt_id: string; on: string }>(
    manager,
    `select f.subject_id as debt_id, f.business_date as on from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.kind = 'balance-reported' and f.status = 'applied'
       and (f.outcome->>'adopted')::boolean
     order by f.sequence`,
    [part.exchangeId, part.first, part.last],
  );
  if (adopted.length === 0) return;
  const act = part.act as Act;
  await makeReferrals(
    manager,
    part.context,
    adopted.map(({ debt_id, on }) => ({
      debtId: debt_id,
      act,
      connectorId: part.connectorId,
      madeBy: 'adoption' as const,
      strategyId: null,
      exclusiveGroup: exclusiveGroup(act),
      capMinor: null,
      madeOn: on,
      expiresOn: null,
    })),
  );
}
