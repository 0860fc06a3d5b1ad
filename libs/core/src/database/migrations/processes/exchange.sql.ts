/** Several processes of connectors on one database: who they are, and what each has begun. */
export const PROCESSES_EXCHANGE = `
-- a process is alive while it holds the advisory lock of its number
create table exchange.process (
  id integer generated always as identity primary key,
  host text not null,
  pid integer not null,
  started_at timestamptz not null
);

-- under which names a process takes jobs from the queue
create table exchange.job_worker (
  worker_id text primary key,
  process_id integer not null references exchange.process on delete cascade
);
create index on exchange.job_worker (process_id);

-- the process that carries a command out; without one that lives, another takes it over
alter table exchange.command add column process_id integer references exchange.process on delete set null;
-- days are carried out one after the other
create unique index command_running on exchange.command ((true)) where state = 'running';

grant select, insert, update, delete on exchange.process, exchange.job_worker to concord_connectors;
grant usage on sequence exchange.process_id_seq to concord_connectors;
`;
