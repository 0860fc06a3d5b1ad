import type { DataSource } from 'typeorm';
import { rows } from '../database/sql.js';
import type { EventTransport } from '../events/event-transport.js';
import type { JobQueue } from '../jobs/job-queue.js';
import type { LiveProcess } from '../processes/live-process.js';

/** Something that a process needs to do its work. */
export interface HealthCheck {
  readonly name: string;
  /** @returns why it does not do its work now, in words for the person on duty; empty while all is well */
  readonly reasons: () => Promise<readonly string[]>;
  /** What holds on purpose and is not to be forgotten; the process does its work. */
  readonly notices?: () => Promise<readonly string[]>;
}

export const HEALTH_CHECKS = Symbol('HealthChecks');

type AdverseStops = 'exchange.adverse_stop' | 'exchange_v1.adverse_stop';

const ANSWER_WITHIN_MS = 5_000;

export function databaseCheck(database: DataSource): HealthCheck {
  const ask = async (): Promise<readonly string[]> => {
    await rows(database, 'select 1');
    return [];
  };
  return {
    name: 'database',
    reasons: () =>
      Promise.race([ask(), late()]).catch((error: Error) => [`the database does not answer: ${error.message}`]),
  };
}

/** @param stops the table or view of adverse stops that the database's role may read */
export function adverseOutputCheck(database: DataSource, stops: AdverseStops): HealthCheck {
  return {
    name: 'adverse-output',
    reasons: () => Promise.resolve([]),
    notices: async () => {
      const standing = await rows<{ id: string; since: Date }>(
        database,
        `select jurisdiction_id as id, since from ${stops} order by jurisdiction_id`,
      ).catch(() => []);
      return standing.map(({ id, since }) => `only releases go out of ${id} since ${since.toISOString()}`);
    },
  };
}

export function eventsCheck(transport: EventTransport): HealthCheck {
  return { name: 'events', reasons: () => Promise.resolve(transport.health().reasons) };
}

export function jobsCheck(jobs: JobQueue, process: LiveProcess): HealthCheck {
  return {
    name: 'jobs',
    reasons: async () => {
      if (!jobs.isRunning) return ['no jobs are carried out'];
      return (await process.answers()) ? [] : ['the connection by which others see this process is lost'];
    },
  };
}

function late(): Promise<never> {
  return new Promise((_, reject) =>
    setTimeout(() => reject(new Error(`not within ${ANSWER_WITHIN_MS / 1000} seconds`)), ANSWER_WITHIN_MS).unref(),
  );
}
