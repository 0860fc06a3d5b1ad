import type { DataSource, EntityManager } from 'typeorm';
import type { IsoDate } from '@concord/plugin-sdk';
import { recordChanges } from '../cases/change-recorder.js';
import type { ChangeContext } from '../cases/change-recorder.js';
import { rows } from '../database/sql.js';

const BATCH = 500;

interface Marked {
  readonly id: string;
  readonly case_id: string;
  readonly state: 'breached' | 'completed';
}

/**
 * How each arrangement in force stands on $2, by its last schedule: the same as `complianceOn` says, for all at once. What
 * was posted after the schedule was agreed counts, and so do reversals of that.
 */
const STANDING = `
  select a.id, a.case_id,
         case when owed.minor <= 0 or paid.minor >= s.amount_minor then 'completed'
              when expected.minor > paid.minor then 'breached' end as state
  from cases.arrangement a
  cross join lateral (
    select revision, case_version, amount_minor from cases.arrangement_schedule
    where arrangement_id = a.id order by revision desc limit 1) s
  cross join lateral (
    select coalesce(sum(i.amount_minor), 0) as minor from cases.arrangement_instalment i
    where i.arrangement_id = a.id and i.revision = s.revision and i.breaches_on <= $2) expected
  cross join lateral (
    select greatest(0, coalesce(sum(-e.effect_minor), 0)) as minor
    from cases.arrangement_debt ad
    join cases.ledger_entry e on e.debt_id = ad.debt_id and e.kind in ('payment', 'reversal')
    left join cases.ledger_entry p on p.id = e.reverses
    where ad.arrangement_id = a.id and coalesce(p.case_version, e.case_version) > s.case_version
      and e.effective_on <= $2) paid
  cross join lateral (
    select coalesce(sum(greatest(0, d.minor)), 0) as minor from (
      select sum(e.effect_minor) as minor
      from cases.arrangement_debt ad join cases.ledger_entry e on e.debt_id = ad.debt_id
      where ad.arrangement_id = a.id and (e.effect_minor > 0 or e.effective_on <= $2) group by ad.debt_id) d) owed
  where a.jurisdiction_id = $1 and a.state = 'in-force'`;

/**
 * Marks the arrangements of an office that are in breach or done by a day, each once and with its event: from then on they
 * hold nothing back. One that was paid up in time is not marked, and one that is marked stays so until it is extended.
 *
 * @returns how many were marked
 */
export async function reviewArrangements(
  cases: DataSource,
  context: ChangeContext,
  today: IsoDate,
): Promise<{ readonly breached: number; readonly completed: number }> {
  const counts = { breached: 0, completed: 0 };
  for (;;) {
    const marked = await cases.transaction((manager) => markBatch(manager, context, today));
    if (marked.length === 0) return counts;
    for (const { state } of marked) counts[state] += 1;
  }
}

async function markBatch(manager: EntityManager, context: ChangeContext, today: IsoDate): Promise<Marked[]> {
  const held = await rows<{ id: string }>(
    manager,
    // What someone else changes just now is left for the next turn.
    `with due as (select * from (${STANDING}) standing where state is not null order by id limit ${BATCH})
     select o.id from due o join cases.case_file c on c.id = o.case_id for no key update of c skip locked`,
    [context.jurisdictionId, today],
  );
  if (held.length === 0) return [];
  // Read again under the lock: a payment may have come meanwhile.
  const marked = await rows<Marked>(
    manager,
    `with due as (select * from (${STANDING} and a.id = any($3)) standing where state is not null)
     update cases.arrangement a set state = o.state, ended_on = $2
     from due o where a.id = o.id returning a.id, a.case_id, a.state`,
    [context.jurisdictionId, today, held.map(({ id }) => id)],
  );
  await recordChanges(
    manager,
    context,
    marked.map(({ id, case_id, state }) => ({
      caseId: case_id,
      type:
        state === 'breached'
          ? ('concord.arrangement.breached.v1' as const)
          : ('concord.arrangement.completed.v1' as const),
      subjectId: id,
      data: { arrangementId: id },
    })),
  );
  return marked;
}
