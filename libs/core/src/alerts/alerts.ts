import { randomUUID } from 'node:crypto';
import { affected, rows } from '../database/sql.js';
import type { Queryable } from '../database/sql.js';

/** What can be wrong. Each is raised once for as long as it lasts, and cleared when it is over. */
export const ALERT_CAUSES = [
  /** The partner can't be reached, or refuses us: every file of the connector waits. */
  'partner-down',
  /** A file of ours was to be answered by now. */
  'answer-missing',
  /** A file that the partner leaves regularly has not come. */
  'file-missing',
  /** A file waits for a person. */
  'exchange-held',
  /** A step of a file fails again and again, for another reason than that the partner is down. */
  'exchange-failed',
  /** After a lost reply it is not certain that the file arrived. */
  'delivery-uncertain',
  /** What a partner said did not reach the cases in time: a file went without them. */
  'cases-left-out',
  /** A file of the partner's was refused as a whole. */
  'file-refused',
  /** A file came under the name of an earlier one, with other bytes: a person decides. */
  'file-undecided',
  /** A file lies in the partner's folder that can't be taken, because of its name or because its size is not told. */
  'file-unusable',
  /** Records of a partner's file could not be applied. */
  'records-quarantined',
  /** What must be released at a partner is past its deadline. */
  'release-overdue',
  /** The connector's plugin fails or is missing. */
  'plugin-unusable',
  /** A file of a host system waits for a person. */
  'host-file-held',
  /** A file of a host system was refused, and no right one came since. */
  'host-file-refused',
  /** A file of a host system was begun and is not gone on with. */
  'host-file-stopped',
  /** Changed strategies of an office can't be weighed: the old ones hold. */
  'strategies-unweighed',
] as const;
export type AlertCause = (typeof ALERT_CAUSES)[number];

/** Something that is wrong, at one place and for one cause. */
export interface Alert {
  readonly jurisdictionId: string | null;
  readonly connectorId: string | null;
  readonly cause: AlertCause;
  /**
   * What of the connector it is about (a kind of file, an exchange's id), or which kind of file of a host system; empty where
   * it is about all of the connector or the office.
   */
  readonly about: string;
  /** One or two sentences for a clerk, naming files and dates; nothing personal. */
  readonly message: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * Raises an alert, or counts once more one that stands: the same thing wrong at the same place is one alert, whose message
 * and details are the last.
 */
export async function raiseAlert(on: Queryable, alert: Alert, at: Date): Promise<void> {
  await rows(
    on,
    `insert into exchange.alert as a (id, jurisdiction_id, connector_id, cause, about, message, details, raised_at, seen_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
     on conflict (coalesce(jurisdiction_id, ''), coalesce(connector_id, ''), cause, about) where cleared_at is null
     do update set message = excluded.message, details = excluded.details, seen_at = excluded.seen_at, times = a.times + 1`,
    [
      randomUUID(),
      alert.jurisdictionId,
      alert.connectorId,
      alert.cause,
      alert.about,
      alert.message,
      JSON.stringify(alert.details ?? {}),
      at,
    ],
  );
}

/** Which standing alerts are over. Without `about`, all of the cause. */
export interface AlertsOver {
  readonly jurisdictionId?: string;
  readonly connectorId?: string;
  readonly cause: AlertCause;
  readonly about?: string;
}

/** Clears what is over. @returns how many alerts stood */
export function clearAlerts(on: Queryable, over: AlertsOver, at: Date): Promise<number> {
  return affected(
    on,
    `update exchange.alert set cleared_at = $5
     where cleared_at is null and cause = $3 and ($1::text is null or jurisdiction_id = $1)
       and ($2::text is null or connector_id = $2) and ($4::text is null or about = $4)`,
    [over.jurisdictionId ?? null, over.connectorId ?? null, over.cause, over.about ?? null, at],
  );
}
