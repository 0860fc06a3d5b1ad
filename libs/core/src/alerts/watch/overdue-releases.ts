import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Alert } from '../alerts.js';

/**
 * What must be released at partners of an office and is past its deadline: one alert a connector, also of one that is off.
 *
 * @param date the office's date
 */
export async function overdueReleases(exchange: DataSource, jurisdictionId: string, date: string): Promise<Alert[]> {
  const overdue = await rows<{ id: string; title: string; count: number; oldest: string; rule: string }>(
    exchange,
    `select c.id, c.title, count(*) as count, min(d.due_on) as oldest,
            (array_agg(d.rule order by d.due_on, d.rule))[1] as rule
     from exchange.release_duty d join exchange.connector c on c.id = d.connector_id
     where d.done_on is null and d.due_on < $2 and c.jurisdiction_id = $1
     group by c.id, c.title`,
    [jurisdictionId, date],
  );
  return overdue.map(({ id, title, count, oldest, rule }) => ({
    jurisdictionId,
    connectorId: id,
    cause: 'release-overdue',
    about: '',
    message: `${count === 1 ? 'A release is' : `${count} releases are`} overdue at ${title}; the oldest was due on ${oldest} (${rule}).`,
    details: { count, oldestDueOn: oldest, rule },
  }));
}
