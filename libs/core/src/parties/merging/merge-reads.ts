import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';
import type { Match } from '../domain/match.js';

/** A merge as the API shows it. */
export interface MergeView {
  readonly id: string;
  readonly jurisdictionId: string;
  readonly duplicateId: string;
  readonly survivorId: string;
  readonly state: 'in-force' | 'undone';
  readonly reason: string;
  readonly despiteDifferences: string | null;
  /** What was known for and against it when it was made. */
  readonly evidence: Match;
  readonly actor: string;
  readonly mergedAt: Date;
  readonly undoneBy: string | null;
  readonly undoneAt: Date | null;
  readonly undoneReason: string | null;
}

export interface MergeFilter {
  readonly jurisdiction?: string | undefined;
  readonly party?: string | undefined;
  readonly state?: MergeView['state'] | undefined;
}

/** Merges, the newest first, no more than a thousand. */
export function listMerges(on: Queryable, filter: MergeFilter): Promise<MergeView[]> {
  return rows<MergeView>(
    on,
    `select id, jurisdiction_id as "jurisdictionId", duplicate_id as "duplicateId", survivor_id as "survivorId",
            case when undone_at is null then 'in-force' else 'undone' end as state, reason,
            despite_differences as "despiteDifferences", evidence, actor, merged_at as "mergedAt",
            undone_by as "undoneBy", undone_at as "undoneAt", undone_reason as "undoneReason"
     from cases.party_merge
     where ($1::text is null or jurisdiction_id = $1) and ($2::uuid is null or $2 in (duplicate_id, survivor_id))
       and ($3::text is null or (undone_at is null) = ($3 = 'in-force'))
     order by merged_at desc, id limit 1000`,
    [filter.jurisdiction ?? null, filter.party ?? null, filter.state ?? null],
  );
}
