import type { DataSource } from 'typeorm';
import { rows } from '../../database/sql.js';
import type { Alert } from '../alerts.js';

/** Offices whose changed strategies could not be weighed the last time: one alert each. */
export async function strategiesUnweighed(exchange: DataSource): Promise<Alert[]> {
  const failing = await rows<{ jurisdictionId: string; since: Date; times: number }>(
    exchange,
    `select jurisdiction_id as "jurisdictionId", failing_since as since, times
     from cases_v1.strategy_weighing where failing_since is not null order by 1`,
  );
  return failing.map(({ jurisdictionId, since, times }) => ({
    ...{ jurisdictionId, connectorId: null, cause: 'strategies-unweighed', about: '' },
    message:
      `The changed strategies of ${jurisdictionId} could not be weighed (${times === 1 ? 'once' : `${times} times`} since ` +
      `${since.toISOString().slice(0, 16)}Z): what was in force before goes on.`,
    details: { since, times },
  }));
}
