import type { IsoDate } from '@concord/plugin-sdk';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** The last day that was looked at of each subject of an office's runs: `interest:<type of debt>` or `charge:<rule>`. */
export async function readRunMarks(on: Queryable, jurisdictionId: string): Promise<ReadonlyMap<string, IsoDate>> {
  const found = await rows<{ subject: string; through: string }>(
    on,
    'select subject, through from cases.ledger_run where jurisdiction_id = $1',
    [jurisdictionId],
  );
  return new Map(found.map(({ subject, through }) => [subject, through]));
}

/** Marks subjects as looked at through a day; never back to an earlier one. */
export async function markRuns(
  on: Queryable,
  jurisdictionId: string,
  subjects: readonly string[],
  through: IsoDate,
): Promise<void> {
  await rows(
    on,
    `insert into cases.ledger_run as r (jurisdiction_id, subject, through)
     select $1::text, subject, $3::date from unnest($2::text[]) as subject
     on conflict (jurisdiction_id, subject) do update set through = greatest(r.through, excluded.through)`,
    [jurisdictionId, subjects, through],
  );
}
