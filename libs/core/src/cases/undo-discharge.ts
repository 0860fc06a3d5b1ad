import type { EntityManager } from 'typeorm';
import { rows } from '../database/sql.js';
import type { CaseChange } from './change-recorder.js';
import { lockCases } from './lock-cases.js';

/** A merge that was undone, once its parties stand by themselves again. */
export interface UndoneMerge {
  readonly mergeId: string;
  readonly jurisdictionId: string;
  readonly at: Date;
  /** All that were one before. */
  readonly memberIds: readonly string[];
  /** Every case in which one of them owes. */
  readonly caseIds: readonly string[];
}

/**
 * Lifts the discharges of debts that an insolvency reached through a merge alone: no court freed the other person of them.
 * Where the insolvent party owes such a debt beside its debtor, that party stays free and the debtor does not. In the
 * caller's transaction, which holds the parties.
 *
 * @returns the changes of the cases, for whoever records them
 */
export async function liftUnreachedDischarges(
  manager: EntityManager,
  merge: UndoneMerge,
): Promise<CaseChange<'concord.stop.lifted.v1'>[]> {
  await lockCases(manager, merge.caseIds);
  const parameters = [merge.caseIds, merge.memberIds];
  const lifted = await rows<{ id: string; case_id: string }>(
    manager,
    `update cases.stop d
     set lifted_on = (select greatest(j.last_day, ($3::timestamptz at time zone j.time_zone)::date)
                      from cases.jurisdiction j where j.id = $4),
         details = d.details || jsonb_build_object('mergeUndone', $5::text)
     from cases.stop i
     where ${OF_THE_PARTIES} and not ${REACHED}
     returning d.id, d.case_id`,
    [...parameters, merge.at, merge.jurisdictionId, merge.mergeId],
  );
  await rows(
    manager,
    `update cases.stop d set party_id = i.subject_id
     from cases.stop i, cases.case_file c
     where ${OF_THE_PARTIES} and i.scope = 'party' and d.party_id is null and c.id = d.case_id
       and not exists (select 1 from cases.party_same p where p.party_id = i.subject_id and p.same_id = c.debtor_id)`,
    parameters,
  );
  return lifted.map(({ id, case_id }) => ({
    caseId: case_id,
    type: 'concord.stop.lifted.v1',
    subjectId: id,
    data: { stopId: id },
  }));
}

/** The discharges `d` that stand, of the cases $1, of insolvencies `i` of the parties $2 or of their cases. */
const OF_THE_PARTIES = `
  d.case_id = any($1) and d.follows = i.id and d.lifted_on is null
  and ((i.scope = 'party' and i.subject_id = any($2))
       or (i.scope = 'case' and i.subject_id in (select id from cases.case_file where debtor_id = any($2))))`;

const REACHED = `case i.scope
  when 'case' then exists (select 1 from cases.case_same c where c.case_id = i.subject_id and c.same_id = d.case_id)
  else exists (select 1 from cases.party_same p join cases.debt_party dp on dp.party_id = p.same_id
               where p.party_id = i.subject_id and dp.debt_id = d.subject_id) end`;
