import type { EntityManager } from 'typeorm';
import { rows } from '../../database/sql.js';
import { recordChanges } from '../change-recorder.js';
import type { FindingsPart } from './findings-part.js';

/** What a protective finding places, and on what: a dispute is about one debt, the others about the debtor. */
const STOPS = `(values
  ('disputed', 'dispute', 'debt'),
  ('insolvent', 'insolvency', 'case'),
  ('deceased', 'deceased', 'case'),
  ('active-duty', 'active-duty', 'case'),
  ('moratorium-started', 'moratorium', 'case')) as k (finding, stop, scope)`;

/**
 * Places the stops that follow from what a partner says, at once and without a person, in the caller's transaction. A
 * statement about a person who is not the debtor (its details name another party of the debt) protects that person.
 */
export async function protect(manager: EntityManager, part: FindingsPart): Promise<void> {
  await holdParties(manager, part);
  const placed = await rows<{ id: string }>(
    manager,
    `with found as (
       select f.natural_key, f.case_id, f.subject_id as debt_id, f.business_date, f.finding, k.stop, k.scope,
              other.id as other_id
       from exchange_v1.finding f
       join ${STOPS} on k.finding = f.kind
       left join lateral (
         -- partners know a party by the number of the one that stands for it
         select p.id from cases.debt_party dp join cases.party filed on filed.id = dp.party_id
         join cases.party p on p.id = coalesce(filed.merged_into, filed.id)
         where dp.debt_id = f.subject_id and k.scope = 'case'
           and p.number::text = ltrim(f.finding->'details'->>'debtor', '0')
         group by p.id having not bool_or(dp.role = 'debtor')) other on true
       where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied' and f.case_id is not null)
     insert into cases.stop (id, case_id, scope, subject_id, kind, starts_on, details, source, idempotency_key, actor,
       recorded_at)
     select gen_random_uuid(), case_id, case when other_id is not null then 'party' else scope end,
            coalesce(other_id, case scope when 'debt' then debt_id else case_id end), stop,
            least((finding->>'on')::date, business_date), finding->'details', $4, $4 || ':' || natural_key, $4, $5
     from found order by natural_key
     on conflict (case_id, idempotency_key) do nothing returning id`,
    [part.exchangeId, part.first, part.last, part.source, part.context.at],
  );
  // A party's stop reaches every case in which that party owes, and a case's every case of the same debtor.
  const reached = await rows<{ id: string; case_id: string }>(
    manager,
    `select distinct s.id, coalesce(d.case_id, c.same_id, s.case_id) as case_id
     from cases.stop s
     left join cases.party_same p on s.scope = 'party' and p.party_id = s.subject_id
     left join cases.debt_party dp on dp.party_id = p.same_id
     left join cases.debt d on d.id = dp.debt_id
     left join cases.case_same c on s.scope = 'case' and c.case_id = s.subject_id
     where s.id = any($1) order by 2, 1`,
    [placed.map(({ id }) => id)],
  );
  await recordChanges(
    manager,
    part.context,
    reached.map(({ id, case_id }) => ({
      caseId: case_id,
      type: 'concord.stop.placed.v1' as const,
      subjectId: id,
      data: { stopId: id },
    })),
  );
}

/** Keeps whom the stops will reach from changing until the transaction ends: a merge would add cases that nobody told. */
async function holdParties(manager: EntityManager, part: FindingsPart): Promise<void> {
  await rows(
    manager,
    `select 1 from cases.party where id in (
       select s.same_id
       from exchange_v1.finding f
       join ${STOPS} on k.finding = f.kind
       join cases.debt_party dp on dp.debt_id = f.subject_id
       join cases.party_same s on s.party_id = dp.party_id
       where f.exchange_id = $1 and f.sequence between $2 and $3 and f.status = 'applied' and k.scope = 'case')
     order by id for no key update`,
    [part.exchangeId, part.first, part.last],
  );
}
