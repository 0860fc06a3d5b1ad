import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { AlertCause } from './alerts.js';

const MOST = 500;

/** An alert as people are shown it. */
export interface AlertView {
  readonly id: string;
  readonly cause: AlertCause;
  readonly jurisdiction: string | null;
  readonly connector: string | null;
  /** As people call it: the connector's title, or the host that several connectors share. */
  readonly partner: string;
  readonly about: string;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly since: Date;
  /** When it was last found to stand, and how often it was. */
  readonly seen: Date;
  readonly times: number;
  readonly cleared: Date | null;
}

export interface AlertFilter {
  /** Only what stands now. */
  readonly standing?: boolean | undefined;
  readonly connector?: string | undefined;
  readonly cause?: AlertCause | undefined;
}

/** The newest alerts, those of one partner and cause beside each other, what stands before what is over. At most 500. */
export function listAlerts(gateway: DataSource, filter: AlertFilter): Promise<AlertView[]> {
  return rows<AlertView>(
    gateway,
    `select * from (
       select a.id, a.cause, a.jurisdiction_id as jurisdiction, a.connector_id as connector,
              coalesce(c.title, nullif(a.about, ''), a.jurisdiction_id, '') as partner, a.about, a.message, a.details,
              a.raised_at as since, a.seen_at as seen, a.times, a.cleared_at as cleared
       from exchange_v1.alert a left join exchange_v1.connector c on c.id = a.connector_id
       where (not $1 or a.cleared_at is null) and ($3::text is null or a.cause = $3)
         -- a partner that several connectors share is each one's
         and ($2::text is null or a.connector_id = $2 or a.details->'connectors' ? $2)
       order by a.cleared_at is not null, a.raised_at desc limit ${MOST}) newest
     order by cleared is not null, partner, cause, since, id`,
    [filter.standing ?? false, filter.connector ?? null, filter.cause ?? null],
  );
}
