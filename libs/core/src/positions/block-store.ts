import type { EntityManager } from 'typeorm';
import type { Reason } from '@concord/plugin-sdk';
import { rows } from '../database/sql.js';
import { groupBy } from './grouping.js';

/** One reason why something did not pass for one subject. */
export interface BlockRow {
  readonly subjectId: string;
  readonly reason: Reason;
}

/**
 * Keeps the reasons that stand for a batch of subjects: new ones begin today, those that are gone end today, and what
 * stands keeps the day on which it began.
 */
export async function writeBlocks(
  manager: EntityManager,
  connectorId: string,
  date: string,
  subjectIds: readonly string[],
  blocks: readonly BlockRow[],
): Promise<void> {
  const given = JSON.stringify(
    oneOfEachRule(blocks).map(({ subjectId, reason }) => ({
      subject_id: subjectId,
      rule: reason.rule,
      outcome: reason.outcome,
      reason: reason.reason,
      citation: reason.citation,
      earliest_on: reason.earliestOn,
      missing: reason.missing ?? null,
    })),
  );
  await rows(
    manager,
    `update exchange.block b set until = $3
     where b.connector_id = $2 and b.subject_id = any($4) and b.until is null
       and not exists (select 1 from jsonb_to_recordset($1::jsonb) as g (subject_id uuid, rule text)
                       where g.subject_id = b.subject_id and g.rule = b.rule)`,
    [given, connectorId, date, subjectIds],
  );
  await rows(
    manager,
    `insert into exchange.block (connector_id, subject_id, rule, outcome, reason, citation, earliest_on, missing,
       since)
     select $2, subject_id, rule, outcome, reason, citation, earliest_on, missing, $3::date
     from jsonb_to_recordset($1::jsonb) as g (subject_id uuid, rule text, outcome text, reason text,
       citation text, earliest_on date, missing text)
     on conflict (connector_id, subject_id, rule) where until is null do update set
       outcome = excluded.outcome, reason = excluded.reason, citation = excluded.citation,
       earliest_on = excluded.earliest_on, missing = excluded.missing`,
    [given, connectorId, date],
  );
}

/** A rule may object several times to one subject: its strictest outcome stands, with all that it says. */
function oneOfEachRule(blocks: readonly BlockRow[]): BlockRow[] {
  const ofRule = groupBy(blocks, ({ subjectId, reason }) => `${subjectId} ${reason.rule}`);
  return [...ofRule.values()].map((group) => {
    const [strictest] = group;
    const reasons = [...new Set(group.map(({ reason }) => reason.reason))].join('; ');
    return { subjectId: strictest!.subjectId, reason: { ...strictest!.reason, reason: reasons } };
  });
}
