import type { EntityManager } from 'typeorm';
import type { BalanceReported } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';
import type { ApplyContext, Numbered } from './statements.js';

/**
 * Takes over what a partner held before Concord: each account that it states becomes a known position under the partner's
 * own reference, found by the office's reference of the debt or, where there is none, by Concord's number of it. What it
 * holds is what it says; every ledger entry from now on is told to it. Kept with each statement is how it differs from the
 * ledger, as `{adopted, differs, partnerMinor, knownMinor}`: the two histories never met, so that a person decides.
 *
 * A debt that the office referred meanwhile has a position already, of which the partner was told nothing yet.
 */
export async function adopt(
  manager: EntityManager,
  { connector, exchangeId, businessDate }: ApplyContext,
  reported: readonly Numbered<BalanceReported>[],
): Promise<void> {
  const adopted = await rows<{ position_id: string; subject_id: string }>(
    manager,
    `with given as (
       select * from unnest($3::integer[], $4::text[], $5::text[], $6::bigint[]) as g (sequence, reference, account, amount)),
     found as (
       select distinct on (d.id) d.sequence, d.reference, d.amount, d.id as debt_id, d.case_id, c.version,
              count(*) over (partition by d.reference) as told_of
       from (
         select g.*, d.id, d.case_id from given g
         join cases_v1.debt d on d.jurisdiction_id = $7 and d.source_reference = g.account
         union all
         select g.*, d.id, d.case_id from given g
         join cases_v1.debt d on d.jurisdiction_id = $7
          and d.debt_number = case when g.reference ~ '^[0-9]{1,18}$' then g.reference::bigint end
         where coalesce(g.account, '') = '') d
       join cases_v1.case_file c on c.id = d.case_id
       order by d.id, d.sequence),
     held as (
       insert into exchange.position as p (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state,
         known_amount_minor, known_content, known_hash, known_version, known_on, placed_version, adopted_on)
       select gen_random_uuid(), $2, 'debt', debt_id, '', case_id, reference, 'absent', 0, '{}', 'adopted', 0, $8, 'allow',
              'active', amount, '{}', 'adopted', version, $8, version, $8
       from found
       -- a reference that is another position's already is no position of its own, but a difference
       where not exists (
         select 1 from exchange.position o
         where o.connector_id = $2 and o.reference = found.reference and o.subject_id <> found.debt_id)
         and told_of = 1
       on conflict (connector_id, subject_kind, subject_id, key) do update set
         reference = excluded.reference, known_state = excluded.known_state,
         known_amount_minor = excluded.known_amount_minor, known_content = excluded.known_content,
         known_hash = excluded.known_hash, known_version = excluded.known_version, known_on = excluded.known_on,
         placed_version = excluded.placed_version, adopted_on = excluded.adopted_on
       where p.known_state = 'absent' and not exists (
         select 1 from exchange.record r where r.position_id = p.id and r.status in ('released', 'delivered'))
       returning p.id, p.subject_id),
     noted as (
       update exchange.inbound_record i set position_id = h.id, outcome = jsonb_build_object('adopted', true,
         'differs', f.amount <> l.balance, 'partnerMinor', f.amount, 'knownMinor', l.balance)
       from found f join held h on h.subject_id = f.debt_id
       cross join lateral (
         select coalesce(sum(e.effect_minor), 0) as balance from cases_v1.ledger_entry e where e.debt_id = f.debt_id) l
       where i.exchange_id = $1 and i.sequence = f.sequence)
     select id as position_id, subject_id from held`,
    [
      exchangeId,
      connector.id,
      reported.map(({ sequence }) => sequence),
      reported.map(({ statement }) => statement.reference),
      reported.map(({ statement }) => statement.account),
      reported.map(({ statement }) => statement.amountMinor),
      connector.jurisdictionId,
      businessDate,
    ],
  );
  const group = exclusiveGroup(connector.act);
  if (group !== null) {
    // Where two partners say that they hold a debt, the first has it, and the other's is taken back.
    await rows(
      manager,
      `insert into exchange.exclusive_hold (exclusive_group, subject_id, position_id)
       select $1, subject_id, position_id from unnest($2::uuid[], $3::uuid[]) as h (subject_id, position_id)
       on conflict do nothing`,
      [group, adopted.map(({ subject_id }) => subject_id), adopted.map(({ position_id }) => position_id)],
    );
  }
  await lookAtSubjects(
    manager,
    connector.id,
    adopted.map(({ subject_id }) => subject_id),
  );
}
