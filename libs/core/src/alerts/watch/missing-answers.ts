import type { DataSource } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import { rows } from '../../database/sql.js';
import type { Alert } from '../alerts.js';
import { endOfDay, happenedAt } from '../domain/moment.js';

const MINUTE_MS = 60_000;
/** Of a partner that is silent for months, the message names only the oldest files, and the details not all. */
const NAMED = 5;
const KEPT = 100;

interface Waiting {
  readonly id: string;
  readonly kind: string;
  readonly file_name: string;
  readonly business_date: string;
  readonly delivered_at: Date;
  readonly answer_due_on: string;
  readonly spoken_of: boolean;
}

/**
 * Whether a connector's partner owes answers: one alert for all files that wait, the oldest first.
 *
 * @param now what counts as now at the partner
 */
export async function missingAnswers(exchange: DataSource, connector: Connector, now: Date): Promise<Alert[]> {
  const { acknowledgementWithinMinutes } = connector.body;
  const waiting = await rows<Waiting>(
    exchange,
    `select e.id, e.kind, e.file_name, e.business_date, e.delivered_at, e.answer_due_on,
            $2 and exists (select 1 from exchange.record r
                           where r.exchange_id = e.id and r.status in ('accepted', 'refused')) as spoken_of
     from exchange.exchange e
     where e.connector_id = $1 and e.direction = 'out' and e.state = 'delivered' and e.answer_due_on is not null
     order by e.delivered_at, e.file_name`,
    [connector.id, acknowledgementWithinMinutes !== undefined],
  );
  const late = waiting.flatMap((file) => {
    const sentAt = happenedAt(file.delivered_at, file.business_date, connector.timeZone);
    const missing =
      now >= endOfDay(file.answer_due_on, connector.timeZone)
        ? 'answer'
        : !file.spoken_of && minutesBetween(sentAt, now) >= (acknowledgementWithinMinutes ?? Infinity)
          ? 'acknowledgement'
          : null;
    return missing === null ? [] : [{ ...file, missing }];
  });
  if (late.length === 0) return [];
  const named = late.slice(0, NAMED).map(({ file_name, business_date, missing, answer_due_on }) => {
    const owed = missing === 'answer' ? `answer due ${answer_due_on}` : 'not acknowledged';
    return `${file_name} (sent ${business_date}, ${owed})`;
  });
  const more = late.length > NAMED ? ` and ${late.length - NAMED} more` : '';
  return [
    {
      jurisdictionId: connector.jurisdictionId,
      connectorId: connector.id,
      cause: 'answer-missing',
      about: '',
      message: `${connector.title} has not answered ${files(late.length)}: ${named.join('; ')}${more}.`,
      details: {
        count: late.length,
        files: late.slice(0, KEPT).map((file) => ({
          exchange: file.id,
          kind: file.kind,
          file: file.file_name,
          sentOn: file.business_date,
          dueOn: file.answer_due_on,
          missing: file.missing,
        })),
      },
    },
  ];
}

function minutesBetween(from: Date, to: Date): number {
  return (to.getTime() - from.getTime()) / MINUTE_MS;
}

function files(count: number): string {
  return count === 1 ? 'a file of ours' : `${count} files of ours`;
}
