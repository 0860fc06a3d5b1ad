import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';

/** Notes that changed strategies of an office could not be weighed, for those who watch. */
export async function noteUnweighed(on: Queryable, jurisdictionId: string, at: Date): Promise<void> {
  await rows(
    on,
    `insert into cases.strategy_weighing as w (jurisdiction_id, failing_since, times) values ($1, $2, 1)
     on conflict (jurisdiction_id) do update set failing_since = coalesce(w.failing_since, $2),
       times = case when w.failing_since is null then 1 else w.times + 1 end`,
    [jurisdictionId, at],
  );
}

/** Notes that the strategies of an office were weighed, also where another process had failed to. */
export async function noteWeighed(on: Queryable, jurisdictionId: string): Promise<void> {
  await rows(
    on,
    'update cases.strategy_weighing set failing_since = null where jurisdiction_id = $1 and failing_since is not null',
    [jurisdictionId],
  );
}
