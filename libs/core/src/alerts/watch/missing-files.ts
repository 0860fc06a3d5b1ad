import type { DataSource } from 'typeorm';
import type { Connector } from '../../connectors/connector.js';
import type { FileExpectation } from '../../connectors/entry/expectations.js';
import { rows } from '../../database/sql.js';
import type { Alert } from '../alerts.js';
import { missingFile } from '../domain/missing-file.js';
import type { MissingFile } from '../domain/missing-file.js';
import { happenedAt } from '../domain/moment.js';

/** Half a year: longer than any expectation looks back. */
const LOOK_BACK_DAYS = 183;

/**
 * Which files that a connector's partner leaves regularly have not come: one alert a kind.
 *
 * @param now what counts as now at the partner
 */
export async function missingFiles(exchange: DataSource, connector: Connector, now: Date): Promise<Alert[]> {
  const { expects = [] } = connector.body;
  if (expects.length === 0) return [];
  const since = await createdAt(exchange, connector.id);
  const alerts: Alert[] = [];
  for (const expectation of expects) {
    const arrivals = await arrivalsOf(exchange, connector, expectation.file, now);
    const { calendar, timeZone } = connector;
    const { graceMinutes } = expectation;
    const expected = { schedule: scheduleOf(expectation), graceMinutes, calendar, timeZone, since };
    const missing = missingFile(expected, now, arrivals);
    if (missing) alerts.push(alertOf(connector, expectation, missing));
  }
  return alerts;
}

async function createdAt(exchange: DataSource, connectorId: string): Promise<Date> {
  const [connector] = await rows<{ created_at: Date }>(
    exchange,
    'select created_at from exchange.connector where id = $1',
    [connectorId],
  );
  return connector!.created_at;
}

/** A file that came again with the same bytes came nevertheless: an empty day looks like another. */
async function arrivalsOf(exchange: DataSource, connector: Connector, kind: string, now: Date): Promise<Date[]> {
  const arrived = await rows<{ at: Date; business_date: string }>(
    exchange,
    `select arrived_at as at, business_date from exchange.arrival
     where connector_id = $1 and kind = $2 and business_date > $3::timestamptz::date - ${LOOK_BACK_DAYS}`,
    [connector.id, kind, now],
  );
  return arrived.map(({ at, business_date }) => happenedAt(at, business_date, connector.timeZone));
}

function scheduleOf(expectation: FileExpectation) {
  const { by: at } = expectation;
  if (expectation.every === 'business-day') return { every: expectation.every, at };
  if (expectation.on === 'last-business-day') return { every: expectation.every, on: expectation.on, at };
  return { every: expectation.every, on: expectation.on, roll: expectation.roll, at };
}

function alertOf(connector: Connector, { file, by }: FileExpectation, { expectedOn, files }: MissingFile): Alert {
  const dates = expectedOn.join(' and ');
  const what =
    files < expectedOn.length
      ? `only one of the files (${file}) that were due by ${by} on ${dates}`
      : `no ${file} file, which was due by ${by} on ${dates}`;
  return {
    jurisdictionId: connector.jurisdictionId,
    connectorId: connector.id,
    cause: 'file-missing',
    about: file,
    message: `${connector.title} has left ${what}.`,
    details: { kind: file, by, expectedOn, files },
  };
}
