import type { IsoDate } from '@concord/plugin-sdk';
import { cutoffDatesBetween } from '../../calendar/domain/cutoff.js';
import { addDays } from '../../calendar/domain/iso-date.js';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** The name of the file that a connector sends when it is first enabled: everything, whatever the day. */
const FIRST_FILE = 'initial';

/** A cutoff that has come. */
export interface DueCutoff {
  /** The cutoff's name within the connector. */
  readonly key: string;
  readonly date: IsoDate;
  /** Whether it is the full file that a connector sends when it is first enabled. */
  readonly first: boolean;
}

/**
 * The cutoff that a connector's next file is for, or null when none has come. Cutoffs that were missed are not made up one
 * by one: the file of the last one says all that they would have said.
 *
 * A cutoff is known by its day on the partner's calendar, and what was run is looked up by that day, not by when it ran: a
 * clock that is set back finds it run. One that was run while the clock was ahead of today is no reason to leave out those
 * that come before it.
 *
 * @param through the last day whose cutoff has come
 * @param today the last day that it can be today, at the office or at the partner
 */
export async function dueCutoff(
  exchange: Queryable,
  connector: Connector,
  through: IsoDate,
  today: IsoDate,
): Promise<DueCutoff | null> {
  const prefix = connector.mode === 'shadow' ? 'shadow:' : '';
  // Files that people ask for beside the schedule have a colon in their name, and use no cutoff up.
  const [run] = await rows<{ ran: boolean; last: IsoDate | null }>(
    exchange,
    `with sent as (
       select business_date, regexp_replace(cutoff_key, '^shadow:', '') as key from exchange.exchange
       where connector_id = $1 and direction = 'out' and (mode = 'shadow') = ($2 = 'shadow')),
     run as (
       select case when key ~ '^\\d{4}-\\d{2}-\\d{2}$' then key::date when key not like '%:%' then business_date end as day
       from sent)
     select count(day) > 0 as ran, max(day) filter (where day <= $3) as last from run`,
    [connector.id, connector.mode, today],
  );
  if (!run!.ran) return { key: `${prefix}${FIRST_FILE}`, date: through, first: true };
  const last = run!.last ?? addDays(today, -1);
  if (last >= through) return null;
  const due = cutoffDatesBetween(connector.body.schedule, connector.calendar, last, through).at(-1);
  return due === undefined ? null : { key: `${prefix}${due}`, date: due, first: false };
}
