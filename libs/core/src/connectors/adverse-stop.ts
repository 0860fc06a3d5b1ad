import { rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';

/** Why nothing adverse goes out of a jurisdiction, and since when. */
export interface AdverseStop {
  readonly actor: string;
  readonly reason: string;
  /** ISO 8601. */
  readonly since: string;
}

interface StopRow {
  readonly jurisdiction_id: string;
  readonly actor: string;
  readonly reason: string;
  readonly since: Date;
}

/** The jurisdictions whose adverse output is stopped, as the connectors' side reads them. */
export async function adverseStopsOf(exchange: Queryable): Promise<ReadonlyMap<string, AdverseStop>> {
  const standing = await rows<StopRow>(
    exchange,
    'select jurisdiction_id, actor, reason, since from exchange.adverse_stop',
  );
  return new Map(standing.map((row) => [row.jurisdiction_id, stopOf(row)]));
}

/** The stop of one jurisdiction as it stands now, on the connectors' side; null where its adverse output goes out. */
export async function standingStop(exchange: Queryable, jurisdictionId: string): Promise<AdverseStop | null> {
  const [row] = await rows<StopRow>(
    exchange,
    'select jurisdiction_id, actor, reason, since from exchange.adverse_stop where jurisdiction_id = $1',
    [jurisdictionId],
  );
  return row ? stopOf(row) : null;
}

function stopOf({ actor, reason, since }: StopRow): AdverseStop {
  return { actor, reason, since: since.toISOString() };
}
