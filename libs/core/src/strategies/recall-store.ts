import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { ReferralAtWork } from './domain/recall.js';

/** A referral in force with all that a recall looks at. */
export interface RecallFacts extends ReferralAtWork {
  readonly id: string;
  readonly debtId: string;
  /** Concord's number of the debt. */
  readonly number: number;
  readonly connectorId: string;
  readonly strategyId: string;
}

const CHOSEN = 'r.id, r.debt_id, r.case_id, c.debtor_id, r.connector_id, r.strategy_id, r.made_on';

/**
 * What a recall looks at, of the referrals of a query named `chosen`. Parameters: $1 the office's date, $2 the office.
 *
 * Money is uncertain while some of the debt waits in suspense, a balance that the partner reported is in question, or a
 * file of the partner's is here and not applied to its end.
 */
const FACTS = `
  select r.id, r.debt_id as "debtId", d.number, r.connector_id as "connectorId", r.strategy_id as "strategyId",
         r.made_on as "madeOn", l.paid_on as "lastPaidOn", greatest(s.over_on, a.over_on) as "freeSince",
         coalesce(l.balance_minor, 0) as "balanceMinor", coalesce(a.stands, false) as arranged,
         coalesce(s.stands, false) as stopped,
         exists (select 1 from uncertain u where u.debt_id = r.debt_id)
           or exists (select 1 from cases.suspense q
                      where q.jurisdiction_id = $2 and q.state = 'open' and q.connector_id = r.connector_id
                        and q.reference = p.reference)
           or r.connector_id in (select connector_id from unread) as "moneyUncertain",
         coalesce(p.held, false) as held, coalesce(p.in_flight, false) as "inFlight"
  from chosen r
  join cases.debt d on d.id = r.debt_id
  left join lateral (
    select sum(e.effect_minor) as balance_minor,
           max(e.effective_on) filter (where e.kind = 'payment' and u.id is null) as paid_on
    from cases.ledger_entry e left join cases.ledger_entry u on u.reverses = e.id and e.kind = 'payment'
    where e.debt_id = r.debt_id) l on true
  left join lateral (
    select bool_or(lifted_on is null and starts_on <= $1 and (ends_on is null or ends_on >= $1)) as stands,
           max(least(lifted_on, ends_on + 1)) filter (where least(lifted_on, ends_on + 1) <= $1) as over_on
    from cases.stop s where s.subject_id in (r.debt_id, r.case_id, r.debtor_id)) s on true
  left join lateral (
    select bool_or(a.state = 'in-force') as stands, max(a.ended_on) as over_on
    from cases.arrangement_debt ad join cases.arrangement a on a.id = ad.arrangement_id
    where ad.debt_id = r.debt_id) a on true
  left join lateral (
    select bool_or(coalesce(v.presumed_state, 'absent') <> 'absent') as held, bool_or(v.in_flight > 0) as in_flight,
           min(v.reference) as reference
    from exchange_v1.position v where v.subject_id = r.debt_id and v.connector_id = r.connector_id) p on true
  order by r.id`;

const UNCERTAIN = `
  uncertain as materialized (
    select debt_id from cases.suspense where jurisdiction_id = $2 and state = 'open' and debt_id is not null
    union
    select debt_id from cases.proposal
    where jurisdiction_id = $2 and state = 'open' and kind = 'balance-differs' and debt_id is not null),
  unread as materialized (
    select distinct e.connector_id from exchange_v1.exchange e join exchange_v1.connector k on k.id = e.connector_id
    where k.jurisdiction_id = $2 and e.direction = 'in' and e.state in ('received', 'undecided', 'applying'))`;

/**
 * The next referrals of which it is time to ask, locked with their cases. What someone else changes just now is left for
 * the next turn.
 */
export function readDueReferrals(
  manager: EntityManager,
  jurisdictionId: string,
  today: string,
  limit: number,
): Promise<RecallFacts[]> {
  return rows<RecallFacts>(
    manager,
    `with chosen as materialized (
       select ${CHOSEN} from cases.referral r join cases.case_file c on c.id = r.case_id
       where c.jurisdiction_id = $2 and r.withdrawn_on is null and r.recall_review_on <= $1
       order by r.recall_review_on limit $3 for no key update of c, r skip locked), ${UNCERTAIN}
     ${FACTS}`,
    [today, jurisdictionId, limit],
  );
}

/** Referrals in force of some strategies whether or not it is time to ask, after an id and without locking them. */
export function readReferralsAfter(
  manager: EntityManager,
  jurisdictionId: string,
  strategyIds: readonly string[],
  today: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<RecallFacts[]> {
  return rows<RecallFacts>(
    manager,
    `with chosen as materialized (
       select ${CHOSEN} from cases.referral r join cases.case_file c on c.id = r.case_id
       where c.jurisdiction_id = $2 and r.withdrawn_on is null and (r.expires_on is null or r.expires_on >= $1)
         and r.made_by = 'strategy' and r.strategy_id = any($3) and r.id > $4
       order by r.id limit $5), ${UNCERTAIN}
     ${FACTS}`,
    [today, jurisdictionId, strategyIds, after, limit],
  );
}
