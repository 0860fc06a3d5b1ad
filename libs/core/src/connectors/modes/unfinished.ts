import { rows } from '../../database/sql.js';
import type { Queryable } from '../../database/sql.js';

/** What keeps a connector from being switched off. */
export interface Unfinished {
  /** Positions that the partner holds as far as it confirmed, or may hold because something of them is in flight. */
  readonly held: number;
  /** Files, out or in, that were begun and have not come to their end, those that wait for a person included. */
  readonly files: number;
  /** Delivered files whose answer has not come. */
  readonly unanswered: number;
}

/** Counts what a connector has left to do, as of the statement. */
export async function readUnfinished(on: Queryable, connectorId: string): Promise<Unfinished> {
  const [found] = await rows<Unfinished>(
    on,
    `select (select count(*) from (
               select id from exchange.position where connector_id = $1 and known_state <> 'absent'
               union
               select r.position_id from exchange.exchange e join exchange.record r on r.exchange_id = e.id
               where e.connector_id = $1 and e.direction = 'out' and e.state in ('released', 'archived', 'delivered')
                 and r.status in ('released', 'delivered')) as standing) as held,
            count(*) filter (where state in ('choosing', 'held', 'released', 'archived', 'received', 'undecided', 'applying'))
              as files,
            count(*) filter (where state = 'delivered' and answer_due_on is not null) as unanswered
     from exchange.exchange where connector_id = $1`,
    [connectorId],
  );
  return found!;
}
