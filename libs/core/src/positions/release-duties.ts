import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';

/** Whether a release is owed for a position now, and if so by when and under which rule. */
export interface DutyRow {
  readonly positionId: string;
  readonly owed: boolean;
  /** Null where nothing is owed. */
  readonly dueOn: string | null;
  readonly rule: string;
}

/** Opens the duties that came up, keeps those that stand with their first deadline, and closes what the partner confirmed. */
export async function writeDuties(
  manager: EntityManager,
  connectorId: string,
  date: string,
  duties: readonly DutyRow[],
): Promise<void> {
  const owed = duties.filter((duty) => duty.owed);
  await rows(
    manager,
    `insert into exchange.release_duty as d (position_id, connector_id, rule, owed_on, due_on)
     select position_id, $2, rule, $3::date, due_on
     from jsonb_to_recordset($1::jsonb) as g (position_id uuid, rule text, due_on date)
     on conflict (position_id) where done_on is null
     do update set due_on = excluded.due_on, rule = excluded.rule where excluded.due_on < d.due_on`,
    [
      JSON.stringify(owed.map(({ positionId, rule, dueOn }) => ({ position_id: positionId, rule, due_on: dueOn }))),
      connectorId,
      date,
    ],
  );
  await rows(manager, 'update exchange.release_duty set done_on = $2 where position_id = any($1) and done_on is null', [
    duties.filter((duty) => !duty.owed).map(({ positionId }) => positionId),
    date,
  ]);
}
