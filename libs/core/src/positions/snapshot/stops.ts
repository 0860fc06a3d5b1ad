import type { StopSnapshot } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import { groupBy } from '../grouping.js';

interface StopRow {
  readonly debt_id: string;
  readonly id: string;
  readonly kind: StopSnapshot['kind'];
  readonly starts_on: string;
  readonly ends_on: string | null;
  readonly details: StopSnapshot['details'];
  readonly party_id: string | null;
}

/**
 * Stops that reach each debt and were not lifted, whatever their scope and dates; those of a debtor's or party's duplicates
 * are theirs. @returns by debt, the oldest first
 */
export async function readStops(
  on: Queryable,
  debtIds: readonly string[],
): Promise<ReadonlyMap<string, readonly StopSnapshot[]>> {
  const found = await rows<StopRow>(
    on,
    `with debts as (select id, case_id from cases_v1.debt where id = any($1)),
     parties as (select debt_id, id from cases_v1.debt_party where debt_id = any($1)),
     reached as (
       select d.id as debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, null::uuid as party_id
       from debts d join cases_v1.stop s on (s.scope = 'case' and s.subject_id = d.case_id)
       union all
       select d.id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, null::uuid
       from debts d join cases_v1.joined_case j on j.case_id = d.case_id
       join cases_v1.stop s on (s.scope = 'case' and s.subject_id = j.other_case_id)
       union all
       select d.id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, coalesce(m.survivor_id, s.party_id)
       from debts d join cases_v1.stop s on (s.scope = 'debt' and s.subject_id = d.id)
       left join cases_v1.merged_party m on m.party_id = s.party_id
       union all
       select p.debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, p.id
       from parties p join cases_v1.stop s on (s.scope = 'party' and s.subject_id = p.id)
       union all
       select p.debt_id, s.id, s.kind, s.starts_on, s.ends_on, s.lifted_on, s.details, p.id
       from parties p join cases_v1.merged_party m on m.survivor_id = p.id
       join cases_v1.stop s on (s.scope = 'party' and s.subject_id = m.party_id))
     select debt_id, id, kind, starts_on, ends_on, details, party_id
     from reached where lifted_on is null order by debt_id, starts_on, id`,
    [debtIds],
  );
  const byDebt = groupBy(found, (row) => row.debt_id);
  return new Map([...byDebt].map(([debtId, ofDebt]) => [debtId, ofDebt.map(stop)]));
}

function stop(row: StopRow): StopSnapshot {
  return {
    id: row.id,
    kind: row.kind,
    partyId: row.party_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    details: row.details,
  };
}
