import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { FindingsPart } from './findings-part.js';

/** Kinds that have an effect of their own, where they name a debt. */
const APPLIED = `('paid', 'payment-reversed', 'disputed', 'insolvent', 'deceased', 'active-duty', 'moratorium-started',
  'balance-reported', 'balance-missing')`;

/**
 * Puts before a person what a partner says and nobody else decides: contacts, statuses, returned placements, objections;
 * statements that contradict earlier ones; protective facts about accounts that are not known. A difference between the
 * partner's balance and ours is one open piece of work as long as it stands, and is closed when they agree again; one that
 * was there when the position was taken over stands until a person closes it, since no later statement can settle it.
 */
export async function propose(manager: EntityManager, part: FindingsPart): Promise<void> {
  const parameters = [part.exchangeId, part.first, part.last, part.connectorId, part.jurisdictionId];
  await rows(
    manager,
    `insert into cases.proposal (id, jurisdiction_id, connector_id, natural_key, kind, reference, debt_id, details,
       exchange_id, sequence, raised_on)
     select gen_random_uuid(), $5, $4,
            case when f.status = 'applied' then f.natural_key else f.natural_key || ' ' || f.exchange_id || ' ' || f.sequence end,
            case when f.status = 'applied' then f.kind else 'contradiction' end, coalesce(f.finding->>'reference', ''),
            f.subject_id,
            case when f.status = 'applied' then coalesce(f.finding->'details', '{}'::jsonb)
                 else jsonb_build_object('said', f.finding) end,
            f.exchange_id, f.sequence, f.business_date
     from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3
       and (f.status <> 'applied' or f.kind not in ${APPLIED}
            or (f.case_id is null
                and f.kind in ('disputed', 'insolvent', 'deceased', 'active-duty', 'moratorium-started')))
     order by f.sequence
     on conflict do nothing`,
    parameters,
  );
  await rows(
    manager,
    `insert into cases.proposal (id, jurisdiction_id, connector_id, natural_key, kind, reference, debt_id, details,
       exchange_id, sequence, raised_on)
     select distinct on (f.finding->>'reference') gen_random_uuid(), $5, $4, f.natural_key, 'balance-differs',
            f.finding->>'reference', f.subject_id, f.outcome, f.exchange_id, f.sequence, f.business_date
     from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.kind in ('balance-reported', 'balance-missing')
       and f.status = 'applied' and (f.outcome->>'differs')::boolean
     order by f.finding->>'reference', f.sequence desc
     on conflict (connector_id, reference) where state = 'open' and kind = 'balance-differs'
       do update set details = cases.proposal.details || excluded.details, exchange_id = excluded.exchange_id, sequence = excluded.sequence`,
    parameters,
  );
  await rows(
    manager,
    `update cases.proposal p set state = 'closed', closed_by = 'reconciliation', closed_at = $5,
       closed_reason = 'the partner''s balance agrees again'
     from exchange_v1.finding f
     where f.exchange_id = $1 and f.sequence between $2 and $3 and f.kind = 'balance-reported' and f.status = 'applied'
       and not (f.outcome->>'differs')::boolean
       and p.connector_id = $4 and p.reference = f.finding->>'reference' and p.kind = 'balance-differs' and p.state = 'open'
       and p.details->'adopted' is null`,
    [part.exchangeId, part.first, part.last, part.connectorId, part.context.at],
  );
  // An account that was given back since is on no later list, so that nothing else would ever close its difference.
  await rows(
    manager,
    `update cases.proposal p set state = 'closed', closed_by = 'reconciliation', closed_at = $5,
       closed_reason = 'neither side holds it any more'
     where p.connector_id = $4 and p.kind = 'balance-differs' and p.state = 'open' and p.details->'adopted' is null
       and exists (select 1 from exchange_v1.finding f
                   where f.exchange_id = $1 and f.sequence between $2 and $3 and f.kind = 'balance-reported')
       and not exists (select 1 from exchange_v1.finding f
                       where f.exchange_id = $1 and f.finding->>'reference' = p.reference)
       and not exists (select 1 from exchange_v1.position h
                       where h.connector_id = $4 and h.reference = p.reference and h.known_state <> 'absent')`,
    [part.exchangeId, part.first, part.last, part.connectorId, part.context.at],
  );
}
