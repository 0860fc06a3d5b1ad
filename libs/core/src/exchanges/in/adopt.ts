import type { EntityManager } from 'typeorm';
import type { BalanceReported } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import { lookAtSubjects } from '../../positions/looks.js';
import { exclusiveGroup } from '../../rules/domain/exclusive-acts.js';
import type { ApplyContext, Numbered } from './statements.js';

/**
 * Takes over what a partner held before Concord: each account that it states becomes a known position under the partner's
 * own reference, found by the office's reference of the debt or, where there is none, by Concord's number of it. What it
 * holds is what it says; every ledger entry from now on is told to it.
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
       select distinct on (d.id) g.*, d.id as debt_id, d.case_id, c.version
       from given g
       join cases_v1.debt d on d.jurisdiction_id = $7
        and (d.source_reference = g.account or (coalesce(g.account, '') = '' and d.number = ltrim(g.reference, '0')))
       join cases_v1.case_file c on c.id = d.case_id
       order by d.id, g.sequence),
     held as (
       insert into exchange.position (id, connector_id, subject_kind, subject_id, key, case_id, reference, desired_state,
         desired_amount_minor, desired_content, desired_hash, judged_version, judged_on, outcome, known_state,
         known_amount_minor, known_content, known_hash, known_version, known_on, placed_version, adopted_on)
       select gen_random_uuid(), $2, 'debt', debt_id, '', case_id, reference, 'absent', 0, '{}', 'adopted', 0, $8, 'allow',
              'active', amount, '{}', 'adopted', version, $8, version, $8
       from found
       on conflict (connector_id, subject_kind, subject_id, key) do nothing returning id, subject_id, reference),
     noted as (
       update exchange.inbound_record i set position_id = h.id, outcome = jsonb_build_object('adopted', true)
       from found f join held h on h.subject_id = f.debt_id
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
