import type { DataSource } from 'typeorm';
import type { Logger } from 'pino';
import { rows } from '../database/sql.js';
import { PROCESS_LOCK } from './process-lock.js';

/** What becomes of a command whose process died: begun anew by another, or given up because whoever ordered it died with it. */
export type BegunCommands = 'begin-anew' | 'give-up';

/**
 * Takes over what dead processes had begun: their jobs are free for others at once, and their commands wait again. Everything that
 * a job does may be done again.
 *
 * @returns how many processes had died
 */
export async function takeOverFromDead(
  exchange: DataSource,
  begun: BegunCommands,
  at: Date,
  log: Logger,
): Promise<number> {
  return exchange.transaction(async (manager) => {
    await rows(manager, FREE_UNKNOWN);
    await rows(manager, NOBODYS);
    const dead = await rows<{ id: number; host: string; pid: number }>(manager, DEAD, [PROCESS_LOCK]);
    if (dead.length === 0) return 0;
    const ids = dead.map(({ id }) => id);
    await rows(
      manager,
      `select graphile_worker.force_unlock_workers(array(
         select worker_id from exchange.job_worker where process_id = any($1)))`,
      [ids],
    );
    await rows(
      manager,
      begun === 'begin-anew'
        ? `update exchange.command set state = 'waiting', process_id = null where state = 'running' and process_id = any($1)`
        : `update exchange.command set state = 'failed', failure = 'the process ended', finished_at = $2
           where state = 'running' and process_id = any($1)`,
      begun === 'begin-anew' ? [ids] : [ids, at],
    );
    await rows(manager, 'delete from exchange.process where id = any($1)', [ids]);
    for (const { host, pid } of dead) log.warn({ host, deadPid: pid }, 'a process has died: its work is taken over');
    return dead.length;
  });
}

/** Processes without their lock. Another one may be taking them over at this moment. */
const DEAD = `
  select p.id, p.host, p.pid from exchange.process p
  where not exists (
    select 1 from pg_locks l
    where l.locktype = 'advisory' and l.granted and l.objsubid = 2 and l.classid = $1::bigint::oid
      and l.objid = p.id::bigint::oid
      and l.database = (select oid from pg_database where datname = current_database()))
  order by p.id for update of p skip locked`;

/** A day is taken in the name of a process: one that has none any more, because that process left while it could not say so, waits. */
const NOBODYS = `update exchange.command set state = 'waiting' where state = 'running' and process_id is null`;

/** Jobs of one that died before it was noted who it was. */
const FREE_UNKNOWN = `
  select graphile_worker.force_unlock_workers(array(
    select distinct j.locked_by from graphile_worker.jobs j
    where j.locked_at < now() - interval '1 minute'
      and not exists (select 1 from exchange.job_worker w where w.worker_id = j.locked_by)))`;
