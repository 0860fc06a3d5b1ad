import type { WorkerEvents } from 'graphile-worker';
import type { Logger } from 'pino';
import type pg from 'pg';

/**
 * Finds jobs that were taken in this process's name and that nobody does: the server wrote down that a job was taken, and ended the
 * connection before it could say so. graphile-worker gives such a job to somebody else after four hours, and keeps every later job
 * of its queue waiting until then.
 */
export class LostJobs {
  private readonly names = new Set<string>();
  private readonly atWork = new Set<string>();
  /** Those that nobody did at the last look. One whose end is being written down is not lost. */
  private suspected = new Set<string>();

  constructor(
    private readonly pool: pg.Pool,
    events: WorkerEvents,
    private readonly log: Logger,
  ) {
    events.on('job:start', ({ job }) => this.atWork.add(job.id));
    events.on('job:complete', ({ job }) => this.atWork.delete(job.id));
  }

  /** A name in which this process takes jobs. */
  takesAs(name: string): void {
    this.names.add(name);
  }

  /**
   * Puts back what nobody did at this look and at the one before, in its old place. The attempt does not count: nothing was attempted.
   *
   * @returns how many jobs are free again
   */
  async free(): Promise<number> {
    const { rows } = await this.pool.query<{ id: string }>(
      'select id from graphile_worker._private_jobs where locked_by = any($1)',
      [[...this.names]],
    );
    const nobodys = rows.map(({ id }) => id).filter((id) => !this.atWork.has(id));
    const lost = nobodys.filter((id) => this.suspected.has(id));
    this.suspected = new Set(nobodys);
    if (lost.length === 0) return 0;
    const { rowCount } = await this.pool.query(PUT_BACK, [lost, [...this.names]]);
    this.log.warn({ queue: true, jobs: rowCount }, 'jobs were taken and nobody heard of it: they are free again');
    return rowCount ?? 0;
  }
}

/** No function of the queue's own puts back one job of a worker and leaves it the others. */
const PUT_BACK = `
  with freed as (
    update graphile_worker._private_jobs
    set locked_by = null, locked_at = null, attempts = greatest(attempts - 1, 0)
    where id = any($1) and locked_by = any($2) returning id, job_queue_id),
  queues as (
    update graphile_worker._private_job_queues q set locked_by = null, locked_at = null
    from freed where q.id = freed.job_queue_id and q.locked_by = any($2))
  select id from freed`;
